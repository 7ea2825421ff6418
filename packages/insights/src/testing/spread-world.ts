import type { DomainRows } from '@adjutant/core';
import type { Account } from '@adjutant/core/domain';
import {
  buildCommit,
  buildPullRequest,
  buildPullRequestEvent,
  buildSprint,
  buildWorkItem,
} from '@adjutant/core/testing';

const source = 'forge';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A Monday at noon. */
export const spreadNow = Date.UTC(2026, 7, 10, 12);
export const spreadPeople: readonly string[] = Array.from(
  { length: 12 },
  (_, place) => `person-${place + 1}`,
);

/** How much each of the first people did; the rest of the world is the same whatever these are. */
export interface Spread {
  /** Commits in a repository in which nobody else commits. */
  commits: readonly number[];
  /** Reviews of the last weeks; nobody else gives any. */
  given: readonly number[];
  /** Reviews that are asked for and not given; nobody else is asked. */
  asked: readonly number[];
  /** Items in progress. */
  items: readonly number[];
}

/**
 * Returns the same pieces of work at the same instants whatever the spread is: only who did them
 * differs. The last people open all pull requests and commit in another repository, each as much.
 */
export function spreadRows({ commits, given, asked, items }: Spread): DomainRows {
  const opened = [...turns(given).keys()];
  const waiting = [...turns(asked).keys()];
  return {
    repositories: ['small', 'large'].map((name) => ({
      source,
      externalId: name,
      name,
      fullName: `acme/${name}`,
      url: null,
      defaultBranch: 'main',
      mergeStyle: null,
    })),
    accounts: spreadPeople.map(accountOf),
    commits: [
      ...turns(commits).map((author, place) => commitOf('small', author, place)),
      ...opened.map((place) => commitOf('large', authorOf(place), place)),
    ],
    pullRequests: [
      ...opened.map((place) => pullRequestOf(place, true)),
      ...waiting.map((place) => pullRequestOf(opened.length + place, false)),
    ],
    pullRequestEvents: [
      ...turns(given).map((reviewer, place) =>
        buildPullRequestEvent({
          source,
          externalId: `review-${place}`,
          pullRequestExternalId: String(place),
          actorAccountExternalId: reviewer,
          at: openedAt(place) + 2 * hourMs,
        }),
      ),
      ...turns(asked).map((reviewer, place) =>
        buildPullRequestEvent({
          source,
          externalId: `asked-${place}`,
          pullRequestExternalId: String(opened.length + place),
          kind: 'review_requested',
          state: null,
          subjectAccountExternalId: reviewer,
          at: openedAt(opened.length + place),
        }),
      ),
    ],
    sprints: [
      buildSprint({
        source,
        startedAt: spreadNow - 5 * dayMs,
        plannedEndAt: spreadNow + 9 * dayMs,
      }),
    ],
    workItems: turns(items).map((assignee, place) =>
      buildWorkItem({
        source,
        externalId: `item-${place}`,
        key: `WID-${place}`,
        assigneeAccountExternalId: assignee,
        sprintExternalId: '7',
        createdAt: spreadNow - 20 * dayMs,
        startedAt: spreadNow - (4 + place) * dayMs,
      }),
    ),
  };
}

/** Whose turn it is, one by one, so that everybody's lie over the whole time: not one after the other. */
function turns(counts: readonly number[]): string[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const left = [...counts];
  return Array.from({ length: total }, (_, place) => {
    const behind = counts.map(
      (count, person) =>
        (count * (place + 1)) / total - (count - (left[person] ?? 0)) + 1e-6 * person,
    );
    const next = behind.indexOf(
      Math.max(...behind.filter((_value, person) => (left[person] ?? 0) > 0)),
    );
    left[next] = (left[next] ?? 0) - 1;
    return spreadPeople[next] ?? '';
  });
}

function authorOf(place: number): string {
  return spreadPeople[8 + (place % 4)] ?? '';
}

function openedAt(place: number): number {
  return spreadNow - ((place % 25) + 2) * dayMs + (place % 5) * hourMs;
}

function commitOf(repository: string, author: string, place: number) {
  const at = spreadNow - ((place * 1.3) % 80) * dayMs - hourMs;
  return buildCommit({
    source,
    repositoryExternalId: repository,
    sha: `${repository}-${place}`,
    authorAccountExternalId: author,
    authoredAt: at,
    committedAt: at,
  });
}

function pullRequestOf(place: number, isMerged: boolean) {
  const at = openedAt(place);
  return buildPullRequest({
    source,
    externalId: String(place),
    repositoryExternalId: 'large',
    number: place + 1,
    title: `Change ${place}`,
    state: isMerged ? 'merged' : 'open',
    openedAt: at,
    mergedAt: isMerged ? at + 3 * hourMs : null,
    mergeSha: isMerged ? `large-${place}` : null,
    updatedAt: at + 3 * hourMs,
    authorAccountExternalId: authorOf(place),
  });
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
