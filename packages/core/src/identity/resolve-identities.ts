import { and, eq } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import { upsertRows } from '../store/bulk-write.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { readAuthority } from './authority.ts';
import { type KnownIdentities, loadIdentities } from './load-identities.ts';
import { recordIdentityChange } from './record-identity-change.ts';
import {
  type DeclaredPerson,
  type NewLink,
  type Resolution,
  resolveAccounts,
} from './resolve-accounts.ts';

const { people, personAccounts } = tables;
const linkTarget = { table: personAccounts, key: ['accountSource', 'accountExternalId'] };

export interface ResolveIdentitiesInput {
  store: Store;
  workspaceId: string;
  clock: Clock;
  declaredPeople: readonly DeclaredPerson[];
  reach: () => void | Promise<void>;
}

/**
 * Links every account that has no person yet, and merges people whom a rule finds to be one: each a
 * recorded change that can be undone. Where nothing is new nothing is written.
 */
export async function resolveIdentities(input: ResolveIdentitiesInput): Promise<void> {
  const { store, workspaceId, clock, declaredPeople, reach } = input;
  const known = await loadIdentities(store, workspaceId, declaredPeople, clock.now());
  const found = resolveAccounts(known);
  const names = [...found.names].filter(
    ([id, name]) => known.displayNames.get(id) !== name && !known.erased.has(id),
  );
  const { newLinks, merges, strengthened } = found;
  if (newLinks.length + merges.length + strengthened.length + names.length === 0) return;
  await store.transaction(async (transaction) => {
    await requireStillOrdinary(transaction, { workspaceId, now: clock.now() }, found);
    await applyMerges(transaction, { workspaceId, at: clock.now() }, known, found);
    await linkAccounts(transaction, workspaceId, newLinks);
    for (const [id, displayName] of names) {
      await transaction
        .update(people)
        .set({ displayName })
        .where(and(eq(people.workspaceId, workspaceId), eq(people.id, id)));
    }
    await reach();
  });
}

/** Somebody may have been given something since this pass looked: the next one leaves them alone. */
async function requireStillOrdinary(
  transaction: Database,
  when: { workspaceId: string; now: number },
  { merges, newLinks }: Resolution,
): Promise<void> {
  const existing = newLinks.flatMap(({ person }) =>
    'existing' in person ? [person.existing] : [],
  );
  const merged = merges.flatMap(({ fromPersonId, toPersonId }) => [fromPersonId, toPersonId]);
  const personIds = [...new Set([...existing, ...merged])];
  const authority = await readAuthority(transaction, { ...when, personIds });
  if (authority.size === 0) return;
  throw new AdjutantError('StoreBusy', 'Who may do what changed while people were matched.', {
    hint: 'Run "adjutant sync" again.',
  });
}

/** A stronger rule is part of the merge that it brings: undoing puts the weaker one back. */
async function applyMerges(
  transaction: Database,
  when: { workspaceId: string; at: number },
  known: KnownIdentities,
  { merges, strengthened }: Resolution,
): Promise<void> {
  const keyOf = (link: { accountSource: string; accountExternalId: string }): string =>
    `${link.accountSource}\n${link.accountExternalId}`;
  const stronger = new Map(strengthened.map((link) => [keyOf(link), link]));
  for (const { fromPersonId, toPersonId, rule } of merges) {
    const previousLinks = known.links.filter(
      (link) =>
        link.personId === fromPersonId ||
        (link.personId === toPersonId && stronger.has(keyOf(link))),
    );
    const links = previousLinks.map((link) => ({
      ...(stronger.get(keyOf(link)) ?? link),
      personId: toPersonId,
    }));
    await recordIdentityChange(transaction, {
      ...when,
      kind: 'merge',
      fromPersonId,
      toPersonId,
      previousLinks,
      links,
      actor: `rule:${rule}`,
    });
    for (const link of links) stronger.delete(keyOf(link));
  }
  await upsertRows(transaction, linkTarget, when.workspaceId, [...stronger.values()]);
}

async function linkAccounts(
  transaction: Database,
  workspaceId: string,
  newLinks: readonly NewLink[],
): Promise<void> {
  const personByGroup = new Map<string, string>();
  const rows: object[] = [];
  for (const { account, person, method, confidence, displayName } of newLinks) {
    let personId = 'existing' in person ? person.existing : personByGroup.get(person.group);
    if (personId === undefined && 'group' in person) {
      personId = createIdentifier();
      personByGroup.set(person.group, personId);
      await transaction.insert(people).values({
        id: personId,
        workspaceId,
        displayName,
        role: 'member',
        mergedIntoPersonId: null,
      });
    }
    rows.push({
      personId,
      accountSource: account.source,
      accountExternalId: account.externalId,
      method,
      confidence,
      confirmedBy: null,
    });
  }
  await upsertRows(transaction, linkTarget, workspaceId, rows);
}
