import { z } from 'zod';
import { answerText, foundText, ownersText } from '../answer-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const problem = 'write a whole number from 1 to 20';
const inputSchema = z
  .object({
    question: z.array(z.string()).transform((words) => words.join(' ').trim()),
    find: z.boolean().optional(),
    owners: z.boolean().optional(),
    repository: z.string().min(1).max(300).optional(),
    limit: z
      .string()
      .regex(/^\d{1,2}$/, problem)
      .transform(Number)
      .refine((limit) => limit >= 1 && limit <= 20, problem)
      .optional(),
  })
  .refine(({ find, owners }) => find !== true || owners !== true, {
    path: ['owners'],
    message: 'and --find ask for two things; give one of them',
  });

/** `adjutant ask "<question>"` */
export const ask: Command = async (context, raw) => {
  const { output } = context;
  const { question, find, owners, repository, limit } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    if (owners === true) {
      const answer = await handle.knowledge.whoKnows(question);
      output.answer(answer, () => ownersText(answer, output));
    } else if (find === true) {
      const answer = await handle.knowledge.search({ text: question, repository, limit });
      output.answer(answer, () => foundText(answer, output));
    } else {
      const answer = await handle.knowledge.ask({ question, repository, limit });
      output.answer(answer, () => answerText(answer, output));
    }
    return exitCodes.ok;
  });
};
