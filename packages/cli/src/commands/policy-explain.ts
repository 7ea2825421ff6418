import { explainPolicy, policyCase } from '@adjutant/core';
import { plainText } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { nearestName } from '@adjutant/core/ports';
import { parseInput } from '../parse-input.ts';
import { explanationText } from '../policy-text.ts';
import { readCondition } from '../read-condition.ts';
import { readPolicy } from '../read-policy.ts';

const inputSchema = z.object({
  type: z.string().min(1).max(200),
  condition: z.array(z.string().max(10_000)).default([]),
  file: z.string().min(1).max(4_000).optional(),
});

/** `adjutant policy explain <type> [--condition k=v]...` */
export const policyExplain: Command = async (context, raw) => {
  const { output } = context;
  const { type, condition, file: named } = parseInput(inputSchema, raw);
  const { compiled, file } = await readPolicy(context, named);
  const given = Object.fromEntries(condition.map(readCondition));
  const request = policyCase(type, given, compiled.actionTypes);
  const explanation = explainPolicy(compiled, request, file);
  output.answer({ policy: file?.fileName ?? null, ...explanation }, () =>
    explanationText(explanation, output),
  );
  if (file === null) {
    output.warn(
      'There is no policy file here, so this is the default policy. What is in force: adjutant policy show',
    );
  }
  const known = [...compiled.actionTypes].map(({ id }) => id);
  if (known.includes(type)) return exitCodes.ok;
  const meant = nearestName(type, known);
  const guess = meant === null ? '"adjutant policy show" lists them.' : `Did you mean ${meant}?`;
  output.warn(`No type "${plainText(type, 80)}" is known here. ${guess}`);
  return exitCodes.usage;
};
