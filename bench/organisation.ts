// A made-up organisation as a connector gives it: pull requests with reviews, deployments and
// incidents of two years, drawn anew from each row's number, so that every run sees the same.
import { defineConnector, defineStream } from '@adjutant/core';
import type { ConfiguredConnector, DomainRows } from '@adjutant/core';
import { seededRandom } from '@adjutant/core/domain';
import {
  buildDeployment,
  buildIncident,
  buildPullRequest,
  buildPullRequestEvent,
} from '@adjutant/core/testing';
import { z } from 'zod';
import { seedEnd, seedStart } from './seed-store.ts';

export interface OrganisationSize {
  pullRequests: number;
  reviewsPerPullRequest: number;
  deployments: number;
  incidents: number;
  people: number;
}

/** What the issue of metrics at scale names: 100,000 pull requests, 400,000 reviews, 300 people. */
export const largeOrganisation: OrganisationSize = {
  pullRequests: 100_000,
  reviewsPerPullRequest: 4,
  deployments: 50_000,
  incidents: 5_000,
  people: 300,
};

const source = 'example';
const repositories = 60;
const perTeam = 5;
const hourMs = 3_600_000;
const batchSize = 1_000;
const openEvery = 1_000;

const givenSchema = z.object({ number: z.number().int(), isReviewedAgain: z.boolean() });
type Given = z.infer<typeof givenSchema>;

/** Teams of five repositories each. */
export const teams = Array.from({ length: repositories / perTeam }, (_, team) => ({
  key: `team-${team}`,
  name: `Team ${team}`,
  repositories: Array.from({ length: perTeam }, (__, slot) => nameOf(team * perTeam + slot)),
}));

/**
 * Returns the organisation as a source. A pass after the first gives only `changed`: pull requests
 * that were reviewed once more.
 */
export function organisation(
  size: OrganisationSize,
  changed: () => readonly number[] = () => [],
): ConfiguredConnector {
  const stream = defineStream<Record<string, never>, Given>({
    id: 'everything',
    title: 'Everything',
    payloadSchema: givenSchema,
    async *read(_context, { mode, state }) {
      const isFirst = mode === 'backfill' || state?.['passes'] === undefined;
      const again = changed();
      const count = isFirst ? size.pullRequests : again.length;
      for (let start = 0; start < count || start === 0; start += batchSize) {
        const end = Math.min(count, start + batchSize);
        const numbers = isFirst
          ? Array.from({ length: end - start }, (_, offset) => start + offset)
          : again.slice(start, end);
        yield {
          records: numbers.map((number) => ({
            externalId: `#${number}`,
            payload: { number, isReviewedAgain: !isFirst },
          })),
          tombstones: [],
          state: { passes: 1 },
          complete: end === count,
          gaps: [],
        };
      }
    },
    map: (given) => rowsOf(size, given),
  });
  return defineConnector<Record<string, never>>({
    id: source,
    title: 'Example',
    experimental: false,
    configSchema: z.object({}),
    reviewStream: stream.id,
    hosts: () => [],
    check: async () => ({ identity: null, items: [] }),
    async *discover() {
      yield { externalId: 'acme', name: 'acme', detail: {} };
    },
    streams: [stream],
  })({});
}

/** Returns the numbers of the pull requests that were opened last, the latest first. */
export function newestNumbers(size: OrganisationSize, count: number): number[] {
  return Array.from({ length: size.pullRequests }, (_, number) => ({
    number,
    openedAt: pullRequestOf(size, number, seededRandom(number + 1)).openedAt ?? 0,
  }))
    .toSorted((left, right) => right.openedAt - left.openedAt)
    .slice(0, count)
    .map(({ number }) => number);
}

/** The rows of one record: a pull request, and the deployments and incidents that go with its number. */
function rowsOf(size: OrganisationSize, { number, isReviewedAgain }: Given): DomainRows {
  const random = seededRandom(number + 1);
  const request = pullRequestOf(size, number, random);
  const reviews = size.reviewsPerPullRequest + (isReviewedAgain ? 1 : 0);
  const first = number === 0;
  const deploymentEvery = size.pullRequests / size.deployments;
  const incidentEvery = size.pullRequests / size.incidents;
  return {
    ...(first ? { repositories: repositoryRows(), accounts: accountRows(size) } : {}),
    pullRequests: [request],
    pullRequestEvents: Array.from({ length: reviews }, (_, review) =>
      buildPullRequestEvent({
        source,
        externalId: `${number}-${review}`,
        pullRequestExternalId: `#${number}`,
        state: review === size.reviewsPerPullRequest - 1 ? 'approved' : 'commented',
        actorAccountExternalId: `person-${(number * 7 + review + 1) % size.people}`,
        at: (request.openedAt ?? 0) + Math.ceil((review + 1) * 2 * random() * hourMs),
      }),
    ),
    deployments: number % deploymentEvery === 0 ? [deploymentOf(number, request)] : [],
    ...(number % incidentEvery === 0 ? incidentOf(number, request) : {}),
  };
}

type Request = ReturnType<typeof buildPullRequest>;

function pullRequestOf(size: OrganisationSize, number: number, random: () => number): Request {
  const isOpen = number % openEvery === 0;
  const openedAt = seedStart + Math.floor(random() * (seedEnd - seedStart));
  const mergedAt = openedAt + Math.ceil(random() * 60 * hourMs) + 10 * hourMs;
  return buildPullRequest({
    source,
    externalId: `#${number}`,
    repositoryExternalId: nameOf(number % repositories),
    number,
    title: `Change ${number}`,
    authorAccountExternalId: `person-${number % size.people}`,
    state: isOpen ? 'open' : 'merged',
    openedAt,
    firstCommitAt: openedAt - Math.ceil(random() * 40 * hourMs),
    mergedAt: isOpen ? null : mergedAt,
    mergeSha: isOpen ? null : `sha-${number}`,
    additions: Math.ceil(random() * 400),
    deletions: Math.ceil(random() * 100),
  });
}

function deploymentOf(number: number, request: Request) {
  const finishedAt = (request.mergedAt ?? request.openedAt ?? 0) + 2 * hourMs;
  return buildDeployment({
    source,
    externalId: `deployment-${number}`,
    repositoryExternalId: request.repositoryExternalId,
    sha: request.mergeSha,
    result: number % 50 === 0 ? 'failure' : 'success',
    startedAt: finishedAt - hourMs / 6,
    finishedAt,
  });
}

function incidentOf(number: number, request: Request): DomainRows {
  const createdAt = (request.mergedAt ?? request.openedAt ?? 0) + 3 * hourMs;
  return {
    incidents: [
      buildIncident({
        source,
        externalId: `incident-${number}`,
        createdAt,
        acknowledgedAt: createdAt + hourMs / 4,
        resolvedAt: createdAt + 2 * hourMs,
      }),
    ],
    incidentDeployments: [
      {
        source,
        incidentExternalId: `incident-${number}`,
        deploymentSource: source,
        deploymentExternalId: `deployment-${number}`,
        method: 'explicit',
        confidence: 1,
      },
    ],
  };
}

function repositoryRows(): NonNullable<DomainRows['repositories']> {
  return Array.from({ length: repositories }, (_, position) => ({
    source,
    externalId: nameOf(position),
    name: nameOf(position),
    fullName: `acme/${nameOf(position)}`,
    url: null,
    defaultBranch: 'main',
    mergeStyle: 'merge' as const,
  }));
}

function accountRows({ people }: OrganisationSize): NonNullable<DomainRows['accounts']> {
  return Array.from({ length: people }, (_, person) => ({
    source,
    externalId: `person-${person}`,
    login: `person-${person}`,
    name: null,
    email: null,
    emailVerified: false,
    vendorId: null,
    kind: 'human' as const,
    isBot: false,
  }));
}

function nameOf(position: number): string {
  return `service-${position}`;
}
