import { z } from 'zod';
import { mayRead } from '../access.ts';
import { type AnyRoute, defineRoute } from '../define-route.ts';
import { repository, severalOf } from '../query-parts.ts';
import {
  foundKindSchema,
  knowledgeAnswerSchema,
  searchAnswerSchema,
} from '../schemas/knowledge.ts';

/** Finding things by their words, and answers from documents. */
export const knowledgeRoutes: readonly AnyRoute[] = [
  defineRoute({
    id: 'search.get',
    method: 'GET',
    path: '/v1/search',
    summary: 'Returns documents, pull requests and work items in which words stand.',
    access: mayRead,
    query: z.strictObject({
      text: z.string().trim().min(1).max(2_000),
      kind: severalOf(foundKindSchema, 3),
      limit: z.coerce.number().int().min(1).max(50).optional(),
      ...repository,
    }),
    status: 200,
    answer: searchAnswerSchema,
    handle: ({ handle, query: { kind, ...query } }) =>
      handle.knowledge.search({ ...query, kinds: kind }),
  }),
  defineRoute({
    id: 'ask.get',
    method: 'GET',
    path: '/v1/ask',
    summary: 'Returns places in documents that answer a question, or says that there are none.',
    access: mayRead,
    query: z.strictObject({
      question: z.string().trim().min(1).max(2_000),
      limit: z.coerce.number().int().min(1).max(20).optional(),
      ...repository,
    }),
    status: 200,
    answer: knowledgeAnswerSchema,
    handle: ({ handle, query }) => handle.knowledge.ask(query),
  }),
];
