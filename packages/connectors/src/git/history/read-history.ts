import type { Batch, ConnectorContext, ReadRequest } from '@adjutant/core';
import type { GitConfig } from '../config.ts';
import { digestHeads, findHeads, headIds } from '../heads.ts';
import { findMergeStyle, type MergeStyle } from '../merge-style.ts';
import type { GitRepository } from '../open-repository.ts';
import { haveCommits } from '../revisions.ts';
import { openScope } from '../scope.ts';
import { emptyRepositoryGap, historyGaps } from './history-gaps.ts';
import { emptyTally, type Heads, type HistoryState, readHistoryState } from './history-state.ts';
import { planPass } from './plan-pass.ts';
import { type Pass, readPass, repositoryRecord } from './read-pass.ts';

/**
 * Reads the history of the default branch and of all tags: first whatever pass was cut off, to the
 * heads it was meant for, then what has come since. With nothing new no history is walked.
 */
export async function* readHistory(
  context: ConnectorContext<GitConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const repository = await openScope(request.scope, context);
  const current = await findHeads(repository, context.config);
  let state = readHistoryState(request.state);
  if (headIds(current).length === 0 && state.done === null) {
    yield {
      records: [await repositoryRecord(repository, current.branch, null)],
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
    for await (const batch of readPass(pass, state.pass)) {
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
