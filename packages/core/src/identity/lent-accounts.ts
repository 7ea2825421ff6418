import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { certainAccounts, type HeldAccount } from './certain-accounts.ts';
import type { AccountKey } from './resolve-accounts.ts';
import { readToldChanges, untold } from './told-changes.ts';

const { accounts, identityChanges, personAccounts } = tables;

/**
 * Returns the accounts that stand with somebody only because a rule or a lead says so, as `source`,
 * newline, id: those whose last move was not agreed to, and those that hearsay gave them when they were first read.
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
  const lent = new Set<string>();
  for (const [personId, accountsOfOne] of held) {
    const left = accountsOfOne.filter(
      (account) => moved.get(`${personId}\n${keyOf(account)}`) !== true,
    );
    const certain = new Set(certainAccounts(left));
    for (const account of accountsOfOne) if (!certain.has(account)) lent.add(keyOf(account));
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

/**
 * Returns for each account and whoever it was given to whether the last change that gave it to them is a
 * lead's or a rule's. Whoever has it without such a change had it before, or has it back.
 */
async function readMoved(
  database: Database,
  workspaceId: string,
  personIds: readonly string[] | undefined,
): Promise<Map<string, boolean>> {
  const changes = await database
    .select({
      id: identityChanges.id,
      toPersonId: identityChanges.toPersonId,
      accounts: identityChanges.accounts,
    })
    .from(identityChanges)
    .where(
      and(
        eq(identityChanges.workspaceId, workspaceId),
        ne(identityChanges.kind, 'bot'),
        isNull(identityChanges.undoneAt),
        personIds === undefined ? undefined : inArray(identityChanges.toPersonId, [...personIds]),
      ),
    );
  const ids = changes.map(({ id }) => id);
  const told = await readToldChanges(database, workspaceId, ids);
  const inOrder = changes
    .map((change) => ({ ...change, ...(told.get(change.id) ?? untold) }))
    .toSorted((one, other) => one.place - other.place);
  return new Map(
    inOrder.flatMap(({ toPersonId, accounts: moved, isAgreed }) =>
      moved.map((account) => [[toPersonId, ...account].join('\n'), !isAgreed] as const),
    ),
  );
}

function keyOf({ source, externalId }: AccountKey): string {
  return `${source}\n${externalId}`;
}
