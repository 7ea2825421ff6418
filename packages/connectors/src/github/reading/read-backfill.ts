import type { Batch } from '@adjutant/core';
import { overflowCount } from './complete-nodes.ts';
import { makeRecords } from './make-records.ts';
import { createPageSize, type PageSize } from './page-size.ts';
import type { PageSource } from './page-source.ts';
import { type PageNodes, readPageNodes } from './read-page-nodes.ts';
import type { TrackedState, Trouble } from './tracked-state.ts';
import type { TrackedPass } from './tracked-stream.ts';
import { endPass, knownIds } from './end-pass.ts';
import { mergeTrouble } from './trouble-gaps.ts';
import { keptOpen, overlapMs, settledSeen } from './water-marks.ts';

/** Pages held until their overflows are followed together. */
const pagesHeld = 3;
const overflowsHeld = 10;

/**
 * Reads everything by creation, which never changes, so that nothing slips from one page to another
 * while it is read. Nested lists that go on are followed for several pages at once.
 */
export async function* readBackfill<Node>(pass: TrackedPass<Node>): AsyncGenerator<Batch> {
  const { repository, stream } = pass;
  const state: TrackedState = {
    ...pass.state,
    backfill: pass.state.backfill ?? { after: null, startedAt: repository.serverNow },
  };
  if (pass.state.backfill === null && pass.section?.totalCount === 0) {
    const highWater = repository.serverNow - overlapMs;
    const ended = { ...state, backfill: null, highWater, total: 0 };
    yield* endPass(pass, ended, { force: false, gaps: [] });
    return;
  }
  // What a pass that was cut off has left here is not part of this one.
  const hereBefore = pass.state.backfill === null ? 0 : (await knownIds(pass)).size;
  const source = stream.source(repository, 'CREATED_AT, direction: ASC');
  const size = createPageSize(stream.kind.page);
  const progress = { state, hereBefore };
  let held: PageNodes[] = [];
  let after = state.backfill?.after ?? null;
  for (;;) {
    const page = await pageOrError(pass, source, size, after);
    if (page instanceof Error) {
      // What came before is kept: at the edge of a quota it would be asked for again and again.
      yield* batchesOf(pass, held, progress);
      throw page;
    }
    held.push(page);
    after = page.after;
    const overflows = held
      .flatMap(({ found }) => found)
      .reduce((sum, { node }) => sum + overflowCount(stream.kind, node), 0);
    if (!page.isLast && held.length < pagesHeld && overflows < overflowsHeld) continue;
    yield* batchesOf(pass, held, progress);
    held = [];
    if (!page.isLast) continue;
    // Whatever was deleted while this was read is found by counting.
    yield* endPass(pass, progress.state, { force: false, gaps: [] });
    return;
  }
}

async function pageOrError<Node>(
  { client, stream }: TrackedPass<Node>,
  source: PageSource,
  size: PageSize,
  after: string | null,
): Promise<PageNodes | Error> {
  try {
    return await readPageNodes(client, stream.kind, source, size, after);
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

/** Follows what goes on in the pages, and gives one batch for each. */
async function* batchesOf<Node>(
  { client, stream }: TrackedPass<Node>,
  pages: readonly PageNodes[],
  progress: { state: TrackedState; hereBefore: number },
): AsyncGenerator<Batch> {
  const all = await makeRecords(
    client,
    stream.kind,
    pages.flatMap(({ found }) => found),
  );
  for (const one of pages) {
    const ids = new Set(one.found.map(({ node }) => node.id));
    const records = all.records.filter(({ externalId }) => ids.has(externalId));
    const trouble = [...one.broken, ...all.trouble.filter(({ id }) => ids.has(id))];
    const updated = new Map([...all.updated].filter(([id]) => ids.has(id)));
    const open = [...all.open].filter((id) => ids.has(id));
    const { hereBefore } = progress;
    progress.state = advance(progress.state, one, {
      trouble,
      updated,
      open,
      serverNow: client.serverNow(),
    });
    yield {
      records,
      tombstones: [],
      state: { ...progress.state },
      complete: false,
      gaps: [],
      ...(one.total === null ? {} : { totalEstimate: Math.max(0, one.total - hereBefore) }),
    };
  }
}

function advance(
  state: TrackedState,
  page: PageNodes,
  {
    trouble,
    updated,
    open,
    serverNow,
  }: {
    trouble: readonly Trouble[];
    updated: ReadonlyMap<string, string>;
    open: readonly string[];
    serverNow: number;
  },
): TrackedState {
  const startedAt = state.backfill?.startedAt ?? serverNow;
  const highWater = startedAt - overlapMs;
  const next: TrackedState = {
    ...state,
    seen: settledSeen({ ...state.seen, ...Object.fromEntries(updated) }, highWater, serverNow),
    total: page.total ?? state.total,
    open: keptOpen([...state.open, ...open]),
    trouble: mergeTrouble(state.trouble, new Set(updated.keys()), trouble),
    mustList: state.mustList || page.unlisted > 0,
  };
  return page.isLast
    ? { ...next, backfill: null, highWater }
    : { ...next, backfill: { after: page.after, startedAt } };
}
