import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { peopleText } from '../people-text.ts';

const inputSchema = z.object({ find: z.string().max(200).optional() });
const peopleShown = 200;

/** `adjutant people list [--find text]`, and `adjutant people` */
export const peopleList: Command = async (context, raw) => {
  const { find } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const page = await handle.findPeople({ text: find, limit: peopleShown });
    context.output.answer(page, () => peopleText(page, context.output));
    return exitCodes.ok;
  });
};
