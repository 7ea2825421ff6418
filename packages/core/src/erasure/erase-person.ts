import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { erasedEvent, erasureBegunEvent } from '../audit/check-erasure-marks.ts';
import { eraseEntries, isAbout } from '../audit/erase-personal-data.ts';
import type { Erasure } from '../data/outcomes.ts';
import type { Viewer } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { PurgeDeps } from '../retention/purge.ts';
import { lifeOfDataLease } from '../retention/purge.ts';
import { forgetWords } from '../search/forget-words.ts';
import { forgetSearchForm } from '../search/refresh-search.ts';
import { clearingTransaction } from '../store/clearing-transaction.ts';
import { acquireLease } from '../store/lease.ts';
import { tables } from '../store/tables.ts';
import { compactWhole } from '../store/whole-file.ts';
import { type Eraser, loadEraser } from './eraser.ts';
import { erasedName, type KnownBy, makeMarks, readKnownBy } from './known-by.ts';
import { deleteOwnRows } from './own-rows.ts';
import { countRemaining } from './remaining-mentions.ts';
import { rewriteArchives } from './rewrite-archives.ts';
import { holdsAny, rewriteTable } from './rewrite-rows.ts';
import { rewrittenTables } from './rewritten-tables.ts';

const { approverGrants, authenticators, erasureMarks, people } = tables;
const leaseMs = 600_000;

export interface ErasingDeps extends PurgeDeps {
  indexAll: () => Promise<void>;
}

/**
 * Takes a person out of everything that is stored. First the marks by which they are kept out are written,
 * and what tells who they are is replaced last, so that a second call finishes what a crash cut off.
 * @throws AdjutantError `NotFound`, `Conflict` where they may still decide, or another process is at it
 */
export async function erasePerson(
  deps: ErasingDeps,
  viewer: Viewer,
  personId: string,
): Promise<Erasure> {
  const { store, workspaceId, clock } = deps;
  const personIds = await samePeople(deps, personId);
  await refuseDeciders(deps, viewer, personIds);
  const lease = await acquireLease(store, {
    workspaceId,
    name: lifeOfDataLease,
    durationMs: leaseMs,
    clock,
  });
  if (lease === null) {
    throw new AdjutantError('Conflict', 'Another process is purging or erasing right now.', {
      hint: 'Wait until it is done.',
    });
  }
  try {
    return await eraseUnder(deps, personId, personIds);
  } finally {
    await lease.release().catch(() => undefined);
  }
}

async function eraseUnder(
  deps: ErasingDeps,
  personId: string,
  personIds: readonly string[],
): Promise<Erasure> {
  const { store, workspaceId, clock, actor, searchIndex, sink } = deps;
  const known = await readKnownBy(store.read, workspaceId, personIds);
  await begin(deps, personId, personIds, known);
  const eraser = await loadEraser(store.read, workspaceId);
  const words = known.names;
  const rowsDeleted = await deleteOwnRows(deps, personIds);
  const ledgerEntries = await eraseLedger(deps, personIds, words);
  const remaining = await countRemaining(store.read, workspaceId, words);
  const rowsRewritten = await rewriteAll(deps, known, eraser);
  await nameErased(deps, personIds);
  await searchIndex?.clear(workspaceId);
  await forgetSearchForm(store, workspaceId);
  await deps.indexAll();
  await forgetWords(store);
  const archivesRewritten =
    sink === null ? 0 : await rewriteArchives({ ...deps, sink }, personIds, eraser);
  await store.transaction((transaction) =>
    appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor,
      event: erasedEvent,
      subject: personId,
      detail: { rowsDeleted, rowsRewritten, ledgerEntries, archivesRewritten },
    }),
  );
  // What was replaced or deleted long before may still lie in pages that nothing uses.
  if (store.file !== null) await compactWhole(store);
  return {
    personId,
    rowsDeleted,
    rowsRewritten,
    ledgerEntries,
    archivesRewritten,
    remaining,
  };
}

/** Somebody whom others were merged into is all of these. @throws AdjutantError `NotFound` */
async function samePeople(
  { store, workspaceId }: ErasingDeps,
  personId: string,
): Promise<string[]> {
  const rows = await store.read
    .select({ id: people.id, into: people.mergedIntoPersonId })
    .from(people)
    .where(eq(people.workspaceId, workspaceId));
  const person = rows.find(({ id }) => id === personId);
  if (person === undefined) {
    throw new AdjutantError('NotFound', 'There is no such person in this workspace.', {
      hint: '"adjutant people" lists everybody with their ids.',
    });
  }
  if (person.into !== null) {
    throw new AdjutantError('Conflict', `That person is one with ${person.into} by now.`, {
      hint: 'Erase that one, or split them first.',
    });
  }
  const same = new Set([personId]);
  for (let before = 0; before !== same.size; ) {
    before = same.size;
    for (const { id, into } of rows) if (into !== null && same.has(into)) same.add(id);
  }
  return [...same];
}

/** @throws AdjutantError `Conflict` */
async function refuseDeciders(
  { store, workspaceId }: ErasingDeps,
  viewer: Viewer,
  personIds: readonly string[],
): Promise<void> {
  const isSelf = viewer.kind === 'person' && personIds.includes(viewer.personId);
  const ids = [...personIds];
  const rights = await store.read
    .select({ id: approverGrants.id })
    .from(approverGrants)
    .where(
      and(
        eq(approverGrants.workspaceId, workspaceId),
        inArray(approverGrants.personId, ids),
        isNull(approverGrants.revokedAt),
      ),
    );
  const keys = await store.read
    .select({ id: authenticators.id })
    .from(authenticators)
    .where(
      and(
        eq(authenticators.workspaceId, workspaceId),
        inArray(authenticators.personId, ids),
        isNull(authenticators.revokedAt),
      ),
    );
  if (!isSelf && rights.length + keys.length === 0) return;
  const message = isSelf
    ? 'Nobody erases themselves.'
    : 'That person may still decide: they have a right or a passkey in force.';
  throw new AdjutantError('Conflict', message, {
    hint: isSelf ? 'Ask another administrator.' : 'Revoke it first: "adjutant approvers".',
  });
}

async function begin(
  { store, workspaceId, clock, actor }: ErasingDeps,
  personId: string,
  personIds: readonly string[],
  known: KnownBy,
): Promise<void> {
  const at = clock.now();
  await store.transaction(async (transaction) => {
    const marks = await makeMarks(transaction, workspaceId, personId, known, at);
    for (const mark of marks) {
      await transaction.insert(erasureMarks).values(mark).onConflictDoNothing();
    }
    await transaction
      .update(people)
      .set({ erasedAt: at })
      .where(and(eq(people.workspaceId, workspaceId), inArray(people.id, [...personIds])));
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor,
      event: erasureBegunEvent,
      subject: personId,
      // Verification holds what it leaves against its entries, where there are to be some.
      detail: { marks: marks.length, tellsWords: true },
    });
  });
}

async function eraseLedger(
  { store, workspaceId, clock, actor }: ErasingDeps,
  personIds: readonly string[],
  words: readonly string[],
): Promise<number> {
  const about = sql.join(personIds.map(isAbout), sql` or `);
  const named = words.length === 0 ? sql`false` : holdsAny(['value'], words);
  return eraseEntries({ store, workspaceId, clock, actor }, sql`(${about}) or (${named})`);
}

async function rewriteAll(
  deps: ErasingDeps,
  { names, accounts }: KnownBy,
  eraser: Eraser,
): Promise<number> {
  if (names.length + accounts.length === 0) return 0;
  let rows = 0;
  for (const table of rewrittenTables()) {
    // A record of a source may know somebody by another name than the account has now.
    const ids = table.table === 'raw_records' ? accounts.map(({ externalId }) => externalId) : [];
    rows += await rewriteTable(deps, table, [...names, ...ids], eraser);
  }
  return rows;
}

async function nameErased(
  { store, workspaceId }: ErasingDeps,
  personIds: readonly string[],
): Promise<void> {
  await clearingTransaction(store, (transaction) =>
    transaction
      .update(people)
      .set({ displayName: erasedName })
      .where(and(eq(people.workspaceId, workspaceId), inArray(people.id, [...personIds]))),
  );
}
