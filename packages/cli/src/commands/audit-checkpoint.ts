import { resolve } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import { checkpointText } from '../audit-text.ts';
import { checkpointsIn, ledgerSigningKey } from '../checkpoints-in.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ to: z.string().min(1), key: z.string().min(1) }).partial();

/** `adjutant audit checkpoint [--to <folder>]` */
export const auditCheckpoint: Command = async (context, raw) => {
  const { io, output } = context;
  const { to, key } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle, loaded }) => {
    const { checkpoints } = checkpointsIn(loaded, io);
    const place = to === undefined ? checkpoints?.to : resolve(io.cwd, to);
    if (place === undefined) {
      throw new AdjutantError('InvalidInput', 'Nothing says where the checkpoint goes.', {
        hint: 'Add --to <folder>, or "checkpoints: { to: <folder> }" to adjutant.config.yaml.',
      });
    }
    const named = key === undefined ? undefined : ledgerSigningKey(io, resolve(io.cwd, key));
    const signingKey = named ?? checkpoints?.signingKey ?? ledgerSigningKey(io, undefined);
    const written = await handle.audit.checkpoint({ signingKey, to: place });
    output.answer(written, () => checkpointText(written));
    return exitCodes.ok;
  });
};
