import type { DomainRows } from '@adjutant/core';
import type { AiEvidence, WorkItemChange } from '@adjutant/core/domain';
import { buildCommit, buildPullRequest, buildWorkItem } from '@adjutant/core/testing';
import { dayMs, hourMs } from '../week-buckets.ts';
import { utc } from './compute.ts';
import {
  accountOf,
  carried,
  deploymentOf,
  incidentOf,
  repositoryOf,
  requestOf,
  reviewOf,
  source,
  statedCause,
} from './open-world.ts';
import { goldenSprint } from './sprints.ts';

/** When every worked example is asked for: a Sunday at midnight, after all of them. */
export const goldenNow = utc('2026-11-22');

const inRepository = (repositoryExternalId: string) => ({ source, repositoryExternalId });

/** G1: a draft with a bot's review, a quick one without review, an amended commit; all deployed at once. */
const leadTime: DomainRows = {
  pullRequests: [
    requestOf(1, '2026-09-08 15:00', '2026-09-09 17:00'),
    requestOf(2, '2026-09-10 08:30', '2026-09-10 08:40'),
    requestOf(3, '2026-09-08 10:00', '2026-09-09 12:00'),
  ],
  pullRequestEvents: [
    reviewOf(1, '2026-09-08 15:01', { actorAccountExternalId: 'robot' }),
    reviewOf(1, '2026-09-09 09:00', {
      kind: 'ready_for_review',
      state: null,
      actorAccountExternalId: 'author',
    }),
    reviewOf(1, '2026-09-09 11:00'),
  ],
  commits: ['2026-09-08 09:00', '2026-09-10 08:00', '2026-09-09 10:00'].map((at, position) =>
    buildCommit({ ...inRepository('shop'), sha: `own-${position + 1}`, authoredAt: utc(at) }),
  ),
  pullRequestCommits: [1, 2, 3].map((number) => ({
    ...inRepository('shop'),
    pullRequestExternalId: `request-${number}`,
    sha: `own-${number}`,
  })),
  deployments: [deploymentOf('G1', '2026-09-10 12:00')],
  deploymentChanges: [1, 2, 3].map((number) => carried('G1', `sha-${number}`)),
};

const weeksOfG2 = ['07 09', '07 15', '08 09', '08 20', '13 23', '14 00', '18 10', '28 10', '28 11'];
/** G2: 5, 2, 0 and 3 deployments a week. */
const frequency: DomainRows = {
  deployments: [...weeksOfG2.map((at) => `2026-09-${at}:00`), '2026-10-04 23:00'].map((at) =>
    deploymentOf(`G2 ${at}`, at, { ...inRepository('frequency'), serviceKey: 'frequency' }),
  ),
};

const failed = { ...inRepository('failures'), serviceKey: 'failures' };
const resolvedAt = utc('2026-09-09 12:30');
/** G3: one failed deployment of four, by two incidents, a run that failed and a hotfix. */
const failures: DomainRows = {
  deployments: [
    deploymentOf('d1', '2026-09-07 10:00', failed),
    deploymentOf('d2', '2026-09-08 10:00', failed),
    deploymentOf('d3', '2026-09-09 10:00', { ...failed, result: 'failure' }),
    deploymentOf('d4', '2026-09-09 12:00', { ...failed, kind: 'hotfix' }),
    deploymentOf('d5', '2026-09-10 10:00', failed),
  ],
  incidents: [
    incidentOf('i1', '2026-09-08 11:00', { serviceKey: 'failures', resolvedAt }),
    incidentOf('i2', '2026-09-08 15:00', { serviceKey: 'failures', resolvedAt }),
    incidentOf('i3', '2026-09-10 09:00', { serviceKey: 'failures', isExternal: true }),
  ],
  incidentDeployments: [statedCause('i1', 'd2'), statedCause('i2', 'd2')],
};

const finished = (externalId: string, startedAt: number, doneAt: number) =>
  buildWorkItem({
    source,
    externalId,
    key: externalId,
    kind: 'story',
    statusCategory: 'done',
    originalStatus: 'Done',
    createdAt: startedAt,
    startedAt,
    doneAt,
  });
const statusChange = (item: string, fromValue: string, toValue: string, at: number) => ({
  source,
  externalId: `${item} ${toValue}`,
  workItemExternalId: item,
  field: 'status',
  fromValue,
  toValue,
  actorAccountExternalId: null,
  at,
});

/** G4: days from start to finish. */
const cycleTimes: DomainRows = {
  workItems: [1, 2, 2, 3, 3, 4, 5, 6, 8, 20].map((days, position) => {
    const doneAt = utc('2026-07-28 12:00');
    return finished(`G4 ${position}`, doneAt - days * dayMs, doneAt);
  }),
};

const ofG7 = [
  [4, 12],
  [1, 1],
  [2, 20],
] as const;
/** G7: active and total days. */
const efficiency: DomainRows = {
  workItems: ofG7.map(([, total], position) => {
    const doneAt = utc('2026-06-25');
    return finished(`G7 ${position}`, doneAt - total * dayMs, doneAt);
  }),
  workItemChanges: ofG7.flatMap(([active, total], position): WorkItemChange[] => {
    const doneAt = utc('2026-06-25');
    const startedAt = doneAt - total * dayMs;
    const key = `G7 ${position}`;
    const waits = active < total;
    return [
      statusChange(key, 'Open', 'Doing', startedAt),
      ...(waits ? [statusChange(key, 'Doing', 'Review', startedAt + active * dayMs)] : []),
      statusChange(key, waits ? 'Review' : 'Doing', 'Done', doneAt),
    ];
  }),
};

/** G6: the sprint, as a tracker shows it. */
function sprint(): DomainRows {
  const { sprint: closed, items } = goldenSprint();
  return {
    sprints: [{ source, ...closed }],
    workItems: items.map(({ changes: _, ...item }) =>
      buildWorkItem({ source, key: item.externalId, kind: 'story', startedAt: null, ...item }),
    ),
    workItemChanges: items.flatMap(({ externalId, changes }) =>
      changes.map(({ field, from, to, at }, position) => ({
        source,
        externalId: `${externalId}-${position}`,
        workItemExternalId: externalId,
        field,
        fromValue: from,
        toValue: to,
        actorAccountExternalId: null,
        at,
      })),
    ),
  };
}

/** G5: 0, 2, 1 and 3 merges a day, again and again for twelve weeks. */
const throughput: DomainRows = {
  pullRequests: Array.from({ length: 84 }, (_, day) => [0, 2, 1, 3][day % 4] ?? 0).flatMap(
    (count, day) =>
      Array.from({ length: count }, (_, place) => {
        const mergedAt = goldenNow - (84 - day) * dayMs + (8 + place) * hourMs;
        return buildPullRequest({
          ...inRepository('throughput'),
          externalId: `G5 ${day} ${place}`,
          number: 10 * day + place + 1,
          openedAt: mergedAt - hourMs,
          mergedAt,
          mergeSha: null,
        });
      }),
  ),
};

interface Marked {
  mark: AiEvidence['class'];
  hours: readonly number[];
  repository: string;
  mergedAt: number;
}

const repeated = (times: number, ...values: number[]): number[] =>
  Array.from({ length: times }, () => values).flat();
export const monday = { helped: utc('2026-10-05'), simpson: utc('2026-10-26') };
const helpedHours = [4, 6, 7, 9, 12, 15, 18, 26, 30, 48];
const otherHours = [5, 8, 11, 14, 16, 20, 24, 28, 36, 40, 55, 72];
const ofHelped = { repository: 'golden', mergedAt: monday.helped + 4 * dayMs };
const ofSimpson = { mergedAt: monday.simpson + 4 * dayMs };
/** The worked numbers of the comparison, each three times for its floors; and Simpson's two repositories. */
const marked: readonly Marked[] = [
  { mark: 'assisted', hours: repeated(3, ...helpedHours), ...ofHelped },
  { mark: 'declared_none', hours: repeated(3, ...otherHours), ...ofHelped },
  { mark: 'assisted', hours: repeated(40, 12), repository: 'small', ...ofSimpson },
  { mark: 'declared_none', hours: repeated(10, 10), repository: 'small', ...ofSimpson },
  { mark: 'assisted', hours: repeated(10, 60), repository: 'large', ...ofSimpson },
  { mark: 'declared_none', hours: repeated(40, 50), repository: 'large', ...ofSimpson },
];

/** Pull requests with marks, by six people of each side. */
export function markedRows(groups: readonly Marked[], prefix: string): DomainRows {
  const requests = groups.flatMap(({ mark, hours, repository, mergedAt }, group) =>
    hours.map((length, place) => {
      const externalId = `${prefix} ${group} ${place}`;
      const author = `${prefix}-${mark}-${place % 6}`;
      const evidence: AiEvidence = {
        source,
        externalId: `mark of ${externalId}`,
        subjectKind: 'pull_request',
        repositoryExternalId: repository,
        subjectExternalId: externalId,
        class: mark,
        tool: null,
        model: null,
        origin: 'trailer',
        confidence: 1,
      };
      const request = buildPullRequest({
        ...inRepository(repository),
        externalId,
        number: 1_000 * (group + 1) + place,
        authorAccountExternalId: author,
        openedAt: mergedAt - length * hourMs,
        mergedAt,
        mergeSha: null,
        additions: 20,
        deletions: 10,
      });
      return { request, evidence, author };
    }),
  );
  return {
    accounts: [...new Set(requests.map(({ author }) => author))].map((author) => accountOf(author)),
    pullRequests: requests.map(({ request }) => request),
    aiEvidence: requests.map(({ evidence }) => evidence),
  };
}

const names = ['shop', 'frequency', 'failures', 'throughput', 'golden', 'small', 'large'];

/** Every worked example, each in repositories or a span of time of its own. */
export function goldenRows(): Record<string, DomainRows> {
  return {
    repositories: {
      repositories: names.map((name) => repositoryOf(name)),
      accounts: [accountOf('author'), accountOf('reviewer'), accountOf('robot', true)],
    },
    leadTime,
    frequency,
    failures,
    cycleTimes,
    efficiency,
    sprint: sprint(),
    throughput,
    marked: markedRows(marked, 'golden'),
  };
}

/** Another team, busy in all of those weeks, whose changes take long, break and are not helped. */
export function unrelatedRows(): DomainRows {
  const days = Array.from({ length: 170 }, (_, day) => utc('2026-06-01') + day * dayMs);
  const elsewhere = { ...inRepository('search'), serviceKey: 'search' };
  const groups = [monday.helped, monday.simpson].flatMap((week): Marked[] => [
    { mark: 'assisted', hours: repeated(30, 300), repository: 'search', mergedAt: week + dayMs },
    { mark: 'declared_none', hours: repeated(30, 1), repository: 'search', mergedAt: week + dayMs },
  ]);
  const requests = markedRows(groups, 'search');
  const items = days.map((at, day) => finished(`search ${day}`, at - 90 * dayMs, at));
  const [first] = requests.pullRequests ?? [];
  return {
    ...requests,
    repositories: [repositoryOf('search')],
    deployments: days.map((at, day) =>
      deploymentOf(`search ${day}`, '2026-09-07', { ...elsewhere, finishedAt: at, kind: 'hotfix' }),
    ),
    incidents: days.map((at, day) =>
      incidentOf(`search ${day}`, '2026-09-07', { serviceKey: 'search', createdAt: at + hourMs }),
    ),
    workItems: items,
    workItemChanges: items.map(({ externalId, doneAt }) =>
      statusChange(externalId, 'Open', 'Done', doneAt ?? 0),
    ),
    pullRequestWorkItems: items.map(({ externalId }) => ({
      source,
      pullRequestExternalId: first?.externalId ?? '',
      workItemSource: source,
      workItemExternalId: externalId,
      method: 'explicit',
    })),
  };
}
