import type { AnswerMeta, Page, SourceStatus, WorkSummary } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import type { AssistantHandle } from '../assistant-handle.ts';
import { fakeActions } from './fake-actions.ts';
import { fakeForecast } from './fake-forecast.ts';
import { fakeSignals } from './fake-signals.ts';
import { fakeKnowledge } from './fake-knowledge.ts';
import { fakeCitation, fakeCitedRows } from './fake-citation.ts';
import { fakeCitationId, fakeMetricAnswer, fakeMetricSet, fakeWindow } from './fake-metrics.ts';
import { fakeReport } from './fake-report.ts';
import { fakeDetail, fakeId, fakeNow, fakePeople, fakePullRequests } from './fake-rows.ts';

export interface FakeWorkspaceOptions {
  pullRequests?: number;
  people?: number;
  /** Events of every pull request. */
  history?: number;
  repositories?: number;
  gaps?: number;
  /** Changes the title of every pull request. */
  title?: (title: string) => string;
  onCall?: (name: string) => void;
}

const msPerHour = 3_600_000;
const team = { id: fakeId(1), key: 'payments', name: 'Payments', parentTeamId: null };
const worker = { running: false, start: 'adjutant sync --every 15m' };

/** Returns what an assistant sees of a workspace made of nothing but memory, the same every time. */
const fakeSource: SourceStatus = {
  source: 'git',
  requests: 0,
  quotaRemaining: null,
  quotaLimit: null,
  waitsUntil: null,
  notice: null,
  updatedAt: fakeNow - msPerHour,
};

export function fakeWorkspace(options: FakeWorkspaceOptions = {}): AssistantHandle {
  const rename = options.title ?? ((title: string) => title);
  const work = fakePullRequests(options.pullRequests ?? 58).map((row) => ({
    ...row,
    title: rename(row.title),
  }));
  const people = fakePeople(options.people ?? 7);
  const meta = fakeMeta(options.gaps ?? 1);
  const called = options.onCall ?? (() => undefined);
  let refreshPending = false;
  const handle: AssistantHandle = {
    workspaceId: 'default',
    timeZone: 'UTC',
    viewer: { kind: 'agent', name: 'mcp', sponsorPersonId: fakeId(2) },
    forTeam: () => handle,
    actions: fakeActions(called),
    signals: fakeSignals(work, meta, called),
    reviewers: { suggest: async () => [] },
    incidents: {
      list: async () => [],
      course: async () => {
        throw notFound('incident', 'list_work gives the ids.');
      },
    },
    sprints: {
      async list() {
        called('sprints.list');
        return { items: [], total: 0, nextCursor: null, meta };
      },
      async report() {
        called('sprints.report');
        throw new AdjutantError('NotFound', 'There is no sprint of that id here.');
      },
    },
    async repositories() {
      called('repositories');
      return [];
    },
    knowledge: fakeKnowledge(meta, called, options.repositories ?? 1),
    teams: async () => [{ ...team, origin: 'default' }],
    async overview(query = {}) {
      called('overview');
      return fakeOverview(query.window ?? fakeWindow, work, meta, options.repositories ?? 5);
    },
    async listWork(query = {}) {
      called('listWork');
      const found = work.filter(
        (row) =>
          (query.kind === undefined || row.kind === query.kind) &&
          (query.state === undefined || row.state === query.state) &&
          (query.repository === undefined || row.repository === query.repository),
      );
      return page(found, meta, query);
    },
    async getWork(id) {
      called('getWork');
      const row = work.find((candidate) => candidate.id === id);
      if (row === undefined) throw notFound('piece of work', 'list_work gives the ids.');
      return { ...fakeDetail(row, options.history ?? 4), meta };
    },
    listMetrics: () => [...fakeMetricSet.metrics],
    async metric({ metricId, window }) {
      called('metric');
      return { ...fakeMetricAnswer(known(metricId), window ?? fakeWindow), meta };
    },
    async explainMetric({ metricId, window, ...paging }) {
      called('explainMetric');
      const value = { ...fakeMetricAnswer(known(metricId), window ?? fakeWindow), meta };
      const rows = work.map((row) => ({
        id: row.id,
        key: row.key,
        title: row.title,
        values: { totalMs: 90_000_000, mergedAt: fakeNow },
        rawRecordId: null,
      }));
      return { ...page(rows, meta, paging), value, excluded: [] };
    },
    async explainCitation(citationId) {
      called('explainCitation');
      if (citationId !== fakeCitationId) throw notFound('citation', 'A figure carries its id.');
      return { ...fakeCitation(meta), ...page(fakeCitedRows(work), meta, {}) };
    },
    async compareMetric({ metricId, before, after }) {
      called('compareMetric');
      return {
        metricId: known(metricId),
        unit: 'hours',
        before: fakeMetricAnswer(metricId, before),
        after: { ...fakeMetricAnswer(metricId, after), value: 25 },
        difference: -6.25,
        relativeChange: -0.2,
        interval: { low: -11.5, high: 1.25 },
        change: 'no_detectable_change',
        caveats: ['Both windows hold fewer than 50 pull requests.'],
        meta,
      };
    },
    async forecast(query) {
      called('forecast');
      return fakeForecast(query, meta);
    },
    async syncStatus() {
      called('syncStatus');
      const stream = { source: 'git', scope: 'billing-api', stream: 'commits', complete: true };
      const times = { lastStartedAt: fakeNow - msPerHour, lastFinishedAt: fakeNow - msPerHour };
      return {
        streams: [{ ...stream, ...times, lastError: null }],
        sources: [fakeSource],
        rowCounts: { commits: 4_210, pull_requests: work.length },
        pendingRefresh: refreshPending,
        worker,
        meta,
      };
    },
    async requestRefresh() {
      called('requestRefresh');
      const alreadyPending = refreshPending;
      refreshPending = true;
      return { requestId: fakeId(3), alreadyPending };
    },
    async findPeople(query = {}) {
      called('findPeople');
      const text = (query.text ?? '').toLowerCase();
      const found = people.filter(({ displayName }) => displayName.toLowerCase().includes(text));
      return page(found, meta, query);
    },
    identitySuggestions: async () => [],
    reports: {
      async submit(input) {
        called('submitReport');
        return fakeReport(input);
      },
    },
  };
  return handle;
}

function known(metricId: string): string {
  if (fakeMetricSet.metrics.some(({ id }) => id === metricId)) return metricId;
  throw notFound('metric', 'get_metric without metric_id lists them.');
}

function notFound(what: string, hint: string): AdjutantError {
  return new AdjutantError('NotFound', `There is no ${what} of that id.`, { hint });
}

function page<Item>(
  rows: readonly Item[],
  meta: AnswerMeta,
  query: { limit?: number | undefined; cursor?: string | undefined },
): Page<Item> {
  const start = query.cursor === undefined ? 0 : Number(query.cursor.replace('after-', ''));
  const end = start + (query.limit ?? 50);
  return {
    items: rows.slice(start, end),
    total: rows.length,
    nextCursor: end < rows.length ? `after-${end}` : null,
    meta,
  };
}

function fakeMeta(gaps: number): AnswerMeta {
  return {
    asOf: fakeNow,
    syncedAt: fakeNow - msPerHour,
    gaps: Array.from({ length: gaps }, (_, index) => ({
      code: index === 0 ? 'squash_author_time' : `gap_${index}`,
      message: 'Squash merges carry no author time of their own; coding time is unknown for them.',
      source: 'git',
      scope: 'billing-api',
      affectedCount: 12,
    })),
  };
}

function fakeOverview(
  window: { from: number; to: number },
  work: readonly WorkSummary[],
  meta: AnswerMeta,
  repositoryCount: number,
) {
  return {
    team: { ...team, origin: 'default' },
    window,
    people: { humans: 6, codingAgents: 1, serviceBots: 1 },
    repositories: Array.from({ length: repositoryCount }, (_, index) => ({
      id: fakeId(8_000 + index),
      source: 'git',
      externalId: `repository-${index}`,
      name: `service-${index}`,
      fullName: null,
      url: null,
      defaultBranch: 'main',
      mergeStyle: 'squash' as const,
      commitCount: 840 + index,
      mergedCount: 120 + index,
      firstCommitAt: 0,
      lastCommitAt: fakeNow - 5 * msPerHour,
    })),
    openWork: { count: work.length, oldestHours: Math.max(...work.map((row) => row.hours ?? 0)) },
    metrics: fakeMetricSet.metrics.map(({ id }) => ({ ...fakeMetricAnswer(id, window), meta })),
    worker,
    meta,
  };
}
