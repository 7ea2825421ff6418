import { resolve } from 'node:path';
import { readCheckpointFiles } from '@adjutant/core';
import { z } from 'zod';
import { verifyText } from '../audit-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ checkpoint: z.string().min(1).optional() });

/** `adjutant audit verify [--checkpoint <path>]`; fails where anything is found. */
export const auditVerify: Command = async (context, raw) => {
  const { checkpoint } = parseInput(inputSchema, raw);
  const files =
    checkpoint === undefined ? [] : await readCheckpointFiles(resolve(context.io.cwd, checkpoint));
  return withAdjutant(context, async ({ handle }) => {
    const report = await handle.audit.verify({ checkpoints: files });
    context.output.answer(report, () => verifyText(report, context.output));
    return report.ok ? exitCodes.ok : exitCodes.failed;
  });
};
