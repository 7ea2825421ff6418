import type { PullRequestFactInput, PullRequestFacts, SubjectRows } from '@adjutant/core/domain';
import { pullRequestFacts } from '../pull-request-facts.ts';
import { utc } from './compute.ts';

type Events = PullRequestFactInput['events'];

/** What is known of a pull request; everything not named is unknown. */
export function factInput(
  overrides: Omit<Partial<PullRequestFactInput>, 'pullRequest'> & {
    pullRequest?: Partial<PullRequestFactInput['pullRequest']>;
  } = {},
): PullRequestFactInput {
  return {
    authorIsBot: false,
    commitAuthoredAts: [],
    events: [],
    deployment: null,
    releasedAt: null,
    ...overrides,
    pullRequest: {
      source: 'test',
      externalId: '1',
      repositoryExternalId: 'repository',
      number: 1,
      title: 'Add a thing',
      state: 'merged',
      originalState: null,
      isDraft: null,
      authorAccountExternalId: 'author',
      openedAt: null,
      readyAt: null,
      mergedAt: null,
      closedAt: null,
      updatedAt: null,
      firstCommitAt: null,
      mergeSha: null,
      headSha: null,
      baseRef: null,
      headRef: null,
      additions: null,
      deletions: null,
      mergeMethod: null,
      labels: [],
      changedFiles: null,
      mergedByAccountExternalId: null,
      revertsNumber: null,
      ...overrides.pullRequest,
    },
  };
}

/** An event by `reviewer` unless told otherwise. */
export function eventAt(
  at: number,
  kind: Events[number]['kind'],
  overrides: Partial<Events[number]> = {},
): Events[number] {
  return {
    source: 'test',
    externalId: `${kind}-${at}`,
    pullRequestExternalId: '1',
    kind,
    state: null,
    actorAccountExternalId: 'reviewer',
    subjectAccountExternalId: null,
    actorIsBot: false,
    at,
    ...overrides,
  };
}

/** A row as the engine loads it. */
export function factsRow(facts: PullRequestFacts): SubjectRows['pull_request'] {
  const { factsVersion: _, ...rest } = facts;
  return { id: `row-${facts.pullRequestExternalId}`, ...rest };
}

const deployment = { finishedAt: utc('2026-09-10 12:00'), method: 'exact_sha' as const };

/** The worked example: a draft with a bot's review, a quick one without review, an amended commit. */
export const workedExample = {
  draftWithReview: factInput({
    pullRequest: {
      externalId: 'P1',
      openedAt: utc('2026-09-08 15:00'),
      mergedAt: utc('2026-09-09 17:00'),
    },
    commitAuthoredAts: [utc('2026-09-08 09:00')],
    events: [
      eventAt(utc('2026-09-08 15:01'), 'review', {
        actorAccountExternalId: 'bot',
        actorIsBot: true,
      }),
      eventAt(utc('2026-09-09 09:00'), 'ready_for_review', { actorAccountExternalId: 'author' }),
      eventAt(utc('2026-09-09 11:00'), 'review', { state: 'approved' }),
    ],
    deployment,
  }),
  withoutReview: factInput({
    pullRequest: {
      externalId: 'P2',
      openedAt: utc('2026-09-10 08:30'),
      mergedAt: utc('2026-09-10 08:40'),
    },
    commitAuthoredAts: [utc('2026-09-10 08:00')],
    deployment,
  }),
  amendedCommit: factInput({
    pullRequest: {
      externalId: 'P3',
      openedAt: utc('2026-09-08 10:00'),
      mergedAt: utc('2026-09-09 12:00'),
    },
    commitAuthoredAts: [utc('2026-09-09 10:00')],
    deployment,
  }),
};

/** Facts rows of many random pull requests: drafts, bots, missing and wrong instants among them. */
export function randomFacts(count: number, random: () => number): PullRequestFacts[] {
  const inputs = Array.from({ length: count }, (_, index) => randomFactInput(index, random));
  return inputs.map((input) => pullRequestFacts.compute(input));
}

/** One random pull request. Instants are missing, out of order or equal on purpose. */
export function randomFactInput(index: number, random: () => number): PullRequestFactInput {
  const hour = 3_600_000;
  const start = utc('2026-01-01') + Math.floor(random() * 4_000) * hour;
  const around = (laterHours: number) =>
    start + (laterHours + Math.floor((random() - 0.5) * 300)) * hour;
  const maybe = (likelihood: number, laterHours: number) =>
    random() < likelihood ? around(laterHours) : null;
  const kinds = [
    'review',
    'comment',
    'ready_for_review',
    'converted_to_draft',
    'review',
    'review_dismissed',
    'force_pushed',
    'closed',
    'reopened',
  ] as const;
  const states = ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED', null];
  const events = Array.from({ length: Math.floor(random() * 9) }, (_, position) => {
    const actorIsBot = random() < 0.2;
    return eventAt(around(60), kinds[Math.floor(random() * kinds.length)] ?? 'review', {
      externalId: `event-${position}`,
      actorIsBot,
      actorAccountExternalId: ['author', 'reviewer', 'other', null][Math.floor(random() * 4)] ?? null,
      subjectAccountExternalId: 'reviewer',
      state: states[Math.floor(random() * states.length)] ?? null,
    });
  });
  const finishedAt = maybe(0.7, 220);
  const method = random() < 0.1 ? ('time' as const) : ('exact_sha' as const);
  return factInput({
    authorIsBot: random() < 0.1,
    pullRequest: {
      externalId: String(index),
      title: random() < 0.05 ? 'Revert "Add a thing"' : 'Add a thing',
      state: random() < 0.8 ? 'merged' : 'open',
      isDraft: random() < 0.3,
      openedAt: maybe(0.9, 0),
      readyAt: maybe(0.2, 40),
      mergedAt: maybe(0.8, 150),
      closedAt: maybe(0.2, 150),
      additions: random() < 0.8 ? Math.floor(random() ** 3 * 1_500) : null,
      deletions: random() < 0.9 ? Math.floor(random() ** 3 * 500) : null,
    },
    commitAuthoredAts: [maybe(0.8, -60), maybe(0.5, 0)],
    events,
    deployment: finishedAt === null ? null : { finishedAt, method },
    releasedAt: maybe(0.5, 250),
  });
}

/** A row of a merged pull request of which nothing else is known but what is given. */
export function mergedRow(
  mergedAt: number,
  fields: Partial<SubjectRows['pull_request']> = {},
): SubjectRows['pull_request'] {
  return { ...factsRow(pullRequestFacts.compute(factInput())), mergedAt, ...fields };
}
