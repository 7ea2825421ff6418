import type { Batch } from '@adjutant/core';
import { overflowCount } from './complete-nodes.ts';
import { fetchNodes } from './fetch-nodes.ts';
import { listPage } from './list-page.ts';
import { makeRecords, type MaybeWhole } from './make-records.ts';
import { wholeSelection } from './node-kind.ts';
import { createPageSize, type PageSize } from './page-size.ts';
import { type Page, type PageSource, readPage } from './page-source.ts';
import { asRawNode } from './raw-node.ts';
import type { TrackedState, Trouble } from './tracked-state.ts';
import type { TrackedPass } from './tracked-stream.ts';
import { endPass } from './end-pass.ts';
import { mergeTrouble } from './trouble-gaps.ts';
import { overlapMs, settledSeen } from './water-marks.ts';

const largestPage = 50;
/** Pages held until their overflows are followed together. */
const pagesHeld = 3;
const overflowsHeld = 10;

interface HeldPage {
  found: MaybeWhole[];
  broken: Trouble[];
  after: string | null;
  isLast: boolean;
  total: number | null;
}

/**
 * Reads everything by creation, which never changes, so that nothing slips from one page to another
 * while it is read. Nested lists that go on are followed for several pages at once.
 */
export async function* readBackfill<Node>(pass: TrackedPass<Node>): AsyncGenerator<Batch> {
  const { client, repository, stream } = pass;
  let state: TrackedState = {
    ...pass.state,
    backfill: pass.state.backfill ?? { after: null, startedAt: repository.serverNow },
  };
  const source = stream.source(repository, 'CREATED_AT, direction: ASC');
  const size = createPageSize(largestPage);
  let held: HeldPage[] = [];
  let after = state.backfill?.after ?? null;
  for (;;) {
    const page = await readWholePage(pass, source, size, after);
    held.push(page);
    after = page.after;
    const overflows = held
      .flatMap(({ found }) => found)
      .reduce((sum, { node }) => sum + overflowCount(stream.kind, node), 0);
    if (!page.isLast && held.length < pagesHeld && overflows < overflowsHeld) continue;
    const all = await makeRecords(
      client,
      stream.kind,
      held.flatMap(({ found }) => found),
    );
    for (const one of held) {
      const ids = new Set(one.found.map(({ node }) => node.id));
      const records = all.records.filter(({ externalId }) => ids.has(externalId));
      const trouble = [...one.broken, ...all.trouble.filter(({ id }) => ids.has(id))];
      const updated = new Map([...all.updated].filter(([id]) => ids.has(id)));
      state = advance(state, one, trouble, updated, client.serverNow());
      yield {
        records: wanted(records, pass.since),
        tombstones: [],
        state: { ...state },
        complete: false,
        gaps: [],
        ...(one.total === null ? {} : { totalEstimate: one.total }),
      };
    }
    held = [];
    if (!page.isLast) continue;
    // Whatever was deleted while this was read is found by counting.
    yield* endPass(pass, state, { force: false });
    return;
  }
}

function advance(
  state: TrackedState,
  page: HeldPage,
  trouble: readonly Trouble[],
  updated: ReadonlyMap<string, string>,
  serverNow: number,
): TrackedState {
  const startedAt = state.backfill?.startedAt ?? serverNow;
  const highWater = startedAt - overlapMs;
  const next: TrackedState = {
    ...state,
    seen: settledSeen({ ...state.seen, ...Object.fromEntries(updated) }, highWater, serverNow),
    total: page.total ?? state.total,
    trouble: mergeTrouble(state.trouble, new Set(updated.keys()), trouble),
  };
  return page.isLast
    ? { ...next, backfill: null, highWater }
    : { ...next, backfill: { after: page.after, startedAt } };
}

/** Reads a page; what came damaged in it is fetched again by its id. */
async function readWholePage<Node>(
  { client, stream }: TrackedPass<Node>,
  source: PageSource,
  size: PageSize,
  after: string | null,
): Promise<HeldPage> {
  const { kind } = stream;
  const parts = kind.nested.map(({ field }) => field);
  const page = await readPage(client, source, size, {
    after,
    selection: wholeSelection(kind),
    parts,
  });
  const found: MaybeWhole[] = [];
  const damaged: string[] = [];
  let isUnnamed = false;
  for (const [position, value] of page.nodes.entries()) {
    const node = asRawNode(value);
    if (node === null) isUnnamed = true;
    else if (page.damage.has(position)) damaged.push(node.id);
    else found.push({ node, missing: new Set() });
  }
  if (isUnnamed)
    damaged.push(...(await unnamedIds(pageOptions(client, source, after, page), found)));
  const healed = await fetchNodes(client, kind, size, damaged);
  found.push(...healed.nodes.values());
  const lost = [...healed.broken, ...healed.refused];
  return {
    found,
    broken: lost.map((id) => ({ id, number: null, parts: null })),
    after: page.endCursor,
    isLast: !page.hasNextPage || page.endCursor === null || page.endCursor === after,
    total: page.totalCount,
  };
}

function pageOptions(
  client: TrackedPass<unknown>['client'],
  source: PageSource,
  after: string | null,
  { nodes }: Page,
) {
  return { client, source, after, first: nodes.length };
}

/** Learns the ids of what came as null, by listing the same page with nothing but ids. */
async function unnamedIds(
  { client, source, after, first }: ReturnType<typeof pageOptions>,
  found: readonly MaybeWhole[],
): Promise<string[]> {
  const { entries } = await listPage(client, source, { after, first, withChange: false });
  const present = new Set(found.map(({ node }) => node.id));
  return entries.flatMap(({ id }) => (present.has(id) ? [] : [id]));
}

/** `since` leaves out what was last changed before it. */
function wanted(records: Batch['records'], since: number | null): Batch['records'] {
  if (since === null) return records;
  return records.filter(({ payload }) => {
    const changed: unknown =
      typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'updatedAt') : null;
    return typeof changed !== 'string' || Date.parse(changed) >= since;
  });
}
