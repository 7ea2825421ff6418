import { setImmediate } from 'node:timers/promises';
import type { Batch, ConnectorContext, ReadRequest } from '@adjutant/core';
import type { GitConfig } from '../config.ts';
import { digestHeads, findHeads, headIds } from '../heads.ts';
import { loadMailmap, mailmapNames } from '../mailmap/parse-mailmap.ts';
import { findMergeStyle, type MergeStyle } from '../merge-style.ts';
import { type GitRepository, identifyRepository } from '../open-repository.ts';
import { haveCommits } from '../revisions.ts';
import { openScope } from '../scope.ts';
import { emptyRepositoryGap, historyGaps } from './history-gaps.ts';
import type { HistoryRecord } from './history-payload.ts';
import {
  emptyTally,
  type Heads,
  type HistoryState,
  readHistoryState,
  type Tally,
} from './history-state.ts';
import { minimalTips } from './minimal-tips.ts';
import { accountRecord, type LoadedHistory, loadCommits } from './load-commits.ts';
import { keepGraph } from './pass-graph.ts';
import { type PassPlan, planPass } from './plan-pass.ts';
import { type ComparedPullRequests, comparePullRequests } from './compare-pull-requests.ts';
import { createReplay, ReplayMismatch } from './replay.ts';

export const recordsPerBatch = 400;
const tombstonesPerBatch = 1_000;

interface Pass {
  context: ConnectorContext<GitConfig>;
  request: ReadRequest;
  repository: GitRepository;
  done: HistoryState['done'];
  target: Heads;
  plan: Exclude<PassPlan, { kind: 'nothing' }>;
  mergeStyle: MergeStyle | null;
}

/**
 * Reads the history of the default branch and of all tags: first whatever pass was cut off, to the
 * heads it was meant for, then what has come since. With nothing new no history is walked.
 */
export async function* readHistory(
  context: ConnectorContext<GitConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const repository = await openScope(request.scope, context.signal);
  const current = await findHeads(repository, context.config);
  let state = readHistoryState(request.state);
  if (headIds(current).length === 0 && state.done === null) {
    yield {
      records: [],
      tombstones: [],
      state: { ...state, pass: null },
      complete: true,
      gaps: [emptyRepositoryGap],
    };
    return;
  }
  const unfinished = await unfinishedHeads(repository, state, current);
  const targets = unfinished === null ? [current] : [unfinished, current];
  for (const [at, target] of targets.entries()) {
    const complete = at === targets.length - 1;
    const plan = await planPass(repository, state.done, target);
    const mergeStyle =
      target.sha === null
        ? null
        : await findMergeStyle(repository, { sha: target.sha, name: target.branch });
    if (plan.kind === 'nothing') {
      if (complete) yield idleBatch(repository, state, mergeStyle);
      continue;
    }
    const pass: Pass = { context, request, repository, done: state.done, target, plan, mergeStyle };
    for await (const batch of readPassAgain(pass, state.pass)) {
      state = readHistoryState(batch.state);
      yield { ...batch, complete: batch.complete && complete };
    }
  }
}

/** The heads of a pass that was cut off, where git still has them and the settings are the same. */
async function unfinishedHeads(
  repository: GitRepository,
  state: HistoryState,
  current: Heads,
): Promise<Heads | null> {
  const { pass } = state;
  if (pass === null || pass.since !== current.since || pass.shallow !== current.shallow) {
    return null;
  }
  if (digestHeads(pass) === digestHeads(current)) return null;
  return (await haveCommits(repository, headIds(pass))) ? headsOf(pass) : null;
}

function headsOf({ branch, sha, tips, since, shallow }: Heads): Heads {
  return { branch, sha, tips, since, shallow };
}

function idleBatch(
  repository: GitRepository,
  state: HistoryState,
  mergeStyle: MergeStyle | null,
): Batch {
  const { since = null, tally = emptyTally() } = state.done ?? {};
  return {
    records: [],
    tombstones: [],
    state: { ...state, pass: null },
    complete: true,
    gaps: historyGaps({ isShallow: repository.isShallow, since, mergeStyle, tally }),
  };
}

/** Begins the pass anew where an earlier attempt at it cannot be continued. */
async function* readPassAgain(
  pass: Pass,
  interrupted: HistoryState['pass'],
): AsyncGenerator<Batch> {
  try {
    yield* readPass(pass, interrupted);
  } catch (error) {
    if (!(error instanceof ReplayMismatch)) throw error;
    yield* readPass(pass, null);
  }
}

/** Reads from what was done to the target; what an earlier attempt committed is passed over. */
async function* readPass(pass: Pass, interrupted: HistoryState['pass']): AsyncGenerator<Batch> {
  const { target, repository, done } = pass;
  const resumed =
    interrupted !== null && digestHeads(interrupted) === digestHeads(target) ? interrupted : null;
  const replay = createReplay(resumed);
  const loaded = await prepareLoad(pass);
  const openState = (): Batch['state'] => ({
    version: 1,
    done,
    pass: { ...target, emitted: replay.count, lastExternalId: replay.lastExternalId },
  });
  let gaps = historyGaps({
    isShallow: repository.isShallow,
    since: target.since,
    mergeStyle: pass.mergeStyle,
    tally: emptyTally(),
  });
  let open: HistoryRecord[] = [];
  const batch = (tombstones: readonly string[] = []): Batch => {
    const made = { records: open, tombstones, state: openState(), complete: false, gaps };
    open = [];
    gaps = [];
    return made;
  };
  for await (const records of allRecords(pass, loaded)) {
    for (const record of records) {
      if (!replay.isNew(record)) continue;
      open.push(record);
      if (open.length >= recordsPerBatch) yield batch();
    }
  }
  // What follows goes over the whole graph several times; each time is a turn of its own.
  await setImmediate();
  const compared = comparePullRequests(pass, loaded);
  for (const record of compared.records()) {
    if (!replay.isNew(record)) continue;
    open.push(record);
    if (open.length >= recordsPerBatch) yield batch();
  }
  await setImmediate();
  replay.finish();
  if (open.length > 0) yield batch();
  const tombstones = await findTombstones(pass, loaded, compared);
  for (let start = 0; start < tombstones.length; start += tombstonesPerBatch) {
    yield batch(tombstones.slice(start, start + tombstonesPerBatch));
  }
  yield finalBatch(pass, loaded, { ...compared.tally() }, tombstones.length);
}

async function prepareLoad({ repository, target, plan }: Pass): Promise<LoadedHistory> {
  const mailmap = target.sha === null ? null : await loadMailmap(repository, target.sha);
  return loadCommits(repository, {
    from: plan.kind === 'full' ? headIds(target) : plan.from,
    boundary: plan.kind === 'onward' ? plan.boundary : null,
    since: target.since,
    branch: target.branch,
    fresh: plan.kind === 'full' ? null : plan.fresh,
    gone: plan.kind === 'difference' ? plan.gone : new Set(),
    properNames: mailmapNames(mailmap),
  });
}

/** The repository, then commits and accounts as they are met, then accounts under a later name. */
async function* allRecords(
  { repository, target, mergeStyle }: Pass,
  loaded: LoadedHistory,
): AsyncGenerator<HistoryRecord[]> {
  const { name, fullName, url } = await identifyRepository(repository);
  const payload = { name, fullName, url, defaultBranch: target.branch, mergeStyle };
  yield [{ externalId: 'repository', payload: { kind: 'repository', ...payload } }];
  yield* loaded.records();
  const renamed: HistoryRecord[] = [];
  for (const account of loaded.accounts.all()) {
    if (account.givenName !== null && account.givenName !== account.name) {
      renamed.push(accountRecord(account));
    }
  }
  yield renamed;
}

async function findTombstones(
  { plan, request }: Pass,
  loaded: LoadedHistory,
  compared: ComparedPullRequests,
): Promise<string[]> {
  if (plan.kind === 'difference') return [...plan.gone, ...compared.gone()];
  if (plan.kind !== 'full' || !plan.lostTrack || request.knownExternalIds === undefined) return [];
  const gone: string[] = [];
  const present = compared.recordIds();
  for await (const id of request.knownExternalIds()) {
    const isPullRequest = id.startsWith('pull:');
    if (isPullRequest ? present.has(id) : isCommitGone(id, loaded)) continue;
    gone.push(id);
  }
  return gone;
}

/** Accounts and the repository stay whatever happens to commits. */
function isCommitGone(id: string, { facts }: LoadedHistory): boolean {
  return id.includes(':') || id === 'repository' || facts.graph.indexOf(id) !== undefined;
}

function finalBatch(pass: Pass, loaded: LoadedHistory, found: Tally, goneCount: number): Batch {
  const { context, request, repository, target, plan, done, mergeStyle } = pass;
  const digest = digestHeads(target);
  const { graph } = loaded.facts;
  if (plan.kind === 'full') {
    keepGraph(context, { scopeExternalId: request.scope.externalId, digest, graph });
  }
  const tally = plan.kind === 'onward' && done !== null ? addTallies(done.tally, found) : found;
  if (plan.kind === 'difference') {
    tally.rewrittenCommits = (done?.tally.rewrittenCommits ?? 0) + plan.gone.size;
  } else if (plan.kind === 'full' && plan.lostTrack) {
    tally.rewrittenCommits = goneCount;
    if (request.knownExternalIds === undefined) tally.replacements = 1;
  }
  const keptTips = plan.kind === 'onward' ? (done?.tips ?? []) : [];
  const tips = minimalTips(graph, keptTips, target.tips, target.sha);
  return {
    records: [],
    tombstones: [],
    state: { version: 1, done: { ...target, tips, digest, tally }, pass: null },
    complete: true,
    gaps: historyGaps({ isShallow: repository.isShallow, since: target.since, mergeStyle, tally }),
  };
}

function addTallies(before: Tally, now: Tally): Tally {
  const sum = { ...before };
  for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += now[key];
  return sum;
}
