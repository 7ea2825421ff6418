import { z } from 'zod';
import { definePrompt, quoted, wordArgument } from './define-prompt.ts';

const questionMaxCharacters = 1_000;

/** An answer from documents, with the lines that say so. */
export const ask = definePrompt({
  name: 'ask',
  scope: 'read',
  title: 'Ask',
  description:
    'Answers a question from documents, with the lines that say so, or says that none do.',
  argsSchema: z.object({
    question: z.string().trim().min(1).max(questionMaxCharacters),
    repository: wordArgument.optional().describe('Only documents of this repository'),
  }),
  steps: ({ question, repository }) => [
    `The question is ${quoted(question, questionMaxCharacters)}.`,
    `Call search_knowledge with it as query${repository === undefined ? '' : `, repository ${quoted(repository)}`}.`,
    'Answer from quoted_text alone, and after each statement name path and lines. Say where a source is stale, and who owns it.',
    'On no_source say that no document tells, name the words that were looked for, and call search_knowledge once more with mode owners to say who may know. Do not guess.',
  ],
});
