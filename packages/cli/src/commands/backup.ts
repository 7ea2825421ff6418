import { resolve } from 'node:path';
import { formatNumber, plainText } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ to: z.string().min(1).max(4_000) });

/** `adjutant backup <to>` */
export const backup: Command = async (context, raw) => {
  const { to } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ adjutant }) => {
    const made = await adjutant.data(await adjutant.owner()).backup(resolve(context.io.cwd, to));
    context.output.answer(made, () =>
      [
        `The store was copied to ${plainText(made.path, 500)} (${formatNumber(made.bytes)} bytes) and checked.`,
        `SHA-256 ${made.sha256}`,
        'It holds what the store holds, encrypted secrets included, and no archive: keep it as safe.',
      ].join('\n'),
    );
    return exitCodes.ok;
  });
};
