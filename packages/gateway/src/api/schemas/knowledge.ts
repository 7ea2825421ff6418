import type { DocumentCitation, FoundItem, KnowledgeAnswer, SearchAnswer } from '@adjutant/core';
import { instantSchema } from '@adjutant/core/domain';
import { z } from 'zod';
import { answerMetaSchema } from './answer-meta.ts';

const linesSchema = z.object({ from: z.number().int(), to: z.number().int() });
const snippetSchema = z.object({
  text: z.string(),
  marks: z.array(z.tuple([z.number().int(), z.number().int()])),
});

/** What can be found by its words. Reports are not among it: they have a search of their own. */
export const foundKindSchema = z.enum([
  'document',
  'pull_request',
  'work_item',
]) satisfies z.ZodType<FoundItem['kind']>;

const foundItemSchema = z.object({
  kind: foundKindSchema,
  id: z.string().nullable(),
  title: z.string(),
  path: z.string(),
  heading: z.string(),
  repository: z.string().nullable(),
  lines: linesSchema.nullable(),
  snippet: snippetSchema.nullable(),
  url: z.string().nullable(),
  updatedAt: instantSchema.nullable(),
}) satisfies z.ZodType<FoundItem>;

/** What was found by its words. */
export const searchAnswerSchema = z.object({
  items: z.array(foundItemSchema),
  hasMore: z.boolean(),
  lookedFor: z.array(z.string()),
  meta: answerMetaSchema,
}) satisfies z.ZodType<SearchAnswer>;

const documentCitationSchema = z.object({
  source: z.string(),
  externalId: z.string(),
  part: z.number().int(),
  repository: z.string(),
  path: z.string(),
  version: z.string(),
  lines: linesSchema,
  title: z.string(),
  heading: z.string(),
  snippet: snippetSchema,
  url: z.string().nullable(),
  freshness: z.object({
    lastChangedAt: instantSchema.nullable(),
    ageDays: z.number().nullable(),
    isStale: z.boolean().nullable(),
  }),
  owners: z.array(z.string()),
}) satisfies z.ZodType<DocumentCitation>;

/** Places in documents that answer a question. */
export const knowledgeAnswerSchema = z.object({
  question: z.string(),
  outcome: z.enum(['answered', 'no_source']),
  citations: z.array(documentCitationSchema),
  lookedFor: z.array(z.string()),
  unknownWords: z.array(z.string()),
  documentCount: z.number().int(),
  meta: answerMetaSchema,
}) satisfies z.ZodType<KnowledgeAnswer>;
