import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ id: z.string().min(1).max(1_000) });

/** `adjutant keys retire <id>` */
export const keysRetire: Command = async (context, raw) => {
  const { id } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ secrets, keys }) => {
    await secrets.retire(id);
    const text = [
      `The key "${id}" opens nothing in this store any more.`,
      `Take it out of ${keys.place} when no other store and no backup needs it.`,
    ].join('\n');
    context.output.answer({ keyId: id, retired: true, place: keys.place }, () => text);
    return exitCodes.ok;
  });
};
