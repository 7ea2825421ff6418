import { createHash } from 'node:crypto';
import type { PersonSummary, WorkDetail, WorkSummary } from '@adjutant/core';

/** The instant at which everything made up here is looked at. */
export const fakeNow = Date.UTC(2026, 9, 30, 9, 30);

const msPerHour = 3_600_000;
const repositories = ['billing-api', 'checkout-web', 'identity', 'mobile-app', 'platform'];
const authors = ['mira.holm', 'tomasz', 'dkeller', 'aisha-n', 'jun', 'renovate', 'lea.brandt'];
const titles = [
  'Retry webhook delivery with exponential backoff',
  'Fix rounding of partial refunds in multi-currency carts',
  'Bump fastify from 5.2.1 to 5.3.0',
  'Remove the legacy session cookie after the migration window',
  'Show shipping estimate before address entry',
  'Cache feature flags per request instead of per process',
  'feat(auth): support passkeys on the account page',
  'Stop paging the on-call for expired sandbox tokens',
  'Move invoice rendering to a background job',
  'Correct off-by-one in the cursor of the order export',
  'chore: tidy CI matrix',
  'Add an index for the open-orders query',
];

/** Returns an own id as the store makes them: time-ordered, and the same for the same number. */
export function fakeId(number: number): string {
  const time = (fakeNow + number).toString(16).padStart(12, '0');
  const tail = createHash('sha256').update(String(number)).digest('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(1, 4)}-a${tail.slice(5, 8)}-${tail.slice(8, 20)}`;
}

/** Returns so many open pull requests over five repositories, newest first. */
export function fakePullRequests(count: number): WorkSummary[] {
  return Array.from({ length: count }, (_, index) => {
    const hours = 3.4 + ((index * 37) % 911) * 1.3;
    return {
      id: fakeId(index),
      kind: 'pull_request' as const,
      repository: at(repositories, index),
      key: `#${1_200 + index * 3}`,
      title: at(titles, index * 5 + Math.floor(index / 7)),
      state: 'open',
      author: at(authors, index * 3 + Math.floor(index / 5)),
      startedAt: fakeNow - hours * msPerHour,
      finishedAt: null,
      hours,
    };
  });
}

/** Returns a pull request with as much history as asked for. */
export function fakeDetail(summary: WorkSummary, history: number): Omit<WorkDetail, 'meta'> {
  return {
    ...summary,
    source: 'git',
    externalId: `${summary.repository}${summary.key}`,
    url: null,
    facts: { codingMs: 7_200_000, pickupMs: null, mergedAt: fakeNow - msPerHour, isRevert: false },
    events: Array.from({ length: history }, (_, index) => ({
      at: fakeNow - (history - index) * msPerHour,
      kind: index % 3 === 0 ? 'review' : 'comment',
      actor: at(authors, index),
      state: index % 3 === 0 ? 'approved' : null,
    })),
    commits: Array.from({ length: Math.ceil(history / 2) }, (_, index) => ({
      sha: fakeId(9_000 + index)
        .replaceAll('-', '')
        .padEnd(40, '0'),
      subject: at(titles, index),
      authoredAt: null,
      committedAt: fakeNow - (history - index) * msPerHour,
    })),
    aiEvidence: [{ class: 'assisted', tool: 'an-assistant', origin: 'trailer' }],
    rawRecordId: fakeId(5_000),
  };
}

/** Returns people, each with two accounts. */
export function fakePeople(count: number): PersonSummary[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `${at(['Mira', 'Tomasz', 'Aisha', 'Jun', 'Lea'], index)} ${index + 1}`;
    const id = fakeId(7_000 + index);
    const account = (source: string, login: string | null, emailVerified: boolean) => ({
      source,
      externalId: `${source}-${index}`,
      login,
      name,
      email: `person${index}@example.test`,
      emailVerified,
      vendorId: null,
      kind: 'human' as const,
      isBot: false,
    });
    return {
      id,
      displayName: name,
      role: 'member' as const,
      mergedIntoPersonId: null,
      teams: ['payments'],
      accounts: [
        {
          ...account('git', null, false),
          method: 'own_account' as const,
          confidence: 1,
          isLent: false,
        },
        {
          ...account('github', `user${index}`, true),
          method: 'verified_email',
          confidence: 0.9,
          isLent: false,
        },
      ],
    };
  });
}

function at(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}
