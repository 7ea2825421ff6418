import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { jobsText } from '../jobs-text.ts';
import { withAdjutant } from '../open-adjutant.ts';

/** `adjutant jobs [list]`: what failed at every attempt, and what is done at set times. */
export const jobsList: Command = async (context) =>
  withAdjutant(context, async ({ adjutant, handle }) => {
    const dead = await adjutant.jobs.dead(handle.workspaceId);
    const schedules = await adjutant.jobs.schedules(handle.workspaceId);
    context.output.answer({ dead, schedules }, () => jobsText(dead, schedules, context.output));
    return exitCodes.ok;
  });
