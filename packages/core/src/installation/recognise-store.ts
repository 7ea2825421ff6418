import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { entryHash, genesisHash } from '../audit/entry-hash.ts';
import { readChain as readEntries } from '../audit/read-chain.ts';
import { storeRestoredEvent, storeSubject } from '../audit/store-subject.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { Database } from '../store/database.ts';
import { readHead } from '../store/ledger-rows.ts';
import { queryTuples } from '../store/raw-query.ts';
import { refuseForeignStore } from '../store/own-schema.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { InstallationMemory, RememberedHead } from './installation-memory.ts';
import { storeRestoredSchema } from './restored-detail.ts';
import { noteRestored } from './store-restored.ts';

const { auditEntries } = tables;

export interface RecogniseDeps {
  store: Store;
  memory: InstallationMemory;
  clock: Clock;
  logger: Logger;
}

/**
 * Holds a ledger against what this installation remembers of it. A store that is older, goes another
 * way, or is not known here is treated as one that was restored, before anything of it is acted on; also
 * where it brings nothing, so that whoever made it cannot go on from an end that is known here.
 * @throws AdjutantError `Configuration`, `StoreCorrupt` where it is not what Adjutant makes
 */
export async function recogniseWorkspace(
  deps: RecogniseDeps,
  workspaceId: string,
  { isMadeHere = false }: { isMadeHere?: boolean } = {},
): Promise<void> {
  const { store, memory, clock, logger } = deps;
  // The memory first: what is read of the store after it reaches at least as far, while others write.
  const before = await readChain(store.read, workspaceId);
  const known = before === null ? null : await memory.load(before);
  const isKnownAsIs = known !== null && (await reaches(store.read, workspaceId, known));
  const isTaken =
    isMadeHere || (known === null && memory.adopts({ file: store.file?.path ?? null }));
  let isNewCourse = false;
  if (!isKnownAsIs && !isTaken) {
    await refuseForeignStore(store.read);
    isNewCourse = await store.transaction(async (transaction) => {
      if (known !== null && (await reaches(transaction, workspaceId, known))) return false;
      if (known !== null && (await isTold(transaction, workspaceId, known))) return true;
      await noteRestored(transaction, {
        workspaceId,
        at: clock.now(),
        reason: known === null ? 'adopted' : 'not_as_remembered',
        remembered: known,
      });
      return true;
    });
    if (isNewCourse) logger.log('warn', 'the store is not as it was left here', { workspaceId });
  }
  await rememberHead(deps, workspaceId, { isNewCourse });
}

/**
 * Ends what a workspace brings that somebody added to a store while it is open here. It is not remembered:
 * whoever added it can write there still.
 */
export async function endForeign(deps: RecogniseDeps, workspaceId: string): Promise<void> {
  const { store, clock, logger } = deps;
  await refuseForeignStore(store.read);
  await store.transaction((transaction) =>
    noteRestored(transaction, {
      workspaceId,
      at: clock.now(),
      reason: 'adopted',
      remembered: null,
    }),
  );
  logger.log('warn', 'a workspace was added to the store from elsewhere', { workspaceId });
}

/** Writes down how far a ledger reaches. Where that cannot be kept, only later openings know less. */
export async function rememberHead(
  { store, memory, logger }: Pick<RecogniseDeps, 'store' | 'memory' | 'logger'>,
  workspaceId: string,
  options: { isNewCourse: boolean },
): Promise<void> {
  try {
    const head = await readHead(store.read, workspaceId);
    const chain = await readChain(store.read, workspaceId);
    if (head !== null && chain !== null) await memory.save(chain, head, options);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    logger.log('warn', 'how far the ledger reaches could not be remembered', { error: name });
  }
}

/** Whether a ledger goes the way that is remembered by now; so does one of which nothing is. */
export async function isAsRemembered(
  { store, memory }: Pick<RecogniseDeps, 'store' | 'memory'>,
  workspaceId: string,
): Promise<boolean> {
  const chain = await readChain(store.read, workspaceId);
  const known = chain === null ? null : await memory.load(chain);
  return known === null || reaches(store.read, workspaceId, known);
}

/**
 * Returns what names a ledger: the hash of its first entry, which holds an id, an instant and the workspace.
 * Null where there is none, or where it is not what was hashed: the name of another ledger could stand there.
 */
export async function readChain(database: Database, workspaceId: string): Promise<string | null> {
  for await (const [first] of readEntries(database, workspaceId, 1)) {
    return first !== undefined && entryHash(genesisHash, first) === first.hash ? first.hash : null;
  }
  return null;
}

async function readHash(
  database: Database,
  workspaceId: string,
  seq: number,
): Promise<string | null> {
  const [row] = await queryTuples<[string]>(
    database,
    sql`select hash from audit_entries where workspace_id = ${workspaceId} and seq = ${seq}`,
  );
  return row?.[0] ?? null;
}

async function reaches(
  database: Database,
  workspaceId: string,
  { seq, hash }: RememberedHead,
): Promise<boolean> {
  return (await readHash(database, workspaceId, seq)) === hash;
}

/** Whether another process found the same a moment ago, and has not written it down here yet. */
async function isTold(
  database: Database,
  workspaceId: string,
  { seq, hash }: RememberedHead,
): Promise<boolean> {
  const rows = await database
    .select({ detail: auditEntries.detail })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, workspaceId),
        eq(auditEntries.subject, storeSubject),
        eq(auditEntries.event, storeRestoredEvent),
        isNotNull(auditEntries.seq),
      ),
    );
  return rows.some(({ detail }) => {
    const { remembered } = storeRestoredSchema.safeParse(detail).data ?? { remembered: null };
    return remembered?.seq === seq && remembered.hash === hash;
  });
}
