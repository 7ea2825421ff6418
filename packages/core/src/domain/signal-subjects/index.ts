import type { z } from 'zod';
import { chatThreadSubjectSchema } from './chat-thread-subject.ts';
import { incidentSubjectSchema } from './incident-subject.ts';
import {
  deploymentTargetSubjectSchema,
  pipelineJobSubjectSchema,
  pipelineSubjectSchema,
} from './pipeline-subject.ts';
import { pullRequestSubjectSchema } from './pull-request-subject.ts';
import { sprintSubjectSchema } from './sprint-subject.ts';
import { repositorySubjectSchema, teamSubjectSchema } from './team-subject.ts';
import {
  actionSubjectSchema,
  streamSubjectSchema,
  workspaceSubjectSchema,
} from './upkeep-subject.ts';
import { workItemSubjectSchema } from './work-item-subject.ts';

/** What a rule can look at: each kind of subject with its fields. */
export const signalSubjectSchemas = {
  pull_request: pullRequestSubjectSchema,
  work_item: workItemSubjectSchema,
  chat_thread: chatThreadSubjectSchema,
  incident: incidentSubjectSchema,
  pipeline: pipelineSubjectSchema,
  pipeline_job: pipelineJobSubjectSchema,
  deployment_target: deploymentTargetSubjectSchema,
  sprint: sprintSubjectSchema,
  team: teamSubjectSchema,
  repository: repositorySubjectSchema,
  stream: streamSubjectSchema,
  action: actionSubjectSchema,
  workspace: workspaceSubjectSchema,
};

export type SignalSubjectKind = keyof typeof signalSubjectSchemas;

/** The fields of each kind of subject, by kind. */
export type SignalSubjects = {
  [Kind in SignalSubjectKind]: z.infer<(typeof signalSubjectSchemas)[Kind]>;
};

export const signalSubjectKinds = Object.keys(signalSubjectSchemas) as SignalSubjectKind[];
