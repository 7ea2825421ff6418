import { z } from 'zod';
import { dayArgument, definePrompt, teamInput, wordArgument } from './define-prompt.ts';

/** What happened, what is next and what is in the way, for a standup. */
export const standup = definePrompt({
  name: 'standup',
  scope: 'read',
  title: 'Standup',
  description: 'What moved since the last working day, what is next and what is in the way.',
  argsSchema: z.object({
    team: wordArgument.optional().describe('Team key'),
    since: dayArgument.optional().describe('Look back to this day'),
  }),
  steps: ({ team, since }) => [
    `Call get_brief with kind standup${teamInput(team)}${since === undefined ? '' : `, from ${since}`}.`,
    `Call list_signals with view blockers${teamInput(team)}.`,
    'Tell in at most twelve lines: what was finished, what is being worked on, what waits and for what. Talk of work, not of who did more of it.',
    'End with the one or two things that somebody should pick up first.',
  ],
});
