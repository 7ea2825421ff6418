import type { Account, PullRequestEvent } from '../domain.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';
import { buildAccountGroup, buildPullRequest, buildPullRequestEvent } from './row-builders.ts';
import { createRowsConnector } from './rows-connector.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const source = 'forge';
const changesOfPeriod = 6;
/** Labels of the changes of one person in one period, by their place. */
const usualLabels = [['feature'], ['feature'], ['bug', 'near'], ['feature', 'bug', 'near'], [], []];

/** One merged change, as it was written: what is known of it does not come from any answer. */
export interface WrittenChange {
  externalId: string;
  /** The login of who wrote it, and of who reviewed it. */
  author: string;
  reviewer: string;
  mergedAt: number;
  labels: readonly string[];
}

/** So many people at work for four periods of four weeks, for tests of what is told of people. */
export interface PeopleWorld {
  /** An instant after the last period. */
  now: number;
  /** Where the four periods begin, and the last one ends. */
  periods: readonly number[];
  /** Logins. */
  people: readonly string[];
  written: readonly WrittenChange[];
  connector: ConfiguredConnector;
}

/**
 * Returns a world in which the last person joins after two periods, the one before leaves then, and
 * some labels are used by one person, by four, and by everybody at first and one person later. `teams`
 * are groups of the source by name, with the logins in each, of which somebody who leads may make teams.
 */
export function createPeopleWorld(
  count: number,
  { teams = {} }: { teams?: Readonly<Record<string, readonly string[]>> } = {},
): PeopleWorld {
  const first = Date.UTC(2026, 3, 13);
  const periods = [0, 1, 2, 3, 4].map((period) => first + period * 28 * dayMs);
  const people = Array.from({ length: count }, (_, index) => `person-${index + 1}`);
  const written = periods.slice(0, 4).flatMap((start, period) => {
    const present = people.filter((_, place) => isPresent(place, count, period));
    return present.flatMap((author, place) =>
      Array.from({ length: changesOfPeriod }, (_, change) => ({
        externalId: `${author}-${period}-${change}`,
        author,
        reviewer: present[(place + 1 + change) % present.length] ?? author,
        mergedAt: start + (change * 4 + 1) * dayMs + place * hourMs,
        labels: labelsOf({ author, place, period, change }),
      })),
    );
  });
  return {
    now: Date.UTC(2026, 7, 10),
    periods,
    people,
    written,
    connector: createRowsConnector({
      id: source,
      claimsCommits: true,
      showsReviews: true,
      scope: { externalId: 'widgets', name: 'widgets', detail: {} },
      records: () => ({
        all: {
          repositories: [
            {
              source,
              externalId: 'widgets',
              name: 'widgets',
              fullName: 'acme/widgets',
              url: null,
              defaultBranch: 'main',
              mergeStyle: null,
            },
          ],
          accounts: people.map(accountOf),
          accountGroups: Object.keys(teams).map((name) =>
            buildAccountGroup({ source, externalId: name, name, slug: `acme/${name}` }),
          ),
          accountGroupMembers: Object.entries(teams).flatMap(([groupExternalId, members]) =>
            members.map((accountExternalId) => ({
              source,
              groupExternalId,
              accountExternalId,
              role: null,
            })),
          ),
          pullRequests: written.map(pullRequestOf),
          pullRequestEvents: written.map(reviewOf),
        },
      }),
    }),
  };
}

function isPresent(place: number, count: number, period: number): boolean {
  if (count < 12) return true;
  if (place === count - 1) return period >= 2;
  return place !== count - 2 || period < 2;
}

function labelsOf(of: { author: string; place: number; period: number; change: number }): string[] {
  const { author, place, period, change } = of;
  const isLast = change === changesOfPeriod - 1;
  return [
    ...(usualLabels[change] ?? []),
    ...(isLast && author === 'person-3' ? ['solo', 'near'] : []),
    ...(isLast && place < 4 ? ['four'] : []),
    ...(change === 4 && (period === 0 || author === 'person-2') ? ['late'] : []),
  ];
}

function accountOf(externalId: string): Account {
  return {
    source,
    externalId,
    login: externalId,
    name: null,
    email: null,
    emailVerified: false,
    vendorId: null,
    kind: 'human',
    isBot: false,
  };
}

function pullRequestOf({ externalId, author, mergedAt, labels }: WrittenChange, place: number) {
  return buildPullRequest({
    source,
    repositoryExternalId: 'widgets',
    externalId,
    number: place + 1,
    title: externalId,
    state: 'merged',
    openedAt: mergedAt - ((place % 7) + 1) * hourMs,
    mergedAt,
    authorAccountExternalId: author,
    additions: place,
    deletions: 1,
    labels: [...labels],
  });
}

function reviewOf({ externalId, reviewer, mergedAt }: WrittenChange): PullRequestEvent {
  return buildPullRequestEvent({
    source,
    externalId: `review-${externalId}`,
    pullRequestExternalId: externalId,
    actorAccountExternalId: reviewer,
    at: mergedAt - hourMs / 2,
  });
}
