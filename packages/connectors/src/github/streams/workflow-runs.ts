import { defineStream } from '@adjutant/core';
import { z } from 'zod';
import type { GithubConfig } from '../config.ts';
import { isRepositoryScope } from '../discovery/session.ts';
import { workflowJobsPayloadSchema, workflowRunPayloadSchema } from '../map/delivery-payload.ts';
import { mapWorkflowJob, mapWorkflowRun } from '../map/map-delivery.ts';
import { readWorkflowRuns } from './read-workflow-runs.ts';

const payloadSchema = z.union([workflowJobsPayloadSchema, workflowRunPayloadSchema]);
type Payload = z.infer<typeof payloadSchema>;

/** Runs of the workflows that the configuration names, and the jobs of those that ask for them. */
export const workflowRuns = defineStream<GithubConfig, Payload>({
  id: 'workflow_runs',
  title: 'Runs of named workflows',
  payloadSchema,
  appliesTo: isRepositoryScope,
  read: readWorkflowRuns,
  map: (payload, scope, config) =>
    'jobs' in payload
      ? { pipelineJobs: payload.jobs.map((job) => mapWorkflowJob(job, payload.runId, scope)) }
      : mapWorkflowRun(payload, scope, config),
});
