import { formatMinute, plainText } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const longestBody = 50_000;
const inputSchema = z.object({
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'write a whole number from 1 to 200')
    .transform(Number)
    .refine((limit) => limit <= 200, 'write a whole number from 1 to 200')
    .default(20),
});

/** `adjutant notes [list --limit n]`: the private drafts that approved actions kept, newest first. */
export const notesList: Command = async (context, raw) => {
  const { limit } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const notes = await handle.noteDrafts({ limit });
    const { colors } = context.output;
    context.output.answer({ notes }, () =>
      notes.length === 0
        ? 'No draft was kept yet.'
        : notes
            .map(({ title, body, createdAt }) => {
              const lines = body.split(/\r?\n/).map((line) => `  ${plainText(line, longestBody)}`);
              const head = `${colors.bold(plainText(title, 200))}  ${formatMinute(createdAt)}`;
              return [head, ...lines].join('\n');
            })
            .join('\n\n'),
    );
    return exitCodes.ok;
  });
};
