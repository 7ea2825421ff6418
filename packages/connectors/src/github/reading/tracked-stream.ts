import type { Batch, ConnectorContext, ReadRequest } from '@adjutant/core';
import type { GithubConfig } from '../config.ts';
import type { ProbedRepository, ProbedSection, SectionName } from '../discovery/probed.ts';
import { repositoryOf, sessionOf } from '../discovery/session.ts';
import type { GithubClient } from '../client/client.ts';
import type { NodeKind } from './node-kind.ts';
import type { PageSource } from './page-source.ts';
import { readBackfill } from './read-backfill.ts';
import { readChanges } from './read-changes.ts';
import { readByIds } from './read-by-ids.ts';
import { readTrackedState, type TrackedState } from './tracked-state.ts';

export type Order =
  | 'CREATED_AT, direction: ASC'
  | 'CREATED_AT, direction: DESC'
  | 'UPDATED_AT, direction: DESC';
type Gap = Batch['gaps'][number];

/** A stream whose things GitHub lists by creation and by last change. */
export interface TrackedStream<Node> {
  kind: NodeKind<Node>;
  section: SectionName;
  /** By which instant the newest come first: GitHub lists some things by creation alone. */
  newestBy: 'updatedAt' | 'createdAt';
  /** Returns the source of pages in an order. */
  source(repository: ProbedRepository, order: Order): PageSource;
  /** Gaps that always hold. */
  gaps: readonly Gap[];
}

/** What every way of reading is handed. */
export interface TrackedPass<Node> {
  stream: TrackedStream<Node>;
  repository: ProbedRepository;
  client: GithubClient;
  request: ReadRequest;
  state: TrackedState;
  /** What the probe saw; null where it could not. */
  section: ProbedSection | null;
}

/** Reads a stream in the mode that is asked for. */
export async function* readTracked<Node>(
  stream: TrackedStream<Node>,
  context: ConnectorContext<GithubConfig>,
  request: ReadRequest,
  since: number | null,
): AsyncGenerator<Batch> {
  const repository = await repositoryOf(context, request);
  const state = readTrackedState(request.state);
  if (repository.denied.has(stream.section)) {
    yield {
      records: [],
      tombstones: [],
      state: { ...state },
      complete: true,
      gaps: [deniedGap(stream)],
    };
    return;
  }
  // A first reading that was cut off is finished first, whatever is asked for.
  const isFirst = request.mode === 'backfill' || state.highWater === null;
  const pass: TrackedPass<Node> = {
    stream,
    repository,
    client: sessionOf(context).client,
    request,
    state: isFirst ? { ...state, from: since } : state,
    section: repository.sections[stream.section] ?? null,
  };
  if (request.mode === 'refetch') yield* readByIds(pass, request.ids ?? []);
  else if (isFirst) {
    if (since === null) yield* readBackfill(pass);
    // By last change, so that nothing from before is asked for; what is here already is skipped.
    else yield* readChanges({ ...pass, state: { ...pass.state, highWater: since } }, false);
  } else yield* readChanges(pass, request.mode === 'census');
}

function deniedGap<Node>({ kind }: TrackedStream<Node>): Gap {
  return {
    code: 'not_permitted',
    message: `The credential may not read ${kind.plural}; what was read before stays as it was. docs/connectors/github.md lists the permissions.`,
    affectedCount: null,
  };
}
