import type { RepositorySummary, SourceStatus, SyncStatus, TeamOverview } from '@adjutant/core';
import { instantSchema, repositorySchema, teamSchema, windowSchema } from '@adjutant/core/domain';
import { z } from 'zod';
import { answerMetaSchema } from './answer-meta.ts';
import { metricAnswerSchema } from './metric.ts';

/** A repository that is counted. */
export const knownRepositorySchema = repositorySchema.extend({ id: z.string() });

const repositorySummarySchema = knownRepositorySchema.extend({
  commitCount: z.number().int(),
  mergedCount: z.number().int(),
  firstCommitAt: instantSchema.nullable(),
  lastCommitAt: instantSchema.nullable(),
}) satisfies z.ZodType<RepositorySummary>;

const workerSchema = z.object({ running: z.boolean(), start: z.string() });

/** A team at one look. */
export const overviewSchema = z.object({
  team: teamSchema.nullable(),
  window: windowSchema,
  people: z.object({
    humans: z.number().int(),
    codingAgents: z.number().int(),
    serviceBots: z.number().int(),
  }),
  repositories: z.array(repositorySummarySchema),
  openWork: z.object({
    count: z.number().int().nullable(),
    oldestHours: z.number().nullable(),
  }),
  metrics: z.array(metricAnswerSchema),
  worker: workerSchema,
  meta: answerMetaSchema,
}) satisfies z.ZodType<TeamOverview>;

const sourceStatusSchema = z.object({
  source: z.string(),
  requests: z.number().int(),
  quotaRemaining: z.number().nullable(),
  quotaLimit: z.number().nullable(),
  waitsUntil: instantSchema.nullable(),
  notice: z
    .object({ code: z.string(), message: z.string(), hint: z.string().nullable() })
    .nullable(),
  updatedAt: instantSchema,
}) satisfies z.ZodType<SourceStatus>;

/** How fresh what is stored is, source by source. */
export const syncStatusSchema = z.object({
  streams: z.array(
    z.object({
      source: z.string(),
      scope: z.string(),
      stream: z.string(),
      complete: z.boolean(),
      lastStartedAt: instantSchema.nullable(),
      lastFinishedAt: instantSchema.nullable(),
      lastError: z.string().nullable(),
    }),
  ),
  sources: z.array(sourceStatusSchema),
  rowCounts: z.record(z.string(), z.number().int()),
  pendingRefresh: z.boolean(),
  worker: workerSchema,
  meta: answerMetaSchema,
}) satisfies z.ZodType<SyncStatus>;
