import { join, resolve } from 'node:path';
import { fileSigningKey } from '@adjutant/core';
import { z } from 'zod';
import { checkpointText } from '../audit-text.ts';
import type { Command } from '../command-context.ts';
import { dataFolder, ensurePrivateFolder } from '../config/data-folder.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ to: z.string().min(1), key: z.string().min(1).optional() });

const keyFile = 'ledger-signing-key.pem';

/** `adjutant audit checkpoint --to <folder>` */
export const auditCheckpoint: Command = async (context, raw) => {
  const { io, output } = context;
  const { to, key } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const written = await handle.audit.checkpoint({
      signingKey: fileSigningKey(key === undefined ? ownKeyFile() : resolve(io.cwd, key)),
      to: resolve(io.cwd, to),
    });
    output.answer(written, () => checkpointText(written));
    return exitCodes.ok;
  });

  function ownKeyFile(): string {
    const folder = dataFolder(io);
    ensurePrivateFolder(folder);
    return join(folder, keyFile);
  }
};
