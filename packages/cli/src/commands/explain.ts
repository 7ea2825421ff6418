import { z } from 'zod';
import { citationText } from '../citation-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ id: z.string().min(1).max(100) });
const rowsRead = 200;

/** `adjutant explain <id>` */
export const explain: Command = async (context, raw) => {
  const { output } = context;
  const { id } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const explained = await handle.explainCitation(id, { limit: rowsRead });
    output.answer(explained, () => citationText(explained, output));
    return exitCodes.ok;
  });
};
