import type { Batch, ConnectorContext, ReadRequest, SourceRecord } from '@adjutant/core';
import { z } from 'zod';
import type { GithubClient } from '../client/client.ts';
import { type GithubConfig, sinceOf } from '../config.ts';
import type { ProbedRepository } from '../discovery/probed.ts';
import { repositoryOf, sessionOf } from '../discovery/session.ts';
import { completeNodes } from '../reading/complete-nodes.ts';
import { fetchNodes } from '../reading/fetch-nodes.ts';
import { listDamage } from '../reading/list-damage.ts';
import { createPageSize } from '../reading/page-size.ts';
import type { PageSource } from '../reading/page-source.ts';
import { type PageNodes, readPageNodes } from '../reading/read-page-nodes.ts';
import type { Trouble } from '../reading/tracked-state.ts';
import { mergeTrouble, troubleGaps } from '../reading/trouble-gaps.ts';
import { commitKind, commitPayload } from './commit-kind.ts';

const recordsPerBatch = 100;
const tombstonesPerBatch = 1_000;
const boundaryKeptAtMost = 1_000;

const stateSchema = z.object({
  version: z.literal(1),
  /** The head whose whole history is here. */
  head: z.string().nullable(),
  /** A reading of all of a head's history that is under way. */
  walk: z
    .object({
      head: z.string(),
      after: z.string().nullable(),
      /** The branch was rewritten: what this reading does not meet is gone. */
      removesRest: z.boolean(),
    })
    .nullable(),
  /** Parents that lie before `since`, so that a later pass does not look for them. */
  boundary: z.array(z.string()),
  rewritten: z.boolean(),
  /** History from before this was left out when first read; null where all of it is here. */
  from: z.number().nullable().default(null),
  /** Newer commits than the head's are coming in: some may be here, the head has not moved. */
  isLanding: z.boolean().default(false),
  /** Places in the history that nothing gave an id for: it is walked again by the next pass. */
  unlisted: z.number().default(0),
  trouble: z.array(
    z.object({
      id: z.string(),
      number: z.number().nullish(),
      parts: z.array(z.string()).nullable(),
    }),
  ),
});
type CommitState = z.infer<typeof stateSchema>;

const startState: CommitState = {
  version: 1,
  head: null,
  walk: null,
  boundary: [],
  rewritten: false,
  from: null,
  isLanding: false,
  unlisted: 0,
  trouble: [],
};

interface CommitPass {
  client: GithubClient;
  repository: ProbedRepository;
  request: ReadRequest;
  since: number | null;
}

/**
 * Reads the history of the default branch. A first reading is pinned to one head, whose history does
 * not change while it is paged. Later ones walk from the new head until every parent is known.
 */
export async function* readCommits(
  context: ConnectorContext<GithubConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const repository = await repositoryOf(context, request);
  const { client } = sessionOf(context);
  const parsed = stateSchema.safeParse(request.state);
  const state = parsed.success ? parsed.data : startState;
  const isFirst = state.head === null || request.mode === 'backfill';
  const since = isFirst ? (request.since ?? sinceOf(context.config)) : state.from;
  const pass: CommitPass = { client, repository, request, since };
  const { headSha } = repository;
  if (headSha === null) {
    yield ending({ ...state, walk: null }, [emptyGap]);
    return;
  }
  if (isFirst || state.walk !== null) {
    const { walk } = state;
    // Only a reading from the start knows what it did not meet.
    const again = walk === null || walk.removesRest;
    const next = { head: headSha, after: null, removesRest: walk?.removesRest ?? false };
    yield* readAll(pass, { ...state, walk: again ? next : walk });
    return;
  }
  const healed = state.trouble.length === 0 ? null : await heal(client, state);
  if (healed !== null) {
    yield { ...ending(healed.state, []), records: healed.records, complete: false };
  }
  const now = healed?.state ?? state;
  if (now.head === headSha) yield ending({ ...now, unlisted: 0 }, []);
  else yield* readNew(pass, now, headSha);
}

/** Asks again for what could not be had. */
async function heal(
  client: GithubClient,
  state: CommitState,
): Promise<{ state: CommitState; records: SourceRecord[] }> {
  const ids = state.trouble.map(({ id }) => id);
  const fetched = await fetchNodes(client, commitKind, createPageSize(commitKind.page), ids);
  const { records, trouble } = await toRecords(client, [...fetched.nodes.values()]);
  const lost = [...fetched.broken, ...fetched.refused].map((id) => ({
    id,
    number: null,
    parts: null,
  }));
  return {
    state: { ...state, trouble: [...lost, ...trouble] },
    records: records.map(({ externalId, payload }) => ({ externalId, payload })),
  };
}

/** Walks a head's history from its newest commit to its oldest. */
async function* readAll(
  pass: CommitPass,
  start: CommitState & { walk: NonNullable<CommitState['walk']> },
): AsyncGenerator<Batch> {
  const { client } = pass;
  const { walk } = start;
  const { removesRest } = walk;
  const size = createPageSize(commitKind.page);
  const source = historySource(pass, walk.head);
  const present = new Set<string>();
  // The head itself lies before `since` where nothing was committed after it.
  const parents = new Set([walk.head]);
  let state: CommitState = walk.after === null ? { ...start, unlisted: 0 } : start;
  // What a reading that was cut off has left here is not part of this one.
  const hereBefore = walk.after === null ? 0 : await countKnown(pass);
  for (let after = walk.after; ; ) {
    const page = await readPageNodes(client, commitKind, source, size, after);
    const { records, trouble } = await toRecords(client, page.found);
    for (const { externalId, parents: before } of records) {
      present.add(externalId);
      for (const parent of before) parents.add(parent);
    }
    after = page.after;
    state = walked(state, { ...walk, after }, page, trouble);
    yield {
      records: records.map(({ externalId, payload }) => ({ externalId, payload })),
      tombstones: [],
      state: { ...state },
      complete: false,
      gaps: [],
      ...(page.total === null ? {} : { totalEstimate: Math.max(0, page.total - hereBefore) }),
    };
    if (page.isLast) break;
  }
  const wasWhole = walk.after === null && state.trouble.length === 0 && state.unlisted === 0;
  if (removesRest && wasWhole && pass.since === null) yield* removeUnseen(pass, state, present);
  const missing = new Set([...parents].filter((sha) => !present.has(sha)));
  for await (const id of pass.request.knownExternalIds?.() ?? []) missing.delete(id);
  const boundary = [...missing].toSorted();
  const ended: CommitState = {
    ...state,
    head: walk.head,
    // What could not be had may be there all the same: the next pass looks again before it removes.
    walk: (removesRest && !wasWhole) || state.unlisted > 0 ? { ...walk, after: null } : null,
    // Where every parent is here, nothing was left out, or it had come in before.
    from: boundary.length === 0 ? null : pass.since,
    isLanding: false,
    boundary: boundary.slice(0, boundaryKeptAtMost),
    rewritten: removesRest || state.rewritten,
  };
  yield ending(ended, []);
}

function walked(
  state: CommitState,
  walk: CommitState['walk'],
  page: PageNodes,
  trouble: readonly Trouble[],
): CommitState {
  const healed = new Set(page.found.map(({ node }) => node.id));
  return {
    ...state,
    walk,
    unlisted: state.unlisted + page.unlisted,
    trouble: mergeTrouble(state.trouble, healed, [...page.broken, ...trouble]),
  };
}

async function countKnown({ request }: CommitPass): Promise<number> {
  let count = 0;
  for await (const _ of request.knownExternalIds?.() ?? []) count += 1;
  return count;
}

/** Walks from a new head until every parent is here already. */
async function* readNew(
  pass: CommitPass,
  state: CommitState,
  headSha: string,
): AsyncGenerator<Batch> {
  const { client, request } = pass;
  const known = new Set<string>(state.boundary);
  for await (const id of request.knownExternalIds?.() ?? []) known.add(id);
  const wanted = new Set([headSha]);
  const seen = new Set<string>();
  const reached = new Set<string>();
  const fresh: CommitRecord[] = [];
  let { trouble } = state;
  let unlisted = 0;
  let isDamaged = false;
  const source = historySource(pass, headSha);
  const size = createPageSize(commitKind.page);
  for (let after: string | null = null; ; ) {
    const page = await readPageNodes(client, commitKind, source, size, after);
    const made = await toRecords(client, page.found);
    const lost = [...page.broken, ...made.trouble];
    trouble = mergeTrouble(trouble, new Set(), lost);
    unlisted += page.unlisted;
    isDamaged ||= lost.length > 0 || page.unlisted > 0;
    for (const record of made.records) {
      seen.add(record.externalId);
      wanted.delete(record.externalId);
      for (const parent of record.parents) reached.add(parent);
      if (known.has(record.externalId)) continue;
      fresh.push(record);
      for (const parent of record.parents) {
        if (!known.has(parent) && !seen.has(parent)) wanted.add(parent);
      }
    }
    after = page.after;
    // After a pass that was cut off, what is here already may lie between the two heads.
    const meetsHead = !state.isLanding || state.head === null || reached.has(state.head);
    if (page.isLast || (wanted.size === 0 && meetsHead)) break;
  }
  const hasMoved = state.head !== null && state.head !== headSha && !reached.has(state.head);
  // Where the way down to it has holes, nobody can say that the old head is no ancestor.
  if (hasMoved && !isDamaged && (known.has(state.head ?? '') || known.has(headSha))) {
    // The old head is no ancestor of the new one: what is gone is only seen by reading all.
    const walk = { head: headSha, after: null, removesRest: true };
    yield* readAll(pass, { ...state, walk, trouble: [] });
    return;
  }
  const isCutOff = unlisted > 0 || (hasMoved && isDamaged);
  const ended: CommitState = isCutOff
    ? { ...state, isLanding: true, unlisted, trouble }
    : { ...state, head: headSha, isLanding: false, unlisted: 0, trouble };
  // Oldest first, and the head moves only at the end: a pass that is cut off is begun again.
  for (let end = fresh.length; end > 0; end -= recordsPerBatch) {
    yield {
      records: fresh
        .slice(Math.max(0, end - recordsPerBatch), end)
        .map(({ externalId, payload }) => ({ externalId, payload })),
      tombstones: [],
      state: { ...state, isLanding: true },
      complete: false,
      gaps: [],
      totalEstimate: fresh.length,
    };
  }
  yield ending(ended, []);
}

async function* removeUnseen(
  { request }: CommitPass,
  state: CommitState,
  present: ReadonlySet<string>,
): AsyncGenerator<Batch> {
  let tombstones: string[] = [];
  const batch = (): Batch => {
    const made = { records: [], tombstones, state: { ...state }, complete: false, gaps: [] };
    tombstones = [];
    return made;
  };
  for await (const id of request.knownExternalIds?.() ?? []) {
    if (!present.has(id)) tombstones.push(id);
    if (tombstones.length >= tombstonesPerBatch) yield batch();
  }
  if (tombstones.length > 0) yield batch();
}

interface CommitRecord extends SourceRecord {
  parents: readonly string[];
}

async function toRecords(
  client: GithubClient,
  found: Awaited<ReturnType<typeof readPageNodes>>['found'],
): Promise<{ records: CommitRecord[]; trouble: Trouble[] }> {
  const nodes = found.map(({ node }) => node);
  const incomplete = await completeNodes(client, commitKind, nodes);
  const records: CommitRecord[] = [];
  const trouble: Trouble[] = [];
  for (const { node, missing } of found) {
    const parsed = commitKind.schema.safeParse(node);
    // A commit without all its parents would cut the history in two.
    if (!parsed.success || missing.size > 0 || incomplete.has(node.id)) {
      trouble.push({ id: node.id, number: null, parts: null });
      continue;
    }
    const payload = commitPayload(parsed.data);
    records.push({ externalId: payload.sha, payload, parents: payload.parents });
  }
  return { records, trouble };
}

function historySource({ repository, since }: CommitPass, head: string): PageSource {
  const from = since === null ? '' : ', since: $since';
  return {
    name: 'Commits',
    declarations: `$id: ID!, $head: GitObjectID!${since === null ? '' : ', $since: GitTimestamp!'}`,
    variables: {
      id: repository.nodeId,
      head,
      ...(since === null ? {} : { since: new Date(since).toISOString() }),
    },
    wrap: (selection) =>
      `node(id: $id) { ... on Repository { object(oid: $head) { ... on Commit { page: history(first: $first, after: $after${from}) ${selection} } } } }`,
    path: ['node', 'object'],
    plural: 'commits',
  };
}

const emptyGap: Batch['gaps'][number] = {
  code: 'empty_repository',
  message: 'There is no commit yet.',
  affectedCount: null,
};

function ending(state: CommitState, gaps: Batch['gaps']): Batch {
  const all = [...gaps, ...troubleGaps(state.trouble, 'commits')];
  if (state.unlisted > 0) all.push(listDamage('commits', state.unlisted));
  if (state.from !== null) {
    const day = new Date(state.from).toISOString().slice(0, 10);
    const message = `Commits from before ${day} were left out when first read.`;
    all.push({ code: 'history_limited', message, affectedCount: null });
  }
  if (state.rewritten) {
    const message =
      'The default branch was rewritten; commits that are gone were removed here too.';
    all.push({ code: 'history_rewritten', message, affectedCount: null });
  }
  return { records: [], tombstones: [], state: { ...state }, complete: true, gaps: all };
}
