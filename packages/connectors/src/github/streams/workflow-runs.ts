import { defineStream } from '@adjutant/core';
import type { GithubConfig } from '../config.ts';
import { isRepositoryScope } from '../discovery/session.ts';
import { type WorkflowRunPayload, workflowRunPayloadSchema } from '../map/delivery-payload.ts';
import { mapWorkflowRun } from '../map/map-delivery.ts';
import { readWorkflowRuns } from './read-workflow-runs.ts';

/** Runs of the workflows that the configuration names. */
export const workflowRuns = defineStream<GithubConfig, WorkflowRunPayload>({
  id: 'workflow_runs',
  title: 'Runs of named workflows',
  payloadSchema: workflowRunPayloadSchema,
  appliesTo: isRepositoryScope,
  read: readWorkflowRuns,
  map: mapWorkflowRun,
});
