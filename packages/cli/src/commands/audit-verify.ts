import { resolve } from 'node:path';
import { readCheckpointFiles } from '@adjutant/core';
import { z } from 'zod';
import { verifyText } from '../audit-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ checkpoint: z.string().min(1).optional() });

/**
 * `adjutant audit verify [--checkpoint <path>]`; fails where anything is found, also in a workspace that
 * this command never made.
 */
export const auditVerify: Command = async (context, raw) => {
  const { checkpoint } = parseInput(inputSchema, raw);
  const files =
    checkpoint === undefined ? [] : await readCheckpointFiles(resolve(context.io.cwd, checkpoint));
  return withAdjutant(context, async ({ adjutant }) => {
    const [own, ...otherWorkspaces] = await adjutant.verifyLedgers({ checkpoints: files });
    if (own === undefined) throw new TypeError('The default workspace is always looked at.');
    const ok = own.ok && otherWorkspaces.every((report) => report.ok);
    context.output.answer({ ...own, ok, otherWorkspaces }, () =>
      verifyText([own, ...otherWorkspaces], context.output),
    );
    return ok ? exitCodes.ok : exitCodes.failed;
  });
};
