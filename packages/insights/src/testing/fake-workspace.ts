import type {
  AnswerMeta,
  MetricAnswer,
  MetricQuery,
  Page,
  WorkspaceHandle,
  WorkSummary,
} from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import {
  type MetricDefinition,
  type SubjectRows,
  utcCalendar,
  type Window,
} from '@adjutant/core/domain';
import { allMetrics } from '@adjutant/metrics';
import { dayMs } from '../format.ts';
import type { FakeData, FakeWork } from './fake-data.ts';

type Row = Readonly<Record<string, unknown>>;

const noActions: WorkspaceHandle['actions'] = {
  propose: refuse,
  get: refuse,
  list: refuse,
  await: refuse,
  withdraw: refuse,
  decide: refuse,
  modify: refuse,
  resolve: refuse,
  stop: refuse,
  resume: refuse,
  worker: refuse,
  noteElicitedAnswer: refuse,
  statistics: refuse,
  stops: refuse,
  types: refuse,
};

const noKnowledge: WorkspaceHandle['knowledge'] = {
  ask: refuse,
  search: refuse,
  whoKnows: refuse,
  indexLag: refuse,
};

const noAudit: WorkspaceHandle['audit'] = {
  list: refuse,
  show: refuse,
  verify: refuse,
  export: refuse,
  checkpoint: refuse,
  erasePersonalData: refuse,
};

const noSignals: WorkspaceHandle['signals'] = {
  list: refuse,
  get: refuse,
  rules: refuse,
  subjects: refuse,
  evaluate: refuse,
  snooze: refuse,
  assign: refuse,
  mute: refuse,
  unmute: refuse,
  replay: refuse,
};

const noReports: WorkspaceHandle['reports'] = {
  submit: refuse,
  get: refuse,
  ofDay: refuse,
  list: refuse,
  edit: refuse,
  share: refuse,
  delete: refuse,
  shared: refuse,
  search: refuse,
  indexLag: refuse,
  reminders: { get: refuse, ask: refuse, stop: refuse },
};

const noLoad: WorkspaceHandle['load'] = {
  mine: refuse,
  team: refuse,
  hours: { get: refuse, declare: refuse, withdraw: refuse },
};

/** Returns a handle over data in memory; metrics are computed by the definitions given. */
export function createFakeWorkspace(
  data: FakeData,
  metrics: readonly MetricDefinition[] = allMetrics.metrics,
): WorkspaceHandle {
  const meta: AnswerMeta = { asOf: data.now, syncedAt: data.syncedAt, gaps: data.gaps };
  const lastDays = { from: data.now - 90 * dayMs, to: data.now };
  const compute = (query: MetricQuery) =>
    computeFake(data, definitionOf(metrics, query.metricId), query.window ?? lastDays, meta);
  const handle: WorkspaceHandle = {
    workspaceId: 'workspace-fake',
    timeZone: 'UTC',
    viewer: { kind: 'person', personId: 'person-owner', role: 'admin' },
    forTeam: () => handle,
    teams: async () => [],
    knowledge: noKnowledge,
    listMetrics: () => [...metrics],
    metric: async (query) => compute(query).answer,
    async overview({ window = lastDays } = {}) {
      const open = data.work.filter((work) => work.state === 'open');
      const ages = open.map((work) => (data.now - (work.startedAt ?? data.now)) / 3_600_000);
      const { codingAgents, serviceBots } = data;
      const team = {
        id: 'team',
        key: 'team',
        name: data.teamName ?? '',
        parentTeamId: null,
        origin: 'default',
      };
      return {
        team: data.teamName === null ? null : team,
        window,
        people: { humans: data.people.length, codingAgents, serviceBots },
        repositories: data.repositories,
        openWork: { count: open.length, oldestHours: ages.length === 0 ? null : Math.max(...ages) },
        metrics: [],
        worker: { running: false, start: 'adjutant sync' },
        meta,
      };
    },
    repositories: async () => data.repositories,
    async listWork(query = {}) {
      const kind = query.kind ?? 'pull_request';
      const items = data.work
        .filter((work) => work.kind === kind)
        .filter((work) => query.state === undefined || work.state === query.state)
        .filter((work) => query.repository === undefined || work.repositoryId === query.repository)
        .toSorted((left, right) => orderOf(right) - orderOf(left));
      return pageOf<WorkSummary>(items, query, meta);
    },
    async getWork(id) {
      const work = data.work.find((candidate) => candidate.id === id);
      if (work === undefined) throw new AdjutantError('NotFound', 'There is no such work.');
      return {
        ...work,
        source: 'git',
        externalId: work.id,
        url: null,
        facts: {},
        events: [],
        commits: [],
        rawRecordId: null,
        meta,
      };
    },
    async explainMetric(query) {
      const { answer, rows } = compute(query);
      const items = rows.map((row) => describe(data, answer, metrics, row));
      return { ...pageOf(items, query, meta), value: answer, excluded: [] };
    },
    async compareMetric({ metricId, before, after }) {
      const [was, is] = [before, after].map((window) => compute({ metricId, window }).answer);
      if (was === undefined || is === undefined) return refuse();
      const { unit } = was;
      return {
        metricId,
        unit,
        before: was,
        after: is,
        difference: null,
        relativeChange: null,
        interval: null,
        change: 'unknown',
        caveats: [],
        meta,
      };
    },
    findPeople: async (query = {}) => pageOf(data.people, query, meta),
    explainCitation: refuse,
    forecast: refuse,
    syncStatus: refuse,
    requestRefresh: refuse,
    identitySuggestions: async () => [],
    identityReview: {
      unmatched: refuse,
      mergeable: refuse,
      merge: refuse,
      confirmAccount: refuse,
      plan: refuse,
      markBot: refuse,
      setRole: refuse,
    },
    identityChanges: async () => [],
    mergePeople: refuse,
    splitPerson: refuse,
    undoIdentityChange: refuse,
    teamProposals: {
      list: async () => [],
      accept: refuse,
      dismiss: refuse,
      decisions: async () => [],
      undo: refuse,
    },
    actions: noActions,
    audit: noAudit,
    signals: noSignals,
    reports: noReports,
    load: noLoad,
    contactPreferences: { get: refuse, set: refuse },
    noteDrafts: async () => [],
    privacy: { report: refuse, refusals: refuse },
    aiImpact: { compare: refuse, adoption: refuse },
    rollups: { read: refuse },
    incidents: {
      list: async () => [],
      course: refuse,
      setRole: refuse,
      addFollowUp: refuse,
      removeFollowUp: refuse,
    },
    reviewers: { suggest: async () => [] },
    sprints: { list: refuse, report: refuse, velocity: refuse },
    history: {
      deployment: refuse,
      commitsBetween: refuse,
      incident: refuse,
      workItem: refuse,
    },
    projects: {
      list: async () => [],
      get: refuse,
      create: refuse,
      update: refuse,
      delete: refuse,
    },
  };
  return handle;
}

function refuse(): never {
  throw new AdjutantError('Internal', 'A report does not call this.');
}

function orderOf(work: FakeWork): number {
  return work.finishedAt ?? work.startedAt ?? 0;
}

function definitionOf(metrics: readonly MetricDefinition[], id: string): MetricDefinition {
  const found = metrics.find((metric) => metric.id === id);
  if (found === undefined) throw new AdjutantError('NotFound', 'There is no metric of that id.');
  return found;
}

function rowsOf(data: FakeData, subject: MetricDefinition['subject']): readonly Row[] {
  if (subject === 'pull_request') return data.work.flatMap(({ facts }) => facts ?? []);
  if (subject === 'deployed_commit') return data.deployedCommits.map((row) => ({ ...row }));
  if (subject === 'deployment') return data.deployments.map((row) => ({ ...row }));
  if (subject !== 'release') return [];
  return data.work
    .filter(({ kind }) => kind === 'release')
    .map(({ id, repositoryId, finishedAt }): SubjectRows['release'] => ({
      id,
      repositoryExternalId: repositoryId,
      releasedAt: finishedAt ?? 0,
    }));
}

function computeFake(
  data: FakeData,
  definition: MetricDefinition,
  window: Window,
  meta: AnswerMeta,
): { answer: MetricAnswer; rows: Row[] } {
  const cut = definition.windowColumn;
  const inside = rowsOf(data, definition.subject).filter((row) => {
    const at = cut === null ? null : row[cut];
    return cut === null || (typeof at === 'number' && at >= window.from && at < window.to);
  });
  // The fake reads exactly the columns that the definition named, as the engine does.
  const columns: Record<string, unknown> = { length: inside.length };
  for (const name of definition.columns) columns[name] = inside.map((row) => row[name]);
  const { now } = data;
  const from = definition.openBetween?.from;
  const withoutStart = from === undefined ? 0 : inside.filter((row) => row[from] === null).length;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a definition's own columns cannot be typed here
  const outcome = definition.compute({
    columns: columns as never,
    window: { ...window, calendar: utcCalendar },
    now,
    settings: { activeStatuses: null, timeZone: 'UTC' },
    coverage: null,
    shown: {},
    known: { rows: inside.length, withoutStart },
    unlinkedIncidents: null,
  });
  const rows = Array.from(outcome.evidence, (position) => inside[position] ?? {});
  const { evidence: _, ...value } = outcome;
  return {
    rows,
    answer: {
      parts: [],
      series: [],
      ...value,
      metricId: definition.id,
      definitionVersion: definition.version,
      unit: definition.unit,
      window,
      timeZone: 'UTC',
      gaps: [...new Set(data.gaps.map(({ code }) => code))],
      evidenceIds: rows.map(({ id }) => String(id)),
      title: definition.title,
      definition: definition.definition,
      citationId: 'mfakecitation',
      meta,
    },
  };
}

function describe(
  data: FakeData,
  { metricId }: MetricAnswer,
  metrics: readonly MetricDefinition[],
  row: Row,
) {
  const work = data.work.find(({ id }) => id === row['id']);
  const names: readonly string[] = definitionOf(metrics, metricId).columns;
  const values = names
    .filter((name) => name !== 'id')
    .map((name): [string, Scalar] => [name, scalar(row[name])]);
  return {
    id: String(row['id']),
    key: work?.key ?? String(row['id']),
    title: work?.title ?? '',
    values: Object.fromEntries<Scalar>(values),
    rawRecordId: null,
  };
}

type Scalar = number | string | boolean | null;

function scalar(value: unknown): Scalar {
  const isScalar =
    typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
  return isScalar ? value : null;
}

function pageOf<Item>(
  all: readonly Item[],
  { limit = 50, cursor }: { limit?: number | undefined; cursor?: string | undefined },
  meta: AnswerMeta,
): Page<Item> {
  const offset = Number(cursor ?? 0);
  const items = all.slice(offset, offset + Math.min(limit, 200));
  const next = offset + items.length;
  return { items, total: all.length, nextCursor: next < all.length ? String(next) : null, meta };
}
