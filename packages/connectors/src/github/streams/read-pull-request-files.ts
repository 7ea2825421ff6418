import type { Batch, ConnectorContext, ReadRequest } from '@adjutant/core';
import { type GithubConfig, sinceOf } from '../config.ts';
import type { ProbedRepository } from '../discovery/probed.ts';
import type { PullRequestHead } from '../discovery/pull-request-head.ts';
import { repositoryOf, sessionOf } from '../discovery/session.ts';
import type { GithubClient } from '../client/client.ts';
import { listDamage } from '../reading/list-damage.ts';
import { type ListEntry, listPage } from '../reading/list-page.ts';
import { recordsOfIds } from '../reading/make-records.ts';
import { createPageSize } from '../reading/page-size.ts';
import { type Listed, listChanges } from '../reading/list-changes.ts';
import { mergeTrouble, troubleGaps } from '../reading/trouble-gaps.ts';
import { overlapMs, settledSeen } from '../reading/water-marks.ts';
import { filesAndHeadSchema, pullRequestFilesKind } from './pull-request-files-kind.ts';
import {
  keptHeads,
  type PullRequestFilesState,
  readFilesState,
  withHead,
} from './pull-request-files-state.ts';
import { pullRequestSource } from './pull-request-source.ts';

const listedAtOnce = 100;
const recordsPerBatch = 100;

interface FilesPass {
  client: GithubClient;
  repository: ProbedRepository;
  /** All that is open is read, whatever was looked at before. */
  isBackfill: boolean;
  /** What was last changed before is left out. */
  since: number | null;
  heads: ReadonlyMap<string, PullRequestHead>;
  /** Files of what was merged before are left out. */
  from: number;
}

/**
 * Reads the files of open pull requests, and from then on of those that are opened, pushed to or
 * merged: each once for each head. What this pass has read of them tells whose head has moved, so
 * that a review or a comment costs nothing here.
 */
export async function* readPullRequestFiles(
  context: ConnectorContext<GithubConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const repository = await repositoryOf(context, request);
  const { client, pullRequestHeads } = sessionOf(context);
  let state = readFilesState(request.state);
  const ending = { records: [], tombstones: [], complete: true };
  // The stream of pull requests says so.
  if (repository.denied.has('pullRequests')) {
    yield { ...ending, state: { ...state }, gaps: [] };
    return;
  }
  const startedAt = repository.serverNow;
  const from = state.from ?? startedAt;
  state = { ...state, from };
  const pass: FilesPass = {
    client,
    repository,
    isBackfill: request.mode === 'backfill',
    since: request.since ?? sinceOf(context.config),
    heads: pullRequestHeads,
    from,
  };
  const isNamed = request.mode === 'refetch';
  const listed = isNamed ? namedOf(request.ids ?? []) : await listWanted(pass, state);
  const planned = plan(pass, state, listed.entries);
  state = planned.state;
  for (let at = 0; at < planned.ids.length; at += recordsPerBatch) {
    const read = await readSome(pass, state, planned.ids.slice(at, at + recordsPerBatch));
    state = read.state;
    yield { ...read, complete: false, gaps: [], totalEstimate: planned.ids.length };
  }
  const ids = new Set(listed.entries.map(({ id }) => id));
  const highWater = listed.isWhole && !isNamed ? startedAt - overlapMs : (state.highWater ?? null);
  const { plural } = pullRequestFilesKind;
  state = {
    ...state,
    highWater,
    heads: isNamed ? state.heads : keptHeads(state.heads, ids),
    seen: settledSeen(state.seen, highWater ?? 0, client.serverNow()),
  };
  const missed = listed.isWhole ? [] : [listDamage(`changes of ${plural}`, listed.unnamed)];
  yield {
    ...ending,
    state: { ...state },
    gaps: [...missed, ...troubleGaps(state.trouble, plural)],
  };
}

function namedOf(ids: readonly string[]): Listed {
  const entries = ids.map((id) => ({ id }));
  return { entries, total: null, isWhole: true, unnamed: 0 };
}

/** Lists what has changed since the last pass; at first all that is open. */
async function listWanted(pass: FilesPass, state: PullRequestFilesState): Promise<Listed> {
  const { client, repository, since, isBackfill } = pass;
  if (state.highWater !== null && !isBackfill) {
    return await listChanges({
      client,
      section: repository.sections.pullRequests ?? null,
      newestBy: 'updatedAt',
      highWater: state.highWater,
      source: (order) => pullRequestSource(repository, order),
    });
  }
  const source = pullRequestSource(repository, 'CREATED_AT, direction: ASC', 'OPEN');
  const entries: ListEntry[] = [];
  let unnamed = 0;
  for (let after: string | null = null; ; ) {
    const page = await listPage(client, source, { after, first: listedAtOnce, withChange: true });
    const isLate = ({ updatedAt }: ListEntry): boolean =>
      since === null || Date.parse(updatedAt ?? '') >= since;
    entries.push(...page.entries.filter(isLate));
    if (!page.isWhole) unnamed += Math.max(1, page.length - page.entries.length);
    if (!page.hasNextPage || page.endCursor === null || page.endCursor === after) break;
    after = page.endCursor;
  }
  // What this pass has read and is not open needs no look by the next one.
  const told = [...pass.heads].filter(([, { state: word }]) => word !== 'OPEN');
  entries.push(...told.map(([id, { updatedAt }]) => ({ id, updatedAt })));
  return { entries, total: null, isWhole: unnamed === 0, unnamed };
}

/** Sorts out what is to be asked for: not what is unwanted, nor what is here with the same head. */
function plan(
  pass: FilesPass,
  before: PullRequestFilesState,
  entries: readonly ListEntry[],
): { ids: string[]; state: PullRequestFilesState } {
  const { isBackfill, heads } = pass;
  const changed = entries.filter(
    ({ id, updatedAt }) => isBackfill || updatedAt === undefined || before.seen[id] !== updatedAt,
  );
  const wanted = [...changed, ...before.trouble].map(({ id }) => id);
  const ids: string[] = [];
  let state = before;
  for (const id of new Set(wanted)) {
    const told = heads.get(id);
    const isHere = told !== undefined && told.headSha === state.heads[id]?.head && !isBackfill;
    if (told !== undefined && (isHere || !isWanted(pass, told))) state = withHead(state, id, told);
    else ids.push(id);
  }
  return { ids, state };
}

async function readSome(
  pass: FilesPass,
  before: PullRequestFilesState,
  ids: readonly string[],
): Promise<Pick<Batch, 'records' | 'tombstones'> & { state: PullRequestFilesState }> {
  const size = createPageSize(pullRequestFilesKind.page);
  const made = await recordsOfIds(pass.client, pullRequestFilesKind, size, ids);
  const damaged = new Set(made.trouble.map(({ id }) => id));
  const records: Batch['records'][number][] = [];
  const healed = new Set([...made.updated.keys(), ...made.gone]);
  let state = { ...before, trouble: mergeTrouble(before.trouble, healed, made.trouble) };
  for (const { externalId, payload } of made.records) {
    const { record, head } = filesAndHeadSchema.parse(payload);
    if (!isWanted(pass, head)) {
      state = { ...withHead(state, externalId, head), trouble: withoutId(state, externalId) };
    } else if (!damaged.has(externalId)) {
      records.push({ externalId, payload: record });
      state = withHead(state, externalId, head);
    }
  }
  return { records, tombstones: [...made.gone].toSorted(), state };
}

function withoutId(
  { trouble }: PullRequestFilesState,
  id: string,
): PullRequestFilesState['trouble'] {
  return trouble.filter((one) => one.id !== id);
}

function isWanted({ from }: FilesPass, { state, mergedAt }: PullRequestHead): boolean {
  return state === 'OPEN' || (mergedAt !== null && Date.parse(mergedAt) >= from);
}
