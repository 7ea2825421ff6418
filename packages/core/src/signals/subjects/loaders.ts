import type { SignalSubjectKind } from '../../domain/signal-subjects/index.ts';
import { loadChatThreads } from './chat-thread-loader.ts';
import { loadIncidents } from './incident-loader.ts';
import { loadPullRequests } from './pull-request-loader.ts';
import { loadSprints } from './sprint-loader.ts';
import { loadStreams } from './stream-loader.ts';
import type { SubjectLoader } from './subject-source.ts';
import { loadTeams } from './team-loader.ts';
import { loadWorkItems } from './work-item-loader.ts';

/** How the subjects of each kind are read. */
export const subjectLoaders: { readonly [Kind in SignalSubjectKind]?: SubjectLoader<Kind> } = {
  pull_request: loadPullRequests,
  work_item: loadWorkItems,
  chat_thread: loadChatThreads,
  incident: loadIncidents,
  sprint: loadSprints,
  team: loadTeams,
  stream: loadStreams,
};
