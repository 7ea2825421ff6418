import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { certainAccounts, type HeldAccount } from './certain-accounts.ts';
import type { AccountKey } from './resolve-accounts.ts';

const { accounts, auditEntries, identityChanges, personAccounts } = tables;

const agreedSchema = z.object({ assurance: z.enum(['presence', 'cooperative']) });
const mostNamed = 500;

/**
 * Returns the accounts that stand with somebody only because a rule or a lead says so, as `source`,
 * newline, id: those that were moved there, and those that hearsay gave them when they were first read.
 * For figures they are that person's; they sign nobody in and open nothing that is private: only what
 * vendors vouch for, and what an administrator who was there agreed to, as the ledger tells it, does.
 */
export async function readLentAccounts(
  database: Database,
  workspaceId: string,
  of?: string | readonly string[],
): Promise<Set<string>> {
  const personIds = typeof of === 'string' ? [of] : of;
  const moved = await readMoved(database, workspaceId, personIds);
  const held = await readHeld(database, workspaceId, personIds);
  const lent = new Set(moved);
  for (const accountsOfOne of held.values()) {
    const left = accountsOfOne.filter((account) => !moved.has(keyOf(account)));
    const certain = new Set(certainAccounts(left));
    for (const account of left) if (!certain.has(account)) lent.add(keyOf(account));
  }
  return lent;
}

async function readHeld(
  database: Database,
  workspaceId: string,
  personIds: readonly string[] | undefined,
): Promise<Map<string, HeldAccount[]>> {
  const rows = await database
    .select({
      personId: personAccounts.personId,
      method: personAccounts.method,
      source: personAccounts.accountSource,
      externalId: personAccounts.accountExternalId,
      vendorId: accounts.vendorId,
      email: accounts.email,
      emailVerified: accounts.emailVerified,
    })
    .from(personAccounts)
    .leftJoin(
      accounts,
      and(
        eq(accounts.workspaceId, personAccounts.workspaceId),
        eq(accounts.source, personAccounts.accountSource),
        eq(accounts.externalId, personAccounts.accountExternalId),
      ),
    )
    .where(
      and(
        eq(personAccounts.workspaceId, workspaceId),
        personIds === undefined ? undefined : inArray(personAccounts.personId, [...personIds]),
      ),
    );
  const held = new Map<string, HeldAccount[]>();
  for (const { personId: holder, emailVerified, ...account } of rows) {
    const known = held.get(holder) ?? [];
    held.set(holder, known);
    known.push({ ...account, emailVerified: emailVerified === true });
  }
  return held;
}

async function readMoved(
  database: Database,
  workspaceId: string,
  personIds: readonly string[] | undefined,
): Promise<Set<string>> {
  const changes = await database
    .select({ id: identityChanges.id, accounts: identityChanges.accounts })
    .from(identityChanges)
    .where(
      and(
        eq(identityChanges.workspaceId, workspaceId),
        ne(identityChanges.kind, 'bot'),
        isNull(identityChanges.undoneAt),
        personIds === undefined ? undefined : inArray(identityChanges.toPersonId, [...personIds]),
      ),
    );
  const agreed = await agreedChanges(
    database,
    workspaceId,
    changes.map(({ id }) => id),
  );
  return new Set(
    changes.flatMap(({ id, accounts: moved }) =>
      agreed.has(id) ? [] : moved.map((account) => account.join('\n')),
    ),
  );
}

/** Returns those of some changes to which an administrator who was there agreed, as the ledger tells it. */
export async function agreedChanges(
  database: Database,
  workspaceId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const agreed = new Set<string>();
  for (let from = 0; from < ids.length; from += mostNamed) {
    const entries = await database
      .select({ subject: auditEntries.subject, detail: auditEntries.detail })
      .from(auditEntries)
      .where(
        and(
          eq(auditEntries.workspaceId, workspaceId),
          inArray(auditEntries.event, ['people.merged', 'people.split']),
          inArray(auditEntries.subject, ids.slice(from, from + mostNamed)),
        ),
      );
    for (const { subject, detail } of entries) {
      if (subject !== null && agreedSchema.safeParse(detail).success) agreed.add(subject);
    }
  }
  return agreed;
}

function keyOf({ source, externalId }: AccountKey): string {
  return `${source}\n${externalId}`;
}
