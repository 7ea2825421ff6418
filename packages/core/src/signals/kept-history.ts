import type { SignalSubjectKind } from '../domain/signal-subjects/index.ts';

/**
 * Why subjects of a kind cannot be told as they were; null where they can, as far as the history of
 * their sources goes back.
 */
export const missingHistory: { readonly [Kind in SignalSubjectKind]: string | null } = {
  pull_request: null,
  work_item: null,
  chat_thread: null,
  incident: null,
  pipeline: null,
  pipeline_job: null,
  deployment_target: null,
  sprint: null,
  team: null,
  repository: null,
  stream: 'When a stream was read before the last time is not kept.',
  action: 'How long an action had waited at an earlier time is not looked up.',
  workspace: 'What was unmatched or still to be indexed earlier is not kept.',
};
