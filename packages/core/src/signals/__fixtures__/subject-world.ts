import { onTestFinished } from 'vitest';
import { createAdjutant } from '../../create-adjutant.ts';
import type { Account, MetricSet, Repository } from '../../domain.ts';
import type { DomainRows } from '../../sync/domain-rows.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { createRowsConnector } from '../../testing/rows-connector.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
/** A Wednesday. */
export const start = Date.UTC(2026, 10, 18, 12);
export const source = 'forge';
export const shop = 'acme/shop';

/** Returns an account of a person, or of a program. */
export function account(externalId: string, fields: Partial<Account> = {}): Account {
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
    ...fields,
  };
}

/** Returns a repository whose default branch is main. */
export function repository(externalId: string, fields: Partial<Repository> = {}): Repository {
  return {
    source,
    externalId,
    name: externalId.split('/')[1] ?? externalId,
    fullName: externalId,
    url: null,
    defaultBranch: 'main',
    mergeStyle: 'squash',
    ...fields,
  };
}

/** Returns a workspace whose sources show the rows that tests give them, and the subjects of its rules. */
export async function startSubjectWorld(metrics?: MetricSet, others: readonly string[] = []) {
  const clock = createFakeClock(start);
  const rows: DomainRows[] = [{ repositories: [repository(shop)] }];
  const rowsOfOthers: DomainRows[] = [];
  const records = (all: readonly DomainRows[]) =>
    Object.fromEntries(all.map((one, position) => [`record-${position}`, one]));
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    ...(metrics === undefined ? {} : { metrics }),
    connectors: [
      createRowsConnector({ id: source, showsReviews: true, records: () => records(rows) }),
      ...others.map((id) => createRowsConnector({ id, records: () => records(rowsOfOthers) })),
    ],
  });
  onTestFinished(() => adjutant.close());
  const handle = adjutant.workspace().as(await adjutant.owner());
  return { adjutant, clock, rows, rowsOfOthers, handle };
}
