import { and, eq, inArray, isNull, lt, notExists } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { namesPeople } from './asked-on-people.ts';
import type { Citation } from './cite-answer.ts';

const { citedEvidence, metricCitations, workspaces } = tables;

/** How long an answer can be asked about. @unit milliseconds */
export const citationsKeptMs = 400 * 24 * 3_600_000;
/** What waits in memory at most while somebody else writes. */
const mostWaiting = 500;
/** Rows of one statement: SQLite binds some thirty thousand values at most. */
const rowsAtOnce = 500;
/** How long a write waits for another process. @unit milliseconds */
const patienceMs = 2_000;

interface Waiting {
  citations: Citation[];
  /** Ends when all that was handed over so far is written or given up. */
  written: Promise<void>;
  isWriting: boolean;
}
const waitingOf = new WeakMap<Store, Waiting>();

/**
 * Keeps citations in the background, one statement for all of a read; the read waits for nothing.
 * They are a convenience of later: where the store cannot be written, or stays busy for two seconds,
 * they are dropped without a word. The answer stands, its id stays the same when it is asked for
 * again, and until then `explainCitation` knows no such id. What was asked about a chosen set of
 * people is never kept.
 */
export function keepCitations(store: Store, citations: readonly Citation[]): void {
  const waiting = waitingOf.get(store) ?? {
    citations: [],
    written: Promise.resolve(),
    isWriting: false,
  };
  waitingOf.set(store, waiting);
  const kept = citations.filter(({ row }) => !namesPeople(row.question));
  waiting.citations.push(...kept.slice(0, mostWaiting - waiting.citations.length));
  if (waiting.isWriting) return;
  waiting.isWriting = true;
  waiting.written = writeAll(store, waiting);
}

/** Waits until the citations handed over so far are written or given up. */
export async function citationsKept(store: Store): Promise<void> {
  await waitingOf.get(store)?.written;
}

async function writeAll(store: Store, waiting: Waiting): Promise<void> {
  while (waiting.citations.length > 0) {
    const batch = waiting.citations.splice(0);
    try {
      const fresh = await unknownOf(store.read, batch);
      if (fresh.length > 0) {
        await store.transaction((transaction) => write(transaction, fresh), { patienceMs });
      }
    } catch {
      // Read-only, full or busy: what could not be kept is only not to be asked about.
    }
  }
  waiting.isWriting = false;
}

/** An answer that was given before costs a look, and no lock. */
async function unknownOf(database: Database, batch: readonly Citation[]): Promise<Citation[]> {
  const ids = batch.map(({ row }) => row.citationId);
  const found = await database
    .select({ workspaceId: metricCitations.workspaceId, id: metricCitations.citationId })
    .from(metricCitations)
    .where(
      and(
        inArray(metricCitations.workspaceId, workspacesOf(batch)),
        inArray(metricCitations.citationId, ids),
      ),
    );
  const known = new Set(found.map(({ workspaceId, id }) => `${id} ${workspaceId}`));
  return batch.filter(({ row }) => !known.has(`${row.citationId} ${row.workspaceId}`));
}

async function write(transaction: Database, fresh: readonly Citation[]): Promise<void> {
  // A workspace that was deleted meanwhile keeps no trace of what was asked about it.
  const present = await transaction
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(and(inArray(workspaces.id, workspacesOf(fresh)), isNull(workspaces.deletingAt)));
  const ids = new Set(present.map(({ id }) => id));
  const kept = fresh.filter(({ row }) => ids.has(row.workspaceId));
  for (let from = 0; from < kept.length; from += rowsAtOnce) {
    const some = kept.slice(from, from + rowsAtOnce);
    await transaction
      .insert(metricCitations)
      .values(some.map(({ row }) => row))
      .onConflictDoNothing();
    const evidence = some.flatMap((citation) => {
      const { workspaceId, evidenceDigest } = citation.row;
      const rows = citation.evidence();
      return rows === null || rows.length === 0 ? [] : [{ workspaceId, evidenceDigest, rows }];
    });
    if (evidence.length > 0) {
      await transaction.insert(citedEvidence).values(evidence).onConflictDoNothing();
    }
  }
  const now = Math.max(...kept.map(({ row }) => row.computedAt));
  for (const workspaceId of ids) await purge(transaction, workspaceId, now - citationsKeptMs);
}

/** Deletes citations from before an instant, and the rows that no other citation has. */
async function purge(transaction: Database, workspaceId: string, before: number): Promise<void> {
  const gone = await transaction
    .delete(metricCitations)
    .where(
      and(eq(metricCitations.workspaceId, workspaceId), lt(metricCitations.computedAt, before)),
    )
    .returning({ digest: metricCitations.evidenceDigest });
  const digests = [...new Set(gone.map(({ digest }) => digest))];
  for (let from = 0; from < digests.length; from += rowsAtOnce) {
    await transaction.delete(citedEvidence).where(
      and(
        eq(citedEvidence.workspaceId, workspaceId),
        inArray(citedEvidence.evidenceDigest, digests.slice(from, from + rowsAtOnce)),
        notExists(
          transaction
            .select({ id: metricCitations.citationId })
            .from(metricCitations)
            .where(
              and(
                eq(metricCitations.workspaceId, citedEvidence.workspaceId),
                eq(metricCitations.evidenceDigest, citedEvidence.evidenceDigest),
              ),
            ),
        ),
      ),
    );
  }
}

function workspacesOf(citations: readonly Citation[]): string[] {
  return [...new Set(citations.map(({ row }) => row.workspaceId))];
}
