import { z } from 'zod';
import { definePrompt, teamInput, wordArgument } from './define-prompt.ts';

/** How a running sprint stands against what was planned. */
export const sprintHealth = definePrompt({
  name: 'sprint-health',
  scope: 'read',
  title: 'Sprint health',
  description: 'How the running sprint stands, what puts it at risk and what could be left out.',
  argsSchema: z.object({ team: wordArgument.optional().describe('Team key') }),
  steps: ({ team }) => [
    `Call get_brief with kind sprint${teamInput(team)}.`,
    `Call list_signals with at_least medium${teamInput(team)}, and with view blockers.`,
    'Call forecast_delivery for what is left, where its number is known.',
    'Tell how the sprint stands, what was added since it began, what is blocked or has stood still, and what of it is likely not to be done. Give the range of the forecast, not one number.',
    'Name what could be left out or unblocked first, and why.',
  ],
});
