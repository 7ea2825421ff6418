import type { SignalSubjectKind } from '../../domain/signal-subjects/index.ts';
import { loadActions } from './action-loader.ts';
import { loadDeploymentTargets } from './deployment-target-loader.ts';
import { loadPipelineJobs } from './pipeline-job-loader.ts';
import { loadPipelines } from './pipeline-loader.ts';
import { loadPullRequests } from './pull-request-loader.ts';
import { loadRepositories } from './repository-loader.ts';
import { loadChatThreads } from './chat-thread-loader.ts';
import { loadIncidents } from './incident-loader.ts';
import { loadSprints } from './sprint-loader.ts';
import { loadStreams } from './stream-loader.ts';
import { loadTeams } from './team-loader.ts';
import { loadWorkspaces } from './workspace-loader.ts';
import type { SubjectLoader } from './subject-source.ts';
import { loadWorkItems } from './work-item-loader.ts';

/** How the subjects of each kind are read. */
export const subjectLoaders: { readonly [Kind in SignalSubjectKind]: SubjectLoader<Kind> } = {
  pull_request: loadPullRequests,
  pipeline: loadPipelines,
  pipeline_job: loadPipelineJobs,
  deployment_target: loadDeploymentTargets,
  team: loadTeams,
  repository: loadRepositories,
  work_item: loadWorkItems,
  chat_thread: loadChatThreads,
  incident: loadIncidents,
  sprint: loadSprints,
  stream: loadStreams,
  action: loadActions,
  workspace: loadWorkspaces,
};
