import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOneSprint } from '../find-one-sprint.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { sprintListText, sprintReportText } from '../sprint-text.ts';

const problem = 'write a whole number from 1 to 50';
const inputSchema = z
  .object({
    sprint: z.string().min(1).max(300).optional(),
    last: z
      .string()
      .regex(/^\d{1,2}$/, problem)
      .transform(Number)
      .refine((last) => last >= 1 && last <= 50, problem)
      .optional(),
  })
  .refine(({ sprint, last }) => sprint === undefined || last === undefined, {
    path: ['last'],
    message: 'belongs to the list, not to one sprint',
  });

/** `adjutant sprints [sprint]` */
export const sprints: Command = async (context, raw) => {
  const { output } = context;
  const { sprint: named, last } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    if (named === undefined) {
      const page = await handle.sprints.list();
      const velocity = await handle.sprints.velocity({ last });
      output.answer({ ...page, velocity }, () => sprintListText(page, velocity, output));
    } else {
      const { id } = await findOneSprint(handle, named);
      const report = await handle.sprints.report(id);
      output.answer(report, () => sprintReportText(report, output));
    }
    return exitCodes.ok;
  });
};
