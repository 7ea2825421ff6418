import type { DomainRows } from '@adjutant/core';
import type { AiEvidence } from '@adjutant/core/domain';
import {
  buildCommit,
  buildDeployment,
  buildIncident,
  buildPipelineRun,
  buildPullRequest,
  buildPullRequestEvent,
  buildRelease,
} from '@adjutant/core/testing';
import { itemRows, sprintRows } from './team-board.ts';
import { teamDays as days, teamInstant as at, teamSource as source } from './team-days.ts';

const repository = 'shop';
const place = { source, repositoryExternalId: repository };
/** A week in which nothing happens: what is drawn by the week has a hole there. */
const isQuiet = (day: number): boolean => day >= 40 && day < 47;
const authors = ['ada', 'ben', 'cleo', 'dan', 'eve', 'fay'];

/**
 * Eight weeks of a team of which every stream is read: rows for every metric, for forecasts, sprints
 * and marks of coding tools, by the record that they stand in.
 */
export function wholeTeam(): Record<string, DomainRows> {
  const records: Record<string, DomainRows> = {
    team: {
      repositories: [
        {
          source,
          externalId: repository,
          name: repository,
          fullName: null,
          url: null,
          defaultBranch: 'main',
          mergeStyle: null,
        },
      ],
      accounts: [...authors, 'reviewer'].map((externalId) => ({
        source,
        externalId,
        login: externalId,
        name: null,
        email: null,
        emailVerified: false,
        vendorId: null,
        kind: 'human',
        isBot: false,
      })),
    },
  };
  for (let day = 0; day < days; day += 1) {
    if (day % 14 === 0) records[`sprint-${day}`] = sprintRows(day);
    if (isQuiet(day)) continue;
    records[`request-${day}`] = requestRows(day);
    records[`item-${day}`] = itemRows(day);
    records[`build-${day}`] = buildRows(day);
    if (day % 2 === 0) records[`deployment-${day}`] = deploymentRows(day);
    if (day % 7 === 0) records[`release-${day}`] = releaseRows(day);
  }
  return records;
}

/** A pull request that was sent back once; that of every eighth day is open still. */
function requestRows(day: number): DomainRows {
  const mergedAt = day % 8 === 7 ? null : at(day, 15 + (day % 5));
  const externalId = `request-${day}`;
  const event = (hour: number, state: string, by: string) =>
    buildPullRequestEvent({
      source,
      externalId: `${externalId}-${hour}`,
      pullRequestExternalId: externalId,
      actorAccountExternalId: by,
      state,
      at: at(day, hour),
    });
  const author = authors[day % authors.length] ?? 'ada';
  const commit = (sha: string, hour: number) =>
    buildCommit({
      ...place,
      sha,
      authorAccountExternalId: author,
      authoredAt: at(day, hour),
      committedAt: at(day, hour),
    });
  return {
    pullRequests: [
      buildPullRequest({
        ...place,
        externalId,
        number: day + 1,
        title: day % 9 === 4 ? 'Revert "Add a widget"' : 'Add a widget',
        state: mergedAt === null ? 'open' : 'merged',
        authorAccountExternalId: author,
        openedAt: at(day, 9),
        firstCommitAt: at(day, 7),
        mergedAt,
        mergeSha: mergedAt === null ? null : `merge-${day}`,
        headSha: `second-${day}`,
        additions: 40 + day,
        deletions: 3,
        changedFiles: 2,
      }),
    ],
    commits: [
      commit(`first-${day}`, 7),
      commit(`second-${day}`, 12),
      ...(mergedAt === null ? [] : [commit(`merge-${day}`, 15 + (day % 5))]),
    ],
    pullRequestCommits: ['first', 'second'].map((name) => ({
      ...place,
      pullRequestExternalId: externalId,
      sha: `${name}-${day}`,
    })),
    pullRequestEvents: [
      event(11, 'changes_requested', 'reviewer'),
      event(13, 'approved', authors[(day + 1) % authors.length] ?? 'ben'),
    ],
    aiEvidence: markRows(day, externalId),
  };
}

/** Of five pull requests two are marked as assisted, two as made without, and of one it is not known. */
function markRows(day: number, subjectExternalId: string): AiEvidence[] {
  if (day % 5 === 4) return [];
  const mark = {
    ...place,
    externalId: `mark-${day}`,
    subjectKind: 'pull_request' as const,
    subjectExternalId,
    class: day % 5 < 2 ? ('assisted' as const) : ('declared_none' as const),
  };
  return [{ ...mark, tool: null, model: null, origin: 'trailer', confidence: 1 }];
}

/** What carries the merges of two days; every third breaks something, and a hotfix follows it. */
function deploymentRows(day: number): DomainRows {
  const deployed = (externalId: string, hour: number, kind: 'planned' | 'hotfix', sha: string) =>
    buildDeployment({
      ...place,
      externalId,
      serviceKey: repository,
      kind,
      sha,
      queuedAt: at(day, hour - 1),
      startedAt: at(day, hour - 1),
      finishedAt: at(day, hour),
    });
  const externalId = `deployment-${day}`;
  const planned = deployed(externalId, 21, 'planned', `merge-${day}`);
  const carried = [day - 1, day].flatMap((merged) =>
    ['first', 'second', 'merge'].map((name) => ({
      ...place,
      deploymentExternalId: externalId,
      sha: `${name}-${merged}`,
      method: 'exact_sha' as const,
    })),
  );
  if (day % 6 !== 0) return { deployments: [planned], deploymentChanges: carried };
  const incidentExternalId = `incident-${day}`;
  return {
    deployments: [planned, deployed(`hotfix-${day}`, 23, 'hotfix', `hotfix-${day}`)],
    deploymentChanges: carried,
    incidents: [
      buildIncident({
        source,
        externalId: incidentExternalId,
        serviceKey: repository,
        createdAt: at(day, 22),
        acknowledgedAt: at(day, 22.5),
        resolvedAt: at(day, 23.5),
      }),
    ],
    incidentDeployments: [
      {
        source,
        incidentExternalId,
        deploymentSource: source,
        deploymentExternalId: externalId,
        method: 'explicit',
        confidence: 1,
      },
    ],
  };
}

/** A run that fails on every fourth day, and its repetition that does not. */
function buildRows(day: number): DomainRows {
  const run = (externalId: string, hour: number, result: 'success' | 'failure') =>
    buildPipelineRun({
      ...place,
      externalId,
      result,
      sha: `second-${day}`,
      queuedAt: at(day, hour),
      startedAt: at(day, hour + 0.1),
      finishedAt: at(day, hour + 0.4),
    });
  const again = [run(`again-${day}`, 13, 'success')];
  const isFlaky = day % 4 === 0;
  return {
    pipelineRuns: [
      run(`run-${day}`, 12, isFlaky ? 'failure' : 'success'),
      ...(isFlaky ? again : []),
    ],
  };
}

function releaseRows(day: number): DomainRows {
  const externalId = `v${day}`;
  const released = Array.from({ length: 7 }, (_, before) => day - before);
  return {
    releases: [
      buildRelease({
        ...place,
        externalId,
        name: externalId,
        sha: `merge-${day}`,
        releasedAt: at(day, 22),
      }),
    ],
    releaseCommits: released.map((merged) => ({
      ...place,
      releaseExternalId: externalId,
      sha: `merge-${merged}`,
    })),
  };
}
