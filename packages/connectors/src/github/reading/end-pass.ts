import type { Batch } from '@adjutant/core';
import { fetchNodes } from './fetch-nodes.ts';
import { listPage } from './list-page.ts';
import { recordsOfIds } from './make-records.ts';
import { createPageSize } from './page-size.ts';
import type { AnyNodeKind } from './node-kind.ts';
import type { TrackedState } from './tracked-state.ts';
import type { TrackedPass } from './tracked-stream.ts';
import { mergeTrouble, troubleGaps } from './trouble-gaps.ts';

const listedAtOnce = 100;
const tombstonesPerBatch = 500;

/**
 * Ends a pass: where the store holds more than the source has, what is gone is found by listing ids,
 * and each is asked for by itself before it is removed. No list, no removal.
 */
export async function* endPass<Node>(
  pass: TrackedPass<Node>,
  state: TrackedState,
  { force }: { force: boolean },
): AsyncGenerator<Batch> {
  const known = await knownIds(pass);
  const { stream } = pass;
  const isFewer = state.total !== null && known.size > state.total;
  // Listed by creation alone, something can come in behind what has been read.
  const isBehind =
    stream.newestBy === 'createdAt' &&
    state.from === null &&
    state.total !== null &&
    known.size + state.trouble.length < state.total;
  let ended = state;
  let held = known.size;
  const gaps: Batch['gaps'][number][] = [];
  if (force || isFewer || isBehind) {
    const census = await takeCensus(pass, known);
    held -= census.gone.length;
    if (!census.isWhole) gaps.push(censusGap(pass.stream.kind.plural));
    ended = {
      ...ended,
      total: census.total ?? ended.total,
      trouble: mergeTrouble(ended.trouble, new Set(census.gone), [
        ...census.refused.map((id) => ({ id, number: null, parts: null })),
      ]),
      seen: Object.fromEntries(
        Object.entries(ended.seen).filter(([id]) => !census.gone.includes(id)),
      ),
    };
    if (isBehind && census.unknown.length > 0) {
      const size = createPageSize(stream.kind.page);
      const made = await recordsOfIds(pass.client, stream.kind, size, census.unknown);
      ended = { ...ended, trouble: mergeTrouble(ended.trouble, new Set(), made.trouble) };
      const { records } = made;
      yield { records, tombstones: [], state: { ...state }, complete: false, gaps: [] };
    }
    for (let at = 0; at < census.gone.length; at += tombstonesPerBatch) {
      const tombstones = census.gone.slice(at, at + tombstonesPerBatch);
      yield { records: [], tombstones, state: { ...state }, complete: false, gaps: [] };
    }
  }
  // As many as there are: what was left out once has come in since.
  if (ended.total !== null && held >= ended.total) ended = { ...ended, from: null };
  yield {
    records: [],
    tombstones: [],
    state: { ...ended },
    complete: true,
    gaps: [
      ...standingGaps(stream, ended),
      ...gaps,
      ...troubleGaps(ended.trouble, pass.stream.kind.plural),
    ],
  };
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
  isWhole: boolean;
  total: number | null;
  gone: string[];
  refused: string[];
  /** Listed, but not here. */
  unknown: string[];
}

async function takeCensus<Node>(
  { stream, repository, client }: TrackedPass<Node>,
  known: ReadonlySet<string>,
): Promise<Census> {
  const source = stream.source(repository, 'CREATED_AT, direction: ASC');
  const missing = new Set(known);
  const unknown: string[] = [];
  let total: number | null = null;
  for (let after: string | null = null; ; ) {
    const options = { after, first: listedAtOnce, withChange: false };
    const page = await listPage(client, source, options);
    if (!page.isWhole) return { isWhole: false, total: null, gone: [], refused: [], unknown: [] };
    for (const { id } of page.entries) {
      if (!missing.delete(id) && !known.has(id)) unknown.push(id);
    }
    total = page.totalCount;
    if (!page.hasNextPage || page.endCursor === null || page.endCursor === after) break;
    after = page.endCursor;
  }
  const { type, plural } = stream.kind;
  const kind: AnyNodeKind = { type, plural, page: 100, fields: '', nested: [] };
  const { gone, refused, nodes } = await fetchNodes(client, kind, createPageSize(100), [
    ...missing,
  ]);
  // What still answers but is no longer in the list has moved to another repository.
  return {
    isWhole: true,
    total,
    gone: [...gone, ...nodes.keys()].toSorted(),
    refused: [...refused].toSorted(),
    unknown,
  };
}

function censusGap(plural: string): Batch['gaps'][number] {
  return {
    code: 'census_incomplete',
    message: `GitHub gave no complete list of ${plural}: what was deleted there may still stand here until the next sync.`,
    affectedCount: null,
  };
}
