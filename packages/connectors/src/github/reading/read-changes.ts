import type { Batch } from '@adjutant/core';
import { endPass, standingGaps } from './end-pass.ts';
import { listDamage } from './list-damage.ts';
import { listChanges } from './list-changes.ts';
import type { ListEntry } from './list-page.ts';
import { recordsOfIds } from './make-records.ts';
import { createPageSize } from './page-size.ts';
import type { TrackedState } from './tracked-state.ts';
import type { TrackedPass } from './tracked-stream.ts';
import { mergeTrouble, troubleGaps } from './trouble-gaps.ts';
import { keptOpen, overlapMs, settledSeen } from './water-marks.ts';

const recordsPerBatch = 100;

/**
 * Reads what has changed since the last pass: ids by last change, newest first, back to the high
 * water mark; then those whose change is not here yet. What the probe saw often is all of it, and
 * then nothing is asked.
 */
export async function* readChanges<Node>(
  pass: TrackedPass<Node>,
  isCensus: boolean,
): AsyncGenerator<Batch> {
  const { stream, repository, client } = pass;
  let { state } = pass;
  const startedAt = repository.serverNow;
  const listed = await listChanges({
    client,
    section: pass.section,
    newestBy: stream.newestBy,
    highWater: state.highWater ?? 0,
    source: (order) => stream.source(repository, order),
  });
  const changed = listed.entries.filter(({ id, updatedAt }) => state.seen[id] !== updatedAt);
  const ids = [
    ...new Set([
      ...changed.map(({ id }) => id),
      ...state.trouble.map(({ id }) => id),
      ...state.open,
    ]),
  ];
  const size = createPageSize(stream.kind.page);
  // Oldest change first: what was cut off goes on with what is newer.
  for (let at = 0; at < ids.length; at += recordsPerBatch) {
    const chunk = ids.toReversed().slice(at, at + recordsPerBatch);
    const made = await recordsOfIds(client, stream.kind, size, chunk);
    // Half a record would take away what an earlier, whole one gave.
    const damaged = new Set(made.trouble.map(({ id }) => id));
    state = absorb(state, made);
    yield {
      records: made.records.filter(({ externalId }) => !damaged.has(externalId)),
      tombstones: [...made.gone].toSorted(),
      // A limited first reading that is cut off has no mark yet, and is begun again.
      state: { ...state, highWater: pass.request.mode === 'backfill' ? null : state.highWater },
      complete: false,
      gaps: [],
      totalEstimate: ids.length,
    };
  }
  const highWater = listed.isWhole ? startedAt - overlapMs : (pass.state.highWater ?? 0);
  const total = listed.total ?? state.total;
  const ended: TrackedState = {
    ...state,
    highWater,
    seen: settledSeen(withListed(state.seen, listed.entries), highWater, client.serverNow()),
    total,
  };
  const gaps = listed.isWhole
    ? []
    : [listDamage(`changes of ${stream.kind.plural}`, listed.unnamed)];
  const mayHaveLost = ids.length > 0 || total !== pass.state.total || state.mustList;
  if (isCensus || mayHaveLost) {
    yield* endPass(pass, ended, { force: isCensus, gaps });
    return;
  }
  yield {
    records: [],
    tombstones: [],
    state: { ...ended },
    complete: true,
    gaps: [
      ...standingGaps(stream, ended),
      ...gaps,
      ...troubleGaps(ended.trouble, stream.kind.plural),
    ],
  };
}

/** Returns the state once these records are here. */
function absorb(state: TrackedState, made: Awaited<ReturnType<typeof recordsOfIds>>): TrackedState {
  const healed = new Set([...made.updated.keys(), ...made.gone]);
  return {
    ...state,
    seen: { ...state.seen, ...Object.fromEntries(made.updated) },
    open: keptOpen([...state.open.filter((id) => !healed.has(id)), ...made.open]),
    trouble: mergeTrouble(state.trouble, healed, made.trouble),
  };
}

/** Keeps only changes that are here: the listed ones were fetched, or were here before. */
function withListed(
  seen: Readonly<Record<string, string>>,
  entries: readonly ListEntry[],
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const { id } of entries) {
    const updatedAt = seen[id];
    if (updatedAt !== undefined) kept[id] = updatedAt;
  }
  return kept;
}
