import type { StreamState } from '@adjutant/core';
import { z } from 'zod';

/** Returns what a workflow is read for, to be compared. */
export function settingsOf({ deploys, jobs }: { deploys: boolean; jobs: boolean }): string {
  return `deploys=${deploys} jobs=${jobs}`;
}

const workflowStateSchema = z.object({
  /** Tag of the newest page; GitHub answers 304 for free while it holds. */
  etag: z.string().nullable(),
  /** Runs created before this are here. @unit epoch milliseconds */
  readTo: z.number().nullable(),
  /** A first reading under way: a window that ends here, and the next page of it. */
  backfill: z.object({ before: z.string(), page: z.number(), startedAt: z.number() }).nullable(),
  /** When the oldest run that was not over yet was created. */
  openSince: z.number().nullable(),
  /** What was asked of it; where that changes, all is read again. */
  settings: z.string().default(settingsOf({ deploys: true, jobs: false })),
  /** When each run was last changed whose jobs are here, so that none is asked for twice. */
  jobsOf: z.record(z.string(), z.string()).default({}),
});
export type WorkflowState = z.infer<typeof workflowStateSchema>;

const stateSchema = z.object({
  version: z.literal(1),
  /** Whether runs are what deployments are read from; when that changes all are read again. */
  deploys: z.boolean(),
  workflows: z.record(z.string(), workflowStateSchema),
});
export type WorkflowRunState = z.infer<typeof stateSchema>;

/**
 * Returns where the last pass stopped; the start where that cannot be read or holds no more. Where
 * it is unknown whether runs are deployments (null), they stay what they were.
 */
export function readWorkflowRunState(
  state: StreamState | null,
  deploys: boolean | null,
): WorkflowRunState {
  const parsed = stateSchema.safeParse(state);
  if (parsed.success && (deploys === null || parsed.data.deploys === deploys)) return parsed.data;
  return { version: 1, deploys: deploys ?? false, workflows: {} };
}

/** Returns the state before anything was read of a workflow. */
export function workflowStart(settings: string): WorkflowState {
  return { etag: null, readTo: null, backfill: null, openSince: null, settings, jobsOf: {} };
}
