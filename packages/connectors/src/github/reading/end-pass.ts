import type { Batch } from '@adjutant/core';
import { fetchNodes } from './fetch-nodes.ts';
import { listDamage } from './list-damage.ts';
import { listPage } from './list-page.ts';
import { recordsOfIds } from './make-records.ts';
import { createPageSize } from './page-size.ts';
import type { AnyNodeKind } from './node-kind.ts';
import type { TrackedState } from './tracked-state.ts';
import type { TrackedPass } from './tracked-stream.ts';
import { mergeTrouble, troubleGaps } from './trouble-gaps.ts';

const listedAtOnce = 100;
const recordsPerBatch = 100;
const tombstonesPerBatch = 500;

/**
 * Ends a pass: where the store holds more than the source has, or a list did not show all, all ids
 * are listed. What is gone is asked for by itself before it is removed; what is not here is read.
 * No list, no removal.
 */
export async function* endPass<Node>(
  pass: TrackedPass<Node>,
  state: TrackedState,
  { force, gaps }: { force: boolean; gaps: Batch['gaps'] },
): AsyncGenerator<Batch> {
  const known = await knownIds(pass);
  const { stream } = pass;
  const isFewer = state.total !== null && known.size > state.total;
  // Listed by creation alone, something can come in behind what has been read.
  const isBehind =
    stream.newestBy === 'createdAt' &&
    state.from === null &&
    state.total !== null &&
    known.size + absentTrouble(state, known) < state.total;
  let ended = state;
  const found = [...gaps];
  if (force || isFewer || isBehind || state.mustList) {
    const census = await takeCensus(pass, known, state);
    ended = afterCensus(state, census);
    const wanted = force || isBehind || state.mustList ? census.unknown : [];
    for (let at = 0; at < wanted.length; at += recordsPerBatch) {
      const size = createPageSize(stream.kind.page);
      const ids = wanted.slice(at, at + recordsPerBatch);
      const made = await recordsOfIds(pass.client, stream.kind, size, ids);
      const whole = new Set(made.updated.keys());
      ended = { ...ended, trouble: mergeTrouble(ended.trouble, whole, made.trouble) };
      for (const { externalId } of made.records) known.add(externalId);
      const { records } = made;
      yield { records, tombstones: [], state: { ...state }, complete: false, gaps: [] };
    }
    for (let at = 0; at < census.gone.length; at += tombstonesPerBatch) {
      const tombstones = census.gone.slice(at, at + tombstonesPerBatch);
      for (const id of tombstones) known.delete(id);
      yield { records: [], tombstones, state: { ...state }, complete: false, gaps: [] };
    }
    if (!census.isWhole) found.push(...censusGaps(stream.kind.plural, ended, known));
  }
  // As many as there are: what was left out once has come in since.
  if (ended.total !== null && known.size >= ended.total) ended = { ...ended, from: null };
  yield {
    records: [],
    tombstones: [],
    state: { ...ended },
    complete: true,
    gaps: [
      ...standingGaps(stream, ended),
      ...found,
      ...troubleGaps(ended.trouble, stream.kind.plural),
    ],
  };
}

function afterCensus(state: TrackedState, census: Census): TrackedState {
  const gone = new Set(census.gone);
  return {
    ...state,
    total: census.total ?? state.total,
    trouble: mergeTrouble(
      state.trouble,
      gone,
      census.refused.map((id) => ({ id, number: null, parts: null })),
    ),
    seen: Object.fromEntries(Object.entries(state.seen).filter(([id]) => !gone.has(id))),
    mustList: !census.isWhole,
  };
}

/** How many of what GitHub could not give are not here at all. */
function absentTrouble({ trouble }: TrackedState, known: ReadonlySet<string>): number {
  return trouble.filter(({ id }) => !known.has(id)).length;
}

/** Gaps that hold whatever was read. */
export function standingGaps<Node>(
  stream: Pick<TrackedPass<Node>['stream'], 'gaps' | 'kind'>,
  { from }: Pick<TrackedState, 'from'>,
): Batch['gaps'] {
  if (from === null) return stream.gaps;
  const day = new Date(from).toISOString().slice(0, 10);
  return [
    ...stream.gaps,
    {
      code: 'history_limited',
      message: `What was last changed before ${day} was left out when first read: ${stream.kind.plural}.`,
      affectedCount: null,
    },
  ];
}

/** Returns the ids of what the store holds of the stream. */
export async function knownIds<Node>({ request }: TrackedPass<Node>): Promise<Set<string>> {
  const known = new Set<string>();
  if (request.knownExternalIds === undefined) return known;
  for await (const id of request.knownExternalIds()) known.add(id);
  return known;
}

interface Census {
  /** False where places in the list have no id, or what is missing in it could not be asked for. */
  isWhole: boolean;
  total: number | null;
  gone: string[];
  refused: string[];
  /** Listed, but neither here nor known to be out of reach. */
  unknown: string[];
}

async function takeCensus<Node>(
  { stream, repository, client }: TrackedPass<Node>,
  known: ReadonlySet<string>,
  { from, trouble }: TrackedState,
): Promise<Census> {
  const source = stream.source(repository, 'CREATED_AT, direction: ASC');
  const missing = new Set(known);
  const troubled = new Set(trouble.map(({ id }) => id));
  const unknown: string[] = [];
  let isWhole = true;
  let total: number | null = null;
  for (let after: string | null = null; ; ) {
    const options = { after, first: listedAtOnce, withChange: from !== null };
    const page = await listPage(client, source, options);
    isWhole &&= page.isWhole;
    for (const { id, updatedAt } of page.entries) {
      const isLeftOut = from !== null && Date.parse(updatedAt ?? '') < from;
      if (!missing.delete(id) && !known.has(id) && !troubled.has(id) && !isLeftOut) {
        unknown.push(id);
      }
    }
    total = page.totalCount;
    if (!page.hasNextPage || page.endCursor === null || page.endCursor === after) break;
    after = page.endCursor;
  }
  if (!isWhole) return { isWhole, total, gone: [], refused: [], unknown };
  const { type, plural } = stream.kind;
  const kind: AnyNodeKind = { type, plural, page: 100, fields: '', nested: [] };
  const asked = await fetchNodes(client, kind, createPageSize(100), [...missing]);
  // What still answers but is no longer in the list has moved to another repository.
  return {
    isWhole: asked.broken.size === 0,
    total,
    gone: [...asked.gone, ...asked.nodes.keys()].toSorted(),
    refused: [...asked.refused].toSorted(),
    unknown,
  };
}

function censusGaps(
  plural: string,
  state: TrackedState,
  known: ReadonlySet<string>,
): Batch['gaps'] {
  const incomplete = {
    code: 'census_incomplete',
    message: `GitHub gave no complete list of ${plural}: what was deleted there may still stand here until the next sync.`,
    affectedCount: null,
  };
  // How many lie before a limit is not known, and so neither how many are missing.
  if (state.from !== null || state.total === null) return [listDamage(plural, null), incomplete];
  const absent = state.total - known.size - absentTrouble(state, known);
  return absent > 0 ? [listDamage(plural, absent), incomplete] : [incomplete];
}
