import { dirname, resolve } from 'node:path';
import { parsePolicyTable, readPolicyText, runPolicyTable } from '@adjutant/core';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseInput } from '../parse-input.ts';
import { casesText } from '../policy-text.ts';
import { readPolicy, shownPath } from '../read-policy.ts';

const inputSchema = z.object({ table: z.string().min(1).max(4_000) });

/** `adjutant policy test <table>` */
export const policyTest: Command = async (context, raw) => {
  const { output, io } = context;
  const { table: named } = parseInput(inputSchema, raw);
  const path = resolve(io.cwd, named);
  const table = await parsePolicyTable(await readPolicyText(path), shownPath(context, path));
  const policyPath =
    table.policyPath === null ? undefined : resolve(dirname(path), table.policyPath);
  const { compiled, file } = await readPolicy(context, policyPath);
  const results = runPolicyTable(table, compiled);
  const passed = results.every((result) => result.passed);
  output.answer({ policy: file?.fileName ?? null, passed, results }, () =>
    casesText(results, output),
  );
  return passed ? exitCodes.ok : exitCodes.failed;
};
