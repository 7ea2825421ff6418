import { z } from 'zod';
import { definePrompt, teamInput, wordArgument } from './define-prompt.ts';

/** Which pull requests to look at, in which order. */
export const triage = definePrompt({
  name: 'triage',
  scope: 'read',
  title: 'Triage',
  description: 'Which open pull requests to look at, in which order, why, and whom to ask.',
  argsSchema: z.object({ team: wordArgument.optional().describe('Team key') }),
  steps: ({ team }) => [
    `Call list_signals with view triage${teamInput(team)}.`,
    'For the first three call get_work by their id, to see what stands in their way.',
    'Tell the first ten in the order given, each with why it comes there and who could review it.',
    'Where a line carries propose, say what it would do. Proposing several at once needs a yes to each.',
  ],
});
