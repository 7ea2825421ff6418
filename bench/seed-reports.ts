// A store of many people with a year of reports and the work beside them, written through the store's
// own bulk module. Seeded, so that every run sees the same.
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { type Adjutant, type Clock, createAdjutant } from '@adjutant/core';
import { seededRandom } from '@adjutant/core/domain';
import {
  buildCommit,
  buildPullRequest,
  buildPullRequestEvent,
  createRowsConnector,
} from '@adjutant/core/testing';
import { forgetSearchForm } from '../packages/core/src/search/refresh-search.ts';
import { upsertRows } from '../packages/core/src/store/bulk-write.ts';
import { domainTargets } from '../packages/core/src/store/domain-targets.ts';
import { openStore } from '../packages/core/src/store/open-store.ts';
import { tables } from '../packages/core/src/store/tables.ts';

const dayMs = 86_400_000;
const source = 'example';
const repositories = 60;
const words =
  'retry webhook invoice ledger deploy flaky test review branch metric cache queue index token page card owner team sprint alert'.split(
    ' ',
  );

/** People whose accounts one source knows. */
export function reportingPeople(count: number): { name: string; account: string }[] {
  return Array.from({ length: count }, (_, place) => ({
    name: `Person ${String(place).padStart(3, '0')}`,
    account: `person-${place}`,
  }));
}

/** Returns an Adjutant of those people over a store in a folder, at an instant. */
export async function openReports(
  folder: string,
  people: ReturnType<typeof reportingPeople>,
  clock: Clock,
): Promise<Adjutant> {
  const accounts = people.map(({ name, account }) => ({
    source,
    externalId: account,
    login: account,
    name,
    email: null,
    emailVerified: false,
    vendorId: null,
    kind: 'human' as const,
    isBot: false,
  }));
  const names = Array.from({ length: repositories }, (_, place) => `service-${place}`);
  const rows = names.map((name) => ({
    ...{ source, externalId: `acme/${name}`, name, fullName: `acme/${name}` },
    ...{ url: null, defaultBranch: 'main', mergeStyle: null },
  }));
  return createAdjutant({
    store: join(folder, 'reports.db'),
    clock,
    connectors: [
      createRowsConnector({
        id: source,
        records: () => ({ all: { accounts, repositories: rows } }),
      }),
    ],
  });
}

/** Writes a report of every person and day until an instant, half of them shared, and work beside it. */
export async function seedReports(
  folder: string,
  { personIds, accounts, days, now }: SeededReports,
): Promise<number> {
  const store = await openStore(join(folder, 'reports.db'));
  const random = seededRandom(11);
  const sentence = (length: number): string =>
    Array.from({ length }, () => words[Math.floor(random() * words.length)] ?? '').join(' ');
  let reports = 0;
  for (let back = days; back >= 1; back -= 1) {
    const at = now - back * dayMs;
    const day = new Date(at).toISOString().slice(0, 10);
    const rows = personIds.map((authorPersonId, place) => ({
      authorPersonId,
      day,
      timeZone: 'UTC',
      did: `${sentence(18)} nr${place}`,
      next: sentence(8),
      blockers: random() < 0.1 ? sentence(6) : null,
      visibility: random() < 0.5 ? 'team' : 'private',
      revision: 1,
      submittedVia: 'sdk',
      createdAt: at,
      updatedAt: at,
    }));
    reports += rows.length;
    await store.transaction(async (transaction) => {
      await upsertRows(transaction, reportTarget, 'default', rows);
      await upsertRows(transaction, domainTargets.commits, 'default', commitsOf(accounts, at));
      await upsertRows(transaction, domainTargets.pullRequests, 'default', pullsOf(accounts, at));
      await upsertRows(
        transaction,
        domainTargets.pullRequestEvents,
        'default',
        reviewsOf(accounts, at),
      );
    });
  }
  await forgetSearchForm(store, 'default');
  await store.close();
  return reports;
}

export interface SeededReports {
  personIds: readonly string[];
  accounts: readonly string[];
  days: number;
  now: number;
}

const reportTarget = { table: tables.progressReports, key: ['authorPersonId', 'day'] };

function commitsOf(accounts: readonly string[], at: number) {
  return accounts.map((account, place) =>
    buildCommit({
      sha: hash('sha1', `${account} ${at}`),
      repositoryExternalId: `acme/service-${place % repositories}`,
      authorAccountExternalId: account,
      authoredAt: at,
      committedAt: at,
    }),
  );
}

/** Every fifth of them opens one, and it is reviewed by the next. */
function pullsOf(accounts: readonly string[], at: number) {
  return accounts.flatMap((account, place) =>
    place % 5 === 0
      ? [
          buildPullRequest({
            externalId: `${account} ${at}`,
            repositoryExternalId: `acme/service-${place % repositories}`,
            number: null,
            authorAccountExternalId: account,
            openedAt: at,
            mergedAt: at + dayMs,
            mergeSha: hash('sha1', `merge ${account} ${at}`),
          }),
        ]
      : [],
  );
}

function reviewsOf(accounts: readonly string[], at: number) {
  return accounts.flatMap((account, place) =>
    place % 5 === 0
      ? [
          buildPullRequestEvent({
            externalId: `review ${account} ${at}`,
            pullRequestExternalId: `${account} ${at}`,
            actorAccountExternalId: accounts[place + 1] ?? account,
            at: at + 3_600_000,
          }),
        ]
      : [],
  );
}
