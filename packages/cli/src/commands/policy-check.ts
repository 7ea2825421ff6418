import { policyActionTypes, policyProblems, readPolicyText } from '@adjutant/core';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findPolicy } from '../find-policy.ts';
import { parseInput } from '../parse-input.ts';
import { problemsText } from '../policy-text.ts';
import { shownPath } from '../read-policy.ts';

const inputSchema = z.object({ file: z.string().min(1).max(4_000).optional() });

/** `adjutant policy check [file]` */
export const policyCheck: Command = async (context, raw) => {
  const { output } = context;
  const { file: named } = parseInput(inputSchema, raw);
  const path = await findPolicy(context, named);
  if (path === null) {
    const message =
      'There is no adjutant.policy.yaml here to check. What is in force: adjutant policy show';
    output.answer({ file: null, valid: false, problems: [], message }, () => message);
    return exitCodes.failed;
  }
  const file = shownPath(context, path);
  const problems = await policyProblems(await readPolicyText(path), policyActionTypes());
  output.answer({ file, valid: problems.length === 0, problems }, () =>
    problemsText(file, problems, output),
  );
  return problems.length === 0 ? exitCodes.ok : exitCodes.failed;
};
