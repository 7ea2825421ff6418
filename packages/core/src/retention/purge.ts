import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { ArchiveSink } from '../archive/archive-sink.ts';
import { listStored, readTold, removeArchive } from '../archive/told-archives.ts';
import type { Clock } from '../clock.ts';
import type { PurgedClass, PurgeOptions, PurgeReport } from '../data/outcomes.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import { forgetWords } from '../search/forget-words.ts';
import { acquireLease, type Lease } from '../store/lease.ts';
import type { Store } from '../store/store.ts';
import type { SearchIndex } from '../search/search-index.ts';
import { countOutdated } from './count-outdated.ts';
import { deleteBatches } from './delete-batches.ts';
import { parseDays, type RetentionDays } from './retention.ts';
import { type RetentionClassId, retentionClassIds } from './retention-class-ids.ts';
import { countUnread, retentionClass } from './retention-classes.ts';

const dayMs = 86_400_000;
const leaseMs = 120_000;
export const lifeOfDataLease = 'life_of_data';

/** What a purge is done with. */
export interface PurgeDeps {
  store: Store;
  workspaceId: string;
  clock: Clock;
  days: RetentionDays;
  /** Null where nothing is archived: by the host's own word, or because there is no place for it. */
  sink: ArchiveSink | null;
  /** True where the host said that nothing is to be archived. */
  withoutArchive: boolean;
  /** Who has it done, as the ledger names them. */
  actor: string;
  searchIndex?: SearchIndex;
}

const optionsSchema = z.strictObject({
  dryRun: z.boolean().optional(),
  classes: z.array(z.enum(retentionClassIds)).min(1, 'names no class').optional(),
  olderThanDays: z.number().int('is a whole number of days').optional(),
});

/**
 * Deletes what is older than it is kept for, archived first; a dry run counts the same rows and changes
 * nothing. Whatever goes wrong with the archive, nothing is deleted that is not in it.
 * @throws AdjutantError `InvalidInput`, `Conflict` while another purge is under way, and what the archive threw
 */
export async function purge(deps: PurgeDeps, options: PurgeOptions): Promise<PurgeReport> {
  const at = deps.clock.now();
  const wanted = planOf(deps, parseInput(optionsSchema, options), at);
  if (options.dryRun === true) {
    const classes = await Promise.all(wanted.map((plan) => countClass(deps, plan)));
    return reportOf(true, at, classes);
  }
  const { store, workspaceId, clock } = deps;
  const lease = await acquireLease(store, {
    workspaceId,
    name: lifeOfDataLease,
    durationMs: leaseMs,
    clock,
  });
  if (lease === null) {
    throw new AdjutantError('Conflict', 'Another process is purging or archiving right now.', {
      hint: 'Wait until it is done.',
    });
  }
  try {
    return await purgeUnder(deps, lease, wanted, at);
  } finally {
    await lease.release().catch(() => undefined);
  }
}

interface Plan {
  class: RetentionClassId;
  days: number | null;
  before: number | null;
}

function planOf({ days }: PurgeDeps, options: PurgeOptions, at: number): Plan[] {
  const { olderThanDays } = options;
  const classes =
    options.classes ?? (olderThanDays === undefined ? retentionClassIds : ['raw_events']);
  // What is archived comes first: where that fails, nothing else has gone either.
  const inOrder = retentionClassIds
    .filter((id) => classes.includes(id))
    .toSorted((one, other) => Number(isNeverArchived(one)) - Number(isNeverArchived(other)));
  return inOrder.map((id) => {
    const kept = olderThanDays === undefined ? days[id] : parseDays(id, olderThanDays);
    return { class: id, days: kept, before: kept === null ? null : at - kept * dayMs };
  });
}

function isNeverArchived(id: RetentionClassId): boolean {
  return retentionClass(id).archived === 'never';
}

async function countClass({ store, workspaceId }: PurgeDeps, plan: Plan): Promise<PurgedClass> {
  const { before } = plan;
  const of = { workspaceId, before: before ?? 0 };
  const tables =
    before === null ? [] : await countOutdated(store.read, retentionClass(plan.class), of);
  const unread =
    plan.class === 'raw_events' && before !== null ? await countUnread(store.read, of) : 0;
  return { ...plan, rows: sum(tables), tables, unread, archives: [] };
}

async function purgeUnder(
  deps: PurgeDeps,
  lease: Lease,
  wanted: readonly Plan[],
  at: number,
): Promise<PurgeReport> {
  const { store, workspaceId, clock, actor } = deps;
  const classes: PurgedClass[] = [];
  try {
    await sweep(deps);
    for (const plan of wanted) {
      if (plan.before === null) classes.push(await countClass(deps, plan));
      else classes.push(await purgeClass(deps, lease, plan, plan.before));
    }
  } catch (error) {
    await tell(classes, 'failed', error).catch(() => undefined);
    throw error;
  } finally {
    // What was deleted may still stand in the log and among the words of the index.
    if (sum(classes) > 0) await forgetWords(store);
  }
  await tell(classes, 'purged', null);
  return reportOf(false, at, classes);

  async function tell(
    done: readonly PurgedClass[],
    outcome: 'purged' | 'failed',
    error: unknown,
  ): Promise<void> {
    const code = AdjutantError.isInstance(error) ? error.code : 'Unexpected';
    const counts = done.filter(({ rows }) => rows > 0).map(({ class: id, rows }) => [id, rows]);
    await store.transaction((transaction) =>
      appendAuditEntry(transaction, {
        workspaceId,
        at: clock.now(),
        actor,
        event: 'retention.purged',
        subject: 'retention',
        outcome,
        detail: {
          rows: Object.fromEntries(counts) as Record<string, number>,
          days: Object.fromEntries(wanted.map(({ class: id, days }) => [id, days])),
          ...(outcome === 'failed' ? { code } : {}),
        },
      }),
    );
  }
}

async function purgeClass(
  deps: PurgeDeps,
  lease: Lease,
  plan: Plan,
  before: number,
): Promise<PurgedClass> {
  const { store, workspaceId, sink, withoutArchive } = deps;
  const { archived, groups } = retentionClass(plan.class);
  if (archived === 'first' && sink === null && !withoutArchive) {
    const due = await countClass(deps, plan);
    if (due.rows === 0) return due;
    throw new AdjutantError(
      'Configuration',
      'There is no archive to put rows into before they are deleted.',
      { hint: 'Name a place with "archive", or set it to false where nothing is to be archived.' },
    );
  }
  const into = archived === 'never' ? null : sink;
  const done = { tables: new Map<string, number>(), archives: new Set<string>() };
  for (const group of groups) {
    await deleteBatches({ ...deps, lease, into, classId: plan.class, before }, group, done);
  }
  const tables = [...done.tables].map(([table, rows]) => ({ table, rows }));
  const unread =
    plan.class === 'raw_events' ? await countUnread(store.read, { workspaceId, before }) : 0;
  return { ...plan, rows: sum(tables), tables, unread, archives: [...done.archives] };
}

/**
 * Takes away what purges left that were cut off, and archives whose rows are back in the store: what
 * somebody deletes here must not stand there any more.
 */
async function sweep({ store, workspaceId, sink }: PurgeDeps): Promise<void> {
  if (sink === null) return;
  const told = await readTold(store.read, workspaceId);
  for (const [archiveId, names] of await listStored(sink, workspaceId)) {
    const state = told.get(archiveId)?.state;
    // What this store never began may be another's, whatever folder somebody named twice.
    if (state === undefined || state === 'stands') continue;
    await removeArchive(sink, workspaceId, archiveId, names);
  }
}

function reportOf(isDryRun: boolean, at: number, classes: PurgedClass[]): PurgeReport {
  // Told in the order in which the classes are defined.
  const inOrder = classes.toSorted(
    (one, other) => retentionClassIds.indexOf(one.class) - retentionClassIds.indexOf(other.class),
  );
  return { isDryRun, at, rows: sum(classes), classes: inOrder };
}

function sum(counted: readonly { rows: number }[]): number {
  return counted.reduce((total, { rows }) => total + rows, 0);
}
