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
import * as fc from 'fast-check';
import { dayMs, hourMs } from '../week-buckets.ts';
import { propertyWindow } from './arbitrary-rows.ts';
import { accountOf, repositoryOf, source } from './open-world.ts';

const windowDays = (propertyWindow.to - propertyWindow.from) / dayMs;
const day = fc.integer({ min: 0, max: windowDays - 1 });
const hours = fc.integer({ min: -2, max: 100 });
const few = { maxLength: 6, size: 'max' } as const;
const at = (days: number, later = 0): number => propertyWindow.from + days * dayMs + later * hourMs;

const shape = fc.record({
  requests: fc.array(
    fc.record({
      day,
      merged: fc.option(hours, { freq: 5 }),
      reviewed: fc.option(hours, { freq: 3 }),
      reviewer: fc.constantFrom('reviewer', 'robot'),
      title: fc.constantFrom('Add a thing', 'Revert "Add a thing"', 'Hotfix: stop the loop'),
      deployment: fc.option(fc.nat({ max: 5 }), { freq: 5 }),
    }),
    few,
  ),
  deployments: fc.array(
    fc.record({
      day,
      environment: fc.constantFrom('production', 'live', 'staging'),
      result: fc.constantFrom('success', 'success', 'failure'),
      kind: fc.constantFrom(null, 'planned', 'hotfix'),
      hasService: fc.boolean(),
      takesBack: fc.option(fc.nat({ max: 5 }), { freq: 1 }),
    }),
    few,
  ),
  incidents: fc.array(
    fc.record({
      day,
      resolved: fc.option(hours, { freq: 3 }),
      cause: fc.option(fc.nat({ max: 5 }), { freq: 1 }),
      isExternal: fc.constantFrom(false, false, true),
    }),
    few,
  ),
  others: fc.array(
    fc.record({
      day,
      took: hours,
      result: fc.constantFrom('success', 'failure', 'cancelled'),
      isDone: fc.boolean(),
    }),
    few,
  ),
});

/**
 * A repository that a forge shows, with all that belongs to it. Its commits have the names that those of
 * another repository have, as in a fork; everything else has names of its own.
 */
export function arbitraryRepository(name: string): fc.Arbitrary<DomainRows> {
  const place = { source, repositoryExternalId: name };
  const idOf = (kind: string, position: number): string => `${name}-${kind}-${position}`;
  return shape.map(({ requests, deployments, incidents, others }) => ({
    repositories: [repositoryOf(name)],
    accounts: [accountOf('author'), accountOf('reviewer'), accountOf('robot', true)],
    pullRequests: requests.map(({ day: opened, merged, title }, position) =>
      buildPullRequest({
        ...place,
        externalId: idOf('request', position),
        number: position + 1,
        title,
        state: merged === null ? 'open' : 'merged',
        authorAccountExternalId: 'author',
        openedAt: at(opened),
        mergedAt: merged === null ? null : at(opened, merged),
        mergeSha: merged === null ? null : `sha-${position}`,
        additions: 10 * position,
        deletions: 1,
      }),
    ),
    pullRequestEvents: requests.flatMap(({ day: opened, reviewed, reviewer }, position) =>
      reviewed === null
        ? []
        : [
            buildPullRequestEvent({
              source,
              externalId: idOf('review', position),
              pullRequestExternalId: idOf('request', position),
              actorAccountExternalId: reviewer,
              at: at(opened, reviewed),
            }),
          ],
    ),
    pullRequestWorkItems: requests.slice(0, others.length).map((_, position) => ({
      source,
      pullRequestExternalId: idOf('request', position),
      workItemSource: source,
      workItemExternalId: idOf('item', position),
      method: 'explicit',
    })),
    commits: requests.map(({ day: opened }, position) =>
      buildCommit({ ...place, sha: `sha-${position}`, authoredAt: at(opened, -position) }),
    ),
    deployments: deployments.map(({ day: finished, hasService, takesBack, ...fields }, position) =>
      buildDeployment({
        ...place,
        ...fields,
        ...(takesBack === null
          ? {}
          : { kind: 'rollback', previousExternalId: idOf('deployment', takesBack) }),
        externalId: idOf('deployment', position),
        serviceKey: hasService ? name : null,
        finishedAt: at(finished, 12),
      }),
    ),
    deploymentChanges: requests.flatMap(({ deployment }, position) =>
      deployment === null || deployment >= deployments.length
        ? []
        : [
            {
              ...place,
              sha: `sha-${position}`,
              deploymentExternalId: idOf('deployment', deployment),
              method: 'exact_sha' as const,
            },
          ],
    ),
    incidents: incidents.map(({ day: began, resolved, isExternal }, position) =>
      buildIncident({
        source,
        externalId: idOf('incident', position),
        serviceKey: name,
        isExternal,
        createdAt: at(began, 13),
        resolvedAt: resolved === null ? null : at(began, 13 + resolved),
      }),
    ),
    incidentDeployments: incidents.flatMap(({ cause }, position) =>
      cause === null || cause >= deployments.length
        ? []
        : [
            {
              source,
              incidentExternalId: idOf('incident', position),
              deploymentSource: source,
              deploymentExternalId: idOf('deployment', cause),
              method: 'explicit' as const,
              confidence: 1,
            },
          ],
    ),
    releases: others.map(({ day: released }, position) =>
      buildRelease({ ...place, externalId: idOf('release', position), releasedAt: at(released) }),
    ),
    releaseCommits: others.map((_, position) => ({
      ...place,
      releaseExternalId: idOf('release', position),
      sha: `sha-${position}`,
    })),
    pipelineRuns: others.map(({ day: began, took, result }, position) =>
      buildPipelineRun({
        ...place,
        externalId: idOf('run', position),
        result,
        sha: `sha-${position % 2}`,
        queuedAt: at(began, -1),
        startedAt: at(began),
        finishedAt: at(began, took),
      }),
    ),
    workItems: others.map(({ day: began, took, isDone }, position) =>
      buildWorkItem({
        source,
        externalId: idOf('item', position),
        key: idOf('item', position),
        statusCategory: isDone ? 'done' : 'in_progress',
        originalStatus: isDone ? 'Done' : 'Doing',
        createdAt: at(began, -24),
        startedAt: at(began),
        doneAt: isDone ? at(began, took) : null,
      }),
    ),
    workItemChanges: others.flatMap(({ day: began, took, isDone }, position) =>
      [
        { fromValue: 'Open', toValue: 'Doing', at: at(began) },
        ...(isDone ? [{ fromValue: 'Doing', toValue: 'Done', at: at(began, took) }] : []),
      ].map((change, place_) => ({
        source,
        externalId: `${idOf('change', position)}-${place_}`,
        workItemExternalId: idOf('item', position),
        field: 'status',
        actorAccountExternalId: null,
        ...change,
      })),
    ),
  }));
}
