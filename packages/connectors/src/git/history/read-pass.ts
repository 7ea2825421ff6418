import { setImmediate } from 'node:timers/promises';
import type { Batch, ConnectorContext, ReadRequest } from '@adjutant/core';
import type { GitConfig } from '../config.ts';
import { digestHeads, headIds } from '../heads.ts';
import { loadMailmap, mailmapNames, type MailmapReading } from '../mailmap/parse-mailmap.ts';
import type { MergeStyle } from '../merge-style.ts';
import { type GitRepository, identifyRepository } from '../open-repository.ts';
import { type ComparedPullRequests, comparePullRequests } from './compare-pull-requests.ts';
import { estimateRecords, type RecordEstimate } from './estimate-records.ts';
import { historyGaps } from './history-gaps.ts';
import type { HistoryRecord } from './history-payload.ts';
import { emptyTally, type Heads, type HistoryState, type Tally } from './history-state.ts';
import { accountRecord, type LoadedHistory, loadCommits } from './load-commits.ts';
import { minimalTips } from './minimal-tips.ts';
import { keepGraph } from './pass-graph.ts';
import type { PassPlan } from './plan-pass.ts';
import { createReplay, type Replay, ReplayMismatch } from './replay.ts';

/** Commits and their ids are in no order, so a batch of twice as many touches far fewer than twice the pages. */
export const recordsPerBatch = 1_000;
const tombstonesPerBatch = 1_000;

export interface Pass {
  context: ConnectorContext<GitConfig>;
  request: ReadRequest;
  repository: GitRepository;
  done: HistoryState['done'];
  target: Heads;
  plan: Exclude<PassPlan, { kind: 'nothing' }>;
  mergeStyle: MergeStyle | null;
}

/**
 * Reads from what was done to the target; what an earlier attempt committed is passed over. Begins
 * anew where that attempt cannot be continued.
 */
export async function* readPass(
  pass: Pass,
  interrupted: HistoryState['pass'],
): AsyncGenerator<Batch> {
  const isSame = interrupted !== null && digestHeads(interrupted) === digestHeads(pass.target);
  try {
    yield* readFrom(pass, createReplay(isSame ? interrupted : null));
  } catch (error) {
    if (!(error instanceof ReplayMismatch)) throw error;
    yield* readFrom(pass, createReplay(null));
  }
}

async function* readFrom(pass: Pass, replay: Replay): AsyncGenerator<Batch> {
  const loaded = await prepareLoad(pass);
  const estimate = estimateOf(pass, loaded);
  const batcher = createBatcher(pass, replay, estimate);
  for await (const records of allRecords(pass, loaded)) yield* batcher.add(records);
  // What follows goes over the whole graph several times; each time is a turn of its own.
  await setImmediate();
  const compared = comparePullRequests(pass, loaded);
  yield* batcher.add(compared.records());
  await setImmediate();
  replay.finish();
  yield* batcher.rest();
  const tombstones = await findTombstones(pass, loaded, compared);
  for (let start = 0; start < tombstones.length; start += tombstonesPerBatch) {
    yield batcher.batch([], tombstones.slice(start, start + tombstonesPerBatch));
  }
  yield finalBatch(pass, loaded, { ...compared.tally() }, tombstones.length);
}

interface Batcher {
  /** Takes records and yields each batch that they fill. */
  add(records: Iterable<HistoryRecord>): Generator<Batch>;
  rest(): Generator<Batch>;
  batch(records: readonly HistoryRecord[], tombstones?: readonly string[]): Batch;
}

function createBatcher(pass: Pass, replay: Replay, estimate: RecordEstimate): Batcher {
  const { target, done, repository, mergeStyle } = pass;
  const { isShallow } = repository;
  const tally = done?.tally ?? emptyTally();
  let gaps = historyGaps({ isShallow, since: target.since, mergeStyle, tally });
  let open: HistoryRecord[] = [];
  const batch: Batcher['batch'] = (records, tombstones = []) => {
    const totalEstimate = estimate(replay.count);
    const made: Batch = {
      records,
      tombstones,
      state: {
        version: 1,
        done,
        pass: { ...target, emitted: replay.count, lastExternalId: replay.lastExternalId },
      },
      complete: false,
      gaps,
      ...(totalEstimate === null ? {} : { totalEstimate: totalEstimate - replay.skipped }),
    };
    gaps = [];
    return made;
  };
  return {
    batch,
    *add(records) {
      for (const record of records) {
        if (!replay.isNew(record)) continue;
        open.push(record);
        if (open.length < recordsPerBatch) continue;
        yield batch(open);
        open = [];
      }
    },
    *rest() {
      if (open.length > 0) yield batch(open);
      open = [];
    },
  };
}

function estimateOf({ repository, plan, target }: Pass, loaded: LoadedHistory): RecordEstimate {
  if (plan.kind === 'full') {
    return estimateRecords(repository, { from: headIds(target), since: target.since }, loaded);
  }
  return (given) => Math.max(given, plan.fresh.size);
}

async function prepareLoad({ repository, target, plan }: Pass): Promise<LoadedHistory> {
  const mailmap: MailmapReading =
    target.sha === null ? { state: 'absent' } : await loadMailmap(repository, target.sha);
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

/** Returns the record of the repository itself, which an empty one has too. */
export async function repositoryRecord(
  repository: GitRepository,
  defaultBranch: string | null,
  mergeStyle: MergeStyle | null,
): Promise<HistoryRecord> {
  const { name, fullName, url } = await identifyRepository(repository);
  const payload = { name, fullName, url, defaultBranch, mergeStyle };
  return { externalId: 'repository', payload: { kind: 'repository', ...payload } };
}

/** The repository, then commits and accounts as they are met, then accounts under a later name. */
async function* allRecords(
  { repository, target, mergeStyle }: Pass,
  loaded: LoadedHistory,
): AsyncGenerator<HistoryRecord[]> {
  yield [await repositoryRecord(repository, target.branch, mergeStyle)];
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
