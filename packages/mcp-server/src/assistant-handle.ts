import type {
  AssistantActions,
  Incidents,
  Reports,
  Reviewers,
  Signals,
  Sprints,
  WorkspaceHandle,
} from '@adjutant/core';

type Allowed =
  | 'workspaceId'
  | 'timeZone'
  | 'viewer'
  | 'teams'
  | 'overview'
  | 'repositories'
  | 'listWork'
  | 'getWork'
  | 'listMetrics'
  | 'metric'
  | 'explainMetric'
  | 'explainCitation'
  | 'compareMetric'
  | 'forecast'
  | 'syncStatus'
  | 'requestRefresh'
  | 'findPeople'
  | 'identitySuggestions';

/**
 * What an assistant may do in a workspace: read, ask the worker for newer rows, and propose. Whatever
 * decides, changes or executes is not in it, and what is added to a workspace later is not in it either.
 */
export interface AssistantHandle extends Pick<WorkspaceHandle, Allowed> {
  /** Returns the same handle narrowed to what one team owns. */
  forTeam(teamId: string): AssistantHandle;
  /** What documents say. */
  readonly knowledge: Pick<WorkspaceHandle['knowledge'], 'ask' | 'search' | 'whoKnows'>;
  /** Proposing and waiting. Deciding is not in it. */
  readonly actions: AssistantActions;
  /** What rules found, and what they look at. Hiding, muting and running rules are not in it. */
  readonly signals: Pick<Signals, 'list' | 'rules' | 'subjects'>;
  readonly sprints: Pick<Sprints, 'list' | 'report'>;
  /** Writing a report of the person it works for. Reading, sharing and deleting those that are there is not in it. */
  readonly reports: Pick<Reports, 'submit'>;
  readonly reviewers: Pick<Reviewers, 'suggest'>;
  readonly incidents: Pick<Incidents, 'list' | 'course'>;
}

/**
 * Returns a handle that holds nothing but what an assistant may do, whatever the one given can. Once
 * the signal is aborted every call on it fails, so that a request whose caller has gone stops there.
 */
export function assistantHandle(handle: AssistantHandle, signal?: AbortSignal): AssistantHandle {
  const wanted = (): AssistantHandle => {
    signal?.throwIfAborted();
    return handle;
  };
  return {
    workspaceId: handle.workspaceId,
    timeZone: handle.timeZone,
    viewer: handle.viewer,
    forTeam: (teamId) => assistantHandle(wanted().forTeam(teamId), signal),
    teams: async () => wanted().teams(),
    overview: async (query) => wanted().overview(query),
    repositories: async () => wanted().repositories(),
    listWork: async (query) => wanted().listWork(query),
    getWork: async (id) => wanted().getWork(id),
    listMetrics: () => wanted().listMetrics(),
    metric: async (query) => wanted().metric(query),
    explainMetric: async (query) => wanted().explainMetric(query),
    explainCitation: async (id, page) => wanted().explainCitation(id, page),
    compareMetric: async (query) => wanted().compareMetric(query),
    forecast: async (query) => wanted().forecast(query),
    syncStatus: async (query) => wanted().syncStatus(query),
    requestRefresh: async () => wanted().requestRefresh(),
    findPeople: async (query) => wanted().findPeople(query),
    identitySuggestions: async () => wanted().identitySuggestions(),
    knowledge: {
      ask: async (query) => wanted().knowledge.ask(query),
      search: async (query) => wanted().knowledge.search(query),
      whoKnows: async (about) => wanted().knowledge.whoKnows(about),
    },
    reports: { submit: async (input) => wanted().reports.submit(input) },
    actions: {
      propose: async (input) => wanted().actions.propose(input),
      get: async (id) => wanted().actions.get(id),
      list: async (query) => wanted().actions.list(query),
      await: async (id, options) => wanted().actions.await(id, options),
      withdraw: async (id, reason) => wanted().actions.withdraw(id, reason),
      worker: async () => wanted().actions.worker(),
      noteElicitedAnswer: async (answer) => wanted().actions.noteElicitedAnswer(answer),
    },
    signals: {
      list: async (query) => wanted().signals.list(query),
      rules: async () => wanted().signals.rules(),
      subjects: async (kind) => wanted().signals.subjects(kind),
    },
    reviewers: { suggest: async (ids) => wanted().reviewers.suggest(ids) },
    incidents: {
      list: async (query) => wanted().incidents.list(query),
      course: async (id) => wanted().incidents.course(id),
    },
    sprints: {
      list: async (query) => wanted().sprints.list(query),
      report: async (id) => wanted().sprints.report(id),
    },
  };
}
