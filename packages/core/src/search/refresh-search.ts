import { sql } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import { dropUnusedTexts } from '../knowledge/drop-documents.ts';
import { acquireLease } from '../store/lease.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { forgetWords } from './forget-words.ts';
import { lagWindowMs } from './index-lag.ts';
import type { SearchFeed } from './search-feed.ts';
import type { SearchIndex, SearchKey, SearchKind, SearchSubject } from './search-index.ts';
import { markForSearch } from './search-marks.ts';

export interface SearchDeps {
  store: Store;
  workspaceId: string;
  clock: Clock;
  index: SearchIndex;
  feeds: readonly SearchFeed[];
}

type Mark = [kind: SearchKind, source: string, externalId: string, times: number];

const leaseMs = 60_000;
const marksInOneGo = 2_000;
/** Texts may be long, so few are read at a time, and written once there is enough of them. */
const readAtOnce = 200;
const charactersInOneGo = 2_000_000;
const keysInOneGo = 1_000;

/**
 * Indexes what waits for it, and returns how many parts were written. One process at a time: an
 * older text must not be written over a newer one. Where another one is at it, it takes these too.
 */
export async function refreshSearch(deps: SearchDeps, signal?: AbortSignal): Promise<number> {
  const { store, workspaceId } = deps;
  if ((await isInForm(deps)) && (await waitingMarks(deps)).length === 0) return 0;
  const written = await underLease(deps, async (renew) => {
    await markWhereOutdated(deps);
    const parts = await indexAllMarked(deps, renew, signal);
    await dropUnusedTexts(store, workspaceId);
    await trimMarks(deps);
    return parts;
  });
  return written ?? 0;
}

/**
 * Indexes what waits of these feeds alone, whatever form the rest of the index is in: what somebody
 * has just written need not wait for all that. Returns false where another process is at it, which
 * takes these too.
 */
export async function indexWaiting(deps: SearchDeps, signal?: AbortSignal): Promise<boolean> {
  if ((await waitingMarks(deps)).length === 0) return true;
  const written = await underLease(deps, (renew) => indexAllMarked(deps, renew, signal));
  return written !== null;
}

/** Returns what work does while no other process indexes; null where one does. */
async function underLease<Result>(
  { store, workspaceId, clock }: SearchDeps,
  work: (renew: () => Promise<void>) => Promise<Result>,
): Promise<Result | null> {
  const lease = await acquireLease(store, {
    workspaceId,
    name: 'search',
    durationMs: leaseMs,
    clock,
  });
  if (lease === null) return null;
  try {
    return await work(() =>
      store.transaction(async (transaction) => {
        await lease.renew(transaction);
      }),
    );
  } finally {
    await lease.release().catch(() => undefined);
  }
}

async function indexAllMarked(
  deps: SearchDeps,
  renew: () => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<number> {
  let written = 0;
  for (;;) {
    const marks = await waitingMarks(deps);
    if (marks.length === 0 || signal?.aborted === true) return written;
    written += await indexMarked(deps, marks);
    await renew();
    await yieldToEventLoop();
  }
}

/** Makes the next pass index everything of a workspace again. */
export async function forgetSearchForm(store: Store, workspaceId: string): Promise<void> {
  await store.transaction((transaction) =>
    runStatement(transaction, sql`delete from search_states where workspace_id = ${workspaceId}`),
  );
}

function waitingMarks({ store, workspaceId, feeds }: SearchDeps): Promise<Mark[]> {
  const kinds = JSON.stringify(feeds.map(({ kind }) => kind));
  return queryTuples<Mark>(
    store.read,
    sql`select kind, source, external_id, times from search_marks
      where workspace_id = ${workspaceId} and indexed_at is null
        and kind in (select value from json_each(${kinds}))
      limit ${marksInOneGo}`,
  );
}

async function indexMarked(deps: SearchDeps, marks: readonly Mark[]): Promise<number> {
  const { store, workspaceId, feeds, clock } = deps;
  let written = 0;
  for (const feed of feeds) {
    const keys = marks
      .filter(([kind]) => kind === feed.kind)
      .map(([, source, externalId]): SearchKey => ({ kind: feed.kind, source, externalId }));
    if (keys.length === 0) continue;
    written += await indexKeys(deps, feed, keys);
  }
  const done = JSON.stringify(marks);
  await store.transaction((transaction) =>
    runStatement(
      transaction,
      // One that was marked again meanwhile, with another text, goes on waiting.
      sql`update search_marks set indexed_at = ${clock.now()}
        where workspace_id = ${workspaceId} and (kind, source, external_id, times) in (
          select value->>0, value->>1, value->>2, value->>3 from json_each(${done}))`,
    ),
  );
  return written;
}

async function indexKeys(
  { store, workspaceId, index }: SearchDeps,
  feed: SearchFeed,
  keys: readonly SearchKey[],
): Promise<number> {
  let written = 0;
  const gone: SearchKey[] = [];
  let subjects: SearchSubject[] = [];
  let characters = 0;
  for (let start = 0; start < keys.length; start += readAtOnce) {
    const asked = keys.slice(start, start + readAtOnce);
    const found = await feed.read(store.read, workspaceId, asked);
    await yieldToEventLoop();
    const there = new Set(found.map(keyText));
    gone.push(...asked.filter((key) => !there.has(keyText(key))));
    subjects.push(...found);
    for (const { parts } of found) for (const { text } of parts) characters += text.length;
    if (characters < charactersInOneGo && start + readAtOnce < keys.length) continue;
    written += (await index.put(workspaceId, subjects)).written;
    subjects = [];
    characters = 0;
  }
  if (gone.length === 0) return written;
  await index.remove(workspaceId, gone);
  // Before the mark is taken as dealt with: a crash on the way leaves no word of a deleted report for good.
  if (feed.kind === 'report') await forgetWords(store);
  return written;
}

function formOf({ feeds }: SearchDeps): string {
  return feeds.map(({ kind, version }) => `${kind}:${version}`).join(' ');
}

async function isInForm(deps: SearchDeps): Promise<boolean> {
  const [state] = await queryTuples<[string]>(
    deps.store.read,
    sql`select form from search_states where workspace_id = ${deps.workspaceId}`,
  );
  return state?.[0] === formOf(deps);
}

/** Where the index was made in another form, or not at all, all there is waits to be indexed. */
async function markWhereOutdated(deps: SearchDeps): Promise<void> {
  const { store, workspaceId, feeds, clock } = deps;
  if (await isInForm(deps)) return;
  const form = formOf(deps);
  for (const feed of feeds) {
    let after: Awaited<ReturnType<SearchFeed['list']>>[number] | null = null;
    for (;;) {
      const keys = await feed.list(store.read, workspaceId, after, keysInOneGo);
      after = keys.at(-1) ?? null;
      if (after === null) break;
      await store.transaction((transaction) =>
        markForSearch(transaction, workspaceId, feed.kind, keys, clock.now()),
      );
      await yieldToEventLoop();
    }
  }
  await store.transaction((transaction) =>
    runStatement(
      transaction,
      sql`insert into search_states (workspace_id, form) values (${workspaceId}, ${form})
        on conflict do update set form = excluded.form`,
    ),
  );
}

async function trimMarks({ store, workspaceId, clock }: SearchDeps): Promise<void> {
  const until = clock.now() - lagWindowMs;
  const [old] = await queryTuples<[number]>(
    store.read,
    sql`select 1 from search_marks where workspace_id = ${workspaceId} and indexed_at < ${until} limit 1`,
  );
  if (old === undefined) return;
  await store.transaction((transaction) =>
    runStatement(
      transaction,
      sql`delete from search_marks where (workspace_id, kind, source, external_id) in (
        select workspace_id, kind, source, external_id from search_marks
        where workspace_id = ${workspaceId} and indexed_at < ${until} limit 20000)`,
    ),
  );
}

function keyText({ source, externalId }: { source: string; externalId: string }): string {
  return `${source}\n${externalId}`;
}
