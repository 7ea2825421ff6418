import { sql } from 'drizzle-orm';
import { actionStatusSchema, signalSeveritySchema } from '../domain.ts';
import { readHead } from '../store/ledger-rows.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import type { OperatingFigures, StreamFigures } from './operating-figures.ts';

export interface OperatingQuestion {
  store: Store;
  workspaceId: string;
  /** Whether jobs wait in this store. */
  ownJobs: boolean;
}

/** Returns what is stored and what waits in a workspace, each by one counting statement. */
export async function readOperatingFigures(question: OperatingQuestion): Promise<OperatingFigures> {
  const { store, workspaceId, ownJobs } = question;
  const jobs = await countsOf(
    store,
    sql`select status, count(*) from jobs where workspace_id = ${workspaceId}
      and status in ('queued', 'running', 'dead') group by status`,
  );
  const countOf = (status: string): number | null => (ownJobs ? (jobs.get(status) ?? 0) : null);
  const actions = await countsOf(
    store,
    sql`select status, count(*) from actions where workspace_id = ${workspaceId} group by status`,
  );
  const signals = await countsOf(
    store,
    sql`select severity, count(*) from signal_findings
      where workspace_id = ${workspaceId} and state = 'open' group by severity`,
  );
  const outbox = await countsOf(
    store,
    sql`select case when dead_at is null then 'undelivered' else 'dead' end as standing, count(*)
      from outbox where workspace_id = ${workspaceId} and delivered_at is null group by standing`,
  );
  return {
    streams: await readStreams(store, workspaceId),
    actionsByStatus: counted(actionStatusSchema.options, actions),
    jobs: { queued: countOf('queued'), running: countOf('running'), dead: countOf('dead') },
    outbox: { undelivered: outbox.get('undelivered') ?? 0, dead: outbox.get('dead') ?? 0 },
    openSignals: counted(signalSeveritySchema.options, signals),
    ledgerEntries: (await readHead(store.read, workspaceId))?.seq ?? 0,
    storeBytes: await readStoreBytes(store),
  };
}

/** Streams of a source that the configuration no longer names wait for nobody. */
async function readStreams(store: Store, workspaceId: string): Promise<StreamFigures[]> {
  type Row = [string, string, number, number, number, number | null, number | null];
  const rows = await queryTuples<Row>(
    store.read,
    sql`select c.source, c.stream, count(*), sum(c.last_finished_at is null),
        sum(c.last_error is not null), min(c.last_finished_at),
        max(case when c.last_finished_at >= c.last_started_at
          then c.last_finished_at - c.last_started_at end)
      from sync_cursors c
      left join sources s on s.workspace_id = c.workspace_id and s.source = c.source
      where c.workspace_id = ${workspaceId} and coalesce(s.active, 1) = 1
      group by c.source, c.stream order by c.source, c.stream`,
  );
  return rows.map(([source, stream, scopes, unread, failing, oldestFinishedAt, longestMs]) => ({
    source,
    stream,
    scopes,
    unread,
    failing,
    oldestFinishedAt,
    longestMs,
  }));
}

/** Only the embedded store tells; a remote one may refuse the question. */
async function readStoreBytes(store: Store): Promise<number | null> {
  try {
    const [row] = await queryTuples<[number]>(
      store.read,
      sql`select pages.page_count * sizes.page_size
        from pragma_page_count() as pages, pragma_page_size() as sizes`,
    );
    return row?.[0] ?? null;
  } catch {
    return null;
  }
}

async function countsOf(
  store: Store,
  query: Parameters<typeof queryTuples>[1],
): Promise<ReadonlyMap<string, number>> {
  return new Map(await queryTuples<[string, number]>(store.read, query));
}

function counted<Name extends string>(
  names: readonly Name[],
  counts: ReadonlyMap<string, number>,
): Record<Name, number> {
  const entries = names.map((name): [Name, number] => [name, counts.get(name) ?? 0]);
  return Object.fromEntries(entries) as Record<Name, number>;
}
