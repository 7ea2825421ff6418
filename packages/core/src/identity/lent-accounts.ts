import { and, eq, inArray, ne } from 'drizzle-orm';
import { readLastRestore } from '../audit/store-subject.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { certainAccounts, type HeldAccount, type Loan } from './certain-accounts.ts';
import type { AccountKey } from './resolve-accounts.ts';
import { readToldChanges, untold } from './told-changes.ts';

const { accounts, identityChanges, personAccounts } = tables;

/** Who makes a change on the word of vendors alone. */
const vouchedRules: ReadonlySet<string> = new Set(['rule:vendor_id', 'rule:verified_email']);

const mostNamed = 500;

/**
 * Returns the accounts that stand with somebody only because a rule or a lead says so, as `source`,
 * newline, id: those whose last move was not agreed to, those that came because of such a one, and
 * those that hearsay gave them when they were first read. After a restore also all those of which no
 * administrator has said since that they are theirs; `asRestored` believes the store in that.
 * For figures they are that person's; they sign nobody in and open nothing that is private: only what
 * vendors vouch for, and what an administrator who was there agreed to, as the ledger tells it, does.
 */
export async function readLentAccounts(
  database: Database,
  workspaceId: string,
  of?: string | readonly string[],
  { asRestored = false }: { asRestored?: boolean } = {},
): Promise<Set<string>> {
  const personIds = typeof of === 'string' ? [of] : of;
  const restored = asRestored ? null : await readLastRestore(database, workspaceId);
  const { loans, pastLoans } = await readLoans(database, workspaceId, personIds, restored);
  // What a store from elsewhere, or an older one, says of accounts is nobody's word here.
  const untouched: Loan | null = restored === null ? null : 'hearsay';
  const held = await readHeld(database, workspaceId, personIds);
  const gone = await readGone(database, workspaceId, { held, pastLoans });
  const lent = new Set<string>();
  for (const [personId, accountsOfOne] of held) {
    const theirs = accountsOfOne.map((account) => {
      const told = loans.get(`${personId}\n${keyOf(account)}`);
      const loan = told === undefined ? untouched : told;
      return loan === null ? account : { ...account, loan };
    });
    const certain = new Set(certainAccounts([...theirs, ...(gone.get(personId) ?? [])]));
    for (const account of theirs) if (!certain.has(account)) lent.add(keyOf(account));
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

/** What was somebody's by hearsay and is not any more: what came because of it may have stayed. */
async function readGone(
  database: Database,
  workspaceId: string,
  {
    held,
    pastLoans,
  }: { held: ReadonlyMap<string, readonly HeldAccount[]>; pastLoans: readonly PastLoan[] },
): Promise<Map<string, HeldAccount[]>> {
  const present = new Set(
    [...held].flatMap(([personId, theirs]) =>
      theirs.map((account) => `${personId}\n${keyOf(account)}`),
    ),
  );
  const left = pastLoans.filter(
    ({ personId, ...account }) =>
      held.has(personId) && !present.has(`${personId}\n${keyOf(account)}`),
  );
  const facts = new Map<string, Omit<HeldAccount, 'method' | 'loan'>>();
  for (let from = 0; from < left.length; from += mostNamed) {
    const ids = left.slice(from, from + mostNamed).map(({ externalId }) => externalId);
    const rows = await database
      .select({
        source: accounts.source,
        externalId: accounts.externalId,
        vendorId: accounts.vendorId,
        email: accounts.email,
        emailVerified: accounts.emailVerified,
      })
      .from(accounts)
      .where(and(eq(accounts.workspaceId, workspaceId), inArray(accounts.externalId, ids)));
    for (const row of rows) facts.set(keyOf(row), row);
  }
  const gone = new Map<string, HeldAccount[]>();
  for (const { personId, ...account } of left) {
    const known = facts.get(keyOf(account));
    if (known === undefined) continue;
    const theirs = gone.get(personId) ?? [];
    gone.set(personId, theirs);
    theirs.push({ ...known, method: 'confirmed', loan: 'hearsay' });
  }
  return gone;
}

/** What somebody was given by hearsay once, whether or not it was undone. */
interface PastLoan extends AccountKey {
  personId: string;
}

/**
 * Returns for each account and whoever it was given to how the last change that gave it to them makes it
 * a loan, or null where an administrator agreed. Whoever has it without such a change had it before, or
 * has it back.
 */
async function readLoans(
  database: Database,
  workspaceId: string,
  personIds: readonly string[] | undefined,
  restored: number | null,
): Promise<{ loans: Map<string, Loan | null>; pastLoans: PastLoan[] }> {
  const changes = await readChanges(database, workspaceId, personIds);
  const ids = changes.map(({ id }) => id);
  const told = await readToldChanges(database, workspaceId, ids);
  const inOrder = changes
    .map((change) => ({ ...change, ...(told.get(change.id) ?? untold) }))
    .toSorted((one, other) => one.place - other.place);
  const loans = new Map<string, Loan | null>();
  const past = new Map<string, PastLoan>();
  for (const { fromPersonId, toPersonId, actor, accounts: moved, ...how } of inOrder) {
    const isUndone = how.undoneAt !== null;
    for (const account of moved) {
      const [source, externalId] = account;
      const key = [toPersonId, ...account].join('\n');
      // What was hearsay where it came from is not more here.
      const before = loans.get([fromPersonId, ...account].join('\n')) ?? 'vouched';
      const loan = vouchedRules.has(actor) ? before : 'hearsay';
      const isAgreed = how.isAgreed && (restored === null || how.place > restored);
      if (isAgreed && !isUndone) past.delete(key);
      else if (loan === 'hearsay') past.set(key, { personId: toPersonId, source, externalId });
      if (!isUndone) loans.set(key, isAgreed ? null : loan);
    }
  }
  return { loans, pastLoans: [...past.values()] };
}

/** Reads the changes that gave somebody accounts, and those that had brought them to whoever had them. */
async function readChanges(
  database: Database,
  workspaceId: string,
  personIds: readonly string[] | undefined,
) {
  const read = (ids: readonly string[] | undefined) =>
    database
      .select({
        id: identityChanges.id,
        fromPersonId: identityChanges.fromPersonId,
        toPersonId: identityChanges.toPersonId,
        actor: identityChanges.actor,
        accounts: identityChanges.accounts,
        undoneAt: identityChanges.undoneAt,
      })
      .from(identityChanges)
      .where(
        and(
          eq(identityChanges.workspaceId, workspaceId),
          ne(identityChanges.kind, 'bot'),
          ids === undefined ? undefined : inArray(identityChanges.toPersonId, [...ids]),
        ),
      );
  if (personIds === undefined) return read(undefined);
  const seen = new Set(personIds);
  const changes = await read(personIds);
  for (let found = changes; found.length > 0; ) {
    const givers = new Set(found.map(({ fromPersonId }) => fromPersonId));
    const next = [...givers].filter((id) => !seen.has(id));
    for (const id of next) seen.add(id);
    found = next.length === 0 ? [] : await read(next);
    changes.push(...found);
  }
  return changes;
}

function keyOf({ source, externalId }: AccountKey): string {
  return `${source}\n${externalId}`;
}
