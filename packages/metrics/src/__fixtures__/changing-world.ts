import type { DomainRows } from '@adjutant/core';
import {
  buildCommit,
  buildDeployment,
  buildIncident,
  buildPipelineRun,
  buildPullRequest,
  buildPullRequestEvent,
  buildRelease,
  buildWorkItem,
} from '@adjutant/core/testing';
import { dayMs, hourMs } from '../week-buckets.ts';
import { seededRandom } from './seeded-random.ts';

const source = 'forge';
const repositories = ['one', 'two', 'three'];

/** What a source shows, changed at random from pass to pass: things come, move, are linked and go. */
export interface ChangingWorld {
  records: () => Record<string, DomainRows>;
  /** Records that went since they were last asked for. */
  tombstones: () => string[];
  /** Changes so many records, none of them later than an instant. */
  change(count: number, now: number): void;
  oneOf<Item>(items: readonly Item[]): Item;
}

/** Returns a world that begins at an instant; the same seed changes it in the same way. */
export function createChangingWorld(start: number, seed: number): ChangingWorld {
  const random = seededRandom(seed);
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low));
  const chance = (share: number): boolean => random() < share;
  const oneOf = <Item>(items: readonly Item[]): Item => {
    const item = items[between(0, items.length)];
    if (item === undefined) throw new Error('There is nothing to choose from.');
    return item;
  };
  const records = new Map<string, DomainRows>([['people', people()]]);
  let gone: string[] = [];
  for (const name of repositories) records.set(`repository ${name}`, repositoryRows(name));
  const instant = (now: number): number => between(start / 60_000, now / 60_000) * 60_000;
  const idOf = (kind: string): string => `${kind}-${between(0, 25)}`;

  const request = (now: number): [string, DomainRows] => {
    const externalId = idOf('request');
    const openedAt = instant(now);
    const merged = chance(0.85);
    const mergedAt = merged ? openedAt + between(0, 200) * hourMs : null;
    const repositoryExternalId = oneOf(repositories);
    return [
      externalId,
      {
        pullRequests: [
          buildPullRequest({
            source,
            externalId,
            repositoryExternalId,
            title: oneOf(['Add a thing', 'Hotfix: stop the loop', 'Revert "Add a thing"']),
            state: merged ? 'merged' : 'open',
            openedAt,
            mergedAt,
            mergeSha: `sha-${externalId}`,
            authorAccountExternalId: oneOf(['author', 'robot']),
            additions: chance(0.8) ? between(0, 900) : null,
            deletions: between(0, 90),
          }),
        ],
        pullRequestEvents: [
          buildPullRequestEvent({
            source,
            externalId: `review-${externalId}`,
            pullRequestExternalId: externalId,
            actorAccountExternalId: 'reviewer',
            at: openedAt + between(0, 90) * hourMs,
          }),
        ],
        pullRequestWorkItems: chance(0.5)
          ? [
              {
                source,
                pullRequestExternalId: externalId,
                workItemSource: source,
                workItemExternalId: idOf('item'),
                method: 'key',
              },
            ]
          : [],
      },
    ];
  };
  const deployment = (now: number): [string, DomainRows] => {
    const externalId = idOf('deployment');
    const repositoryExternalId = oneOf(repositories);
    const finishedAt = instant(now);
    return [
      externalId,
      {
        deployments: [
          buildDeployment({
            source,
            externalId,
            repositoryExternalId,
            serviceKey: oneOf(['shop', 'search', null]),
            environment: chance(0.9) ? 'production' : 'staging',
            result: chance(0.85) ? 'success' : 'failure',
            kind: oneOf([null, 'planned', 'hotfix', 'rollback']),
            previousExternalId: chance(0.3) ? idOf('deployment') : null,
            startedAt: finishedAt - between(1, 90) * 60_000,
            finishedAt,
          }),
        ],
        deploymentChanges: Array.from({ length: between(0, 4) }, () => ({
          source,
          repositoryExternalId,
          sha: `sha-${idOf('request')}`,
          deploymentExternalId: externalId,
          method: 'exact_sha' as const,
        })),
      },
    ];
  };
  const incident = (now: number): [string, DomainRows] => {
    const externalId = idOf('incident');
    const createdAt = instant(now);
    return [
      externalId,
      {
        incidents: [
          buildIncident({
            source,
            externalId,
            serviceKey: oneOf(['shop', 'search', null]),
            isExternal: chance(0.1),
            createdAt,
            acknowledgedAt: chance(0.7) ? createdAt + between(1, 50) * 60_000 : null,
            resolvedAt: chance(0.8) ? createdAt + between(1, 30) * hourMs : null,
          }),
        ],
        incidentDeployments: chance(0.3)
          ? [
              {
                source,
                incidentExternalId: externalId,
                deploymentSource: source,
                deploymentExternalId: idOf('deployment'),
                method: 'explicit',
                confidence: 1,
              },
            ]
          : [],
      },
    ];
  };
  const commit = (now: number): [string, DomainRows] => {
    const sha = `sha-${idOf('request')}`;
    const repositoryExternalId = oneOf(repositories);
    const at = instant(now);
    const fields = { source, repositoryExternalId, sha, authoredAt: at, committedAt: at };
    return [`commit ${repositoryExternalId} ${sha}`, { commits: [buildCommit(fields)] }];
  };
  const run = (now: number): [string, DomainRows] => {
    const externalId = idOf('run');
    const startedAt = instant(now);
    return [
      externalId,
      {
        pipelineRuns: [
          buildPipelineRun({
            source,
            externalId,
            repositoryExternalId: oneOf(repositories),
            result: oneOf(['success', 'failure', 'cancelled']),
            sha: oneOf(['a', 'b', 'c']),
            queuedAt: startedAt - between(0, 300) * 1_000,
            startedAt,
            finishedAt: startedAt + between(1, 3_000) * 1_000,
          }),
        ],
      },
    ];
  };
  const release = (now: number): [string, DomainRows] => {
    const externalId = idOf('release');
    const fields = { source, externalId, name: externalId, releasedAt: instant(now) };
    const repositoryExternalId = oneOf(repositories);
    return [externalId, { releases: [buildRelease({ ...fields, repositoryExternalId })] }];
  };
  const item = (now: number): [string, DomainRows] => {
    const externalId = idOf('item');
    const createdAt = instant(now);
    const startedAt = createdAt + between(0, 10) * dayMs;
    const isDone = chance(0.8);
    const doneAt = startedAt + between(0, 20) * dayMs;
    const moves = [
      ['To Do', 'Doing', startedAt],
      ['Doing', 'Waiting', startedAt + Math.floor((doneAt - startedAt) / 2)],
      ['Waiting', 'Done', doneAt],
    ] as const;
    return [
      externalId,
      {
        workItems: [
          buildWorkItem({
            source,
            externalId,
            key: `WID-${externalId}`,
            kind: oneOf(['story', 'bug', 'epic']),
            statusCategory: isDone ? 'done' : 'in_progress',
            originalStatus: isDone ? 'Done' : 'Waiting',
            createdAt,
            startedAt,
            doneAt: isDone ? doneAt : null,
          }),
        ],
        workItemChanges: (isDone ? moves : moves.slice(0, 2)).map(([fromValue, toValue, at], position) => ({
          source,
          externalId: `${externalId}-${position}`,
          workItemExternalId: externalId,
          field: 'status',
          fromValue,
          toValue,
          actorAccountExternalId: null,
          at,
        })),
      },
    ];
  };
  const kinds = [request, request, deployment, incident, commit, run, release, item];
  return {
    records: () => Object.fromEntries(records),
    tombstones() {
      const told = gone.filter((id) => !records.has(id));
      gone = [];
      return told;
    },
    change(count, now) {
      for (let left = count; left > 0; left -= 1) {
        const [id, rows] = oneOf(kinds)(now);
        if (records.has(id) && chance(0.2)) {
          records.delete(id);
          gone.push(id);
        } else records.set(id, rows);
      }
    },
    oneOf,
  };
}

function people(): DomainRows {
  return {
    accounts: ['author', 'reviewer', 'robot'].map((externalId) => ({
      source,
      externalId,
      login: externalId,
      name: null,
      email: null,
      emailVerified: false,
      vendorId: null,
      kind: externalId === 'robot' ? ('service_bot' as const) : ('human' as const),
      isBot: externalId === 'robot',
    })),
  };
}

function repositoryRows(name: string): DomainRows {
  const fields = { fullName: `acme/${name}`, url: null, defaultBranch: 'main', mergeStyle: null };
  return { repositories: [{ source, externalId: name, name, ...fields }] };
}
