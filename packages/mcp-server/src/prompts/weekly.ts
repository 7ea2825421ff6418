import { z } from 'zod';
import { dayArgument, definePrompt, teamInput, wordArgument } from './define-prompt.ts';

/** What a week brought, for those who were not there. */
export const weekly = definePrompt({
  name: 'weekly',
  scope: 'read',
  title: 'Weekly',
  description: 'What a week brought, what changed in the figures and what comes next.',
  argsSchema: z.object({
    team: wordArgument.optional().describe('Team key'),
    from: dayArgument.optional().describe('Look back to this day'),
  }),
  steps: ({ team, from }) => [
    `Call get_brief with kind weekly${teamInput(team)}${from === undefined ? '' : `, from ${from}`}.`,
    'Where it names a figure that changed, call compare_metric for its interval. A difference is not a cause.',
    'Write half a page: what was delivered, what changed, what is at risk and what needs a decision.',
  ],
});
