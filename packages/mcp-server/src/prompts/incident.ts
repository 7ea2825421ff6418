import { z } from 'zod';
import { definePrompt, quoted, wordArgument } from './define-prompt.ts';

/** How an incident stands, what may have caused it and what is still to be done. */
export const incident = definePrompt({
  name: 'incident',
  scope: 'read',
  title: 'Incident',
  description:
    'How an incident stands, which deployments come into question, what the runbook says.',
  argsSchema: z.object({
    incident: wordArgument.optional().describe('Its key or title; without one all that are open'),
  }),
  steps: ({ incident: named }) => [
    `Call get_brief with kind incident.${named === undefined ? '' : ` Go on with the one that is called ${quoted(named)}; where none is, say so.`}`,
    'Call get_work with the ids that it names, for the course of things.',
    'Call search_knowledge for the runbook of what is affected.',
    'Tell in the order of time what happened, which deployments come into question and why, what the runbook says and what is still open. A suspect is not a cause.',
    'A rollback, a page or a comment is proposed only once the user says so.',
  ],
});
