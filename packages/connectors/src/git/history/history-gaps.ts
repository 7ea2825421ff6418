import type { Batch } from '@adjutant/core';
import type { MergeStyle } from '../merge-style.ts';
import type { Tally } from './history-state.ts';

type ReportedGap = Batch['gaps'][number];

export interface HistorySituation {
  isShallow: boolean;
  since: string | null;
  mergeStyle: MergeStyle | null;
  tally: Tally;
}

const styleWords: Record<MergeStyle, string> = {
  merge: 'merge commits',
  squash: 'squash merges',
  mixed: 'merge commits and squash merges',
  linear: 'direct pushes or rebase merges',
};

/** What is unknown without the beginning of the work. */
const codingColumns = ['firstCommitAt', 'codingMs', 'firstCommitToMergeMs', 'totalMs'];
/** What is unknown without reviews, openings and sizes. */
const reviewColumns = [
  'review',
  'openedAt',
  'closedAt',
  'codingMs',
  'pickupMs',
  'reviewMs',
  'mergeWaitMs',
  'totalMs',
  'unattributedMs',
  'sizeLines',
  'reviewCount',
  'reviewerCount',
  'commentCount',
  'reworkRounds',
  'idleMs',
  'lastActivityAt',
  'mergedWithoutReview',
];

/** Returns everything that this history cannot tell, so that it stands beside the figures. */
export function historyGaps(situation: HistorySituation): ReportedGap[] {
  const { tally, mergeStyle, isShallow, since } = situation;
  const gaps: ReportedGap[] = [];
  const add = (
    code: string,
    affectedCount: number | null,
    message: string,
    touches: readonly string[] | null = null,
  ): void => {
    if (affectedCount === 0) return;
    gaps.push({ code, message, affectedCount, touches: touches === null ? null : [...touches] });
  };
  add(
    'reviews_not_in_git',
    null,
    'A clone shows no reviews, drafts, opening times, changed lines or open pull requests, so pickup, review and size are unknown and only merged work is seen. A token of the hosting service would add them.',
    reviewColumns,
  );
  if (mergeStyle !== null) {
    add(
      'rebase_merges_invisible',
      null,
      `Changes reach the default branch here by ${styleWords[mergeStyle]}. Pull requests that were rebased onto it leave no trace in git and are counted as direct commits (${tally.directCommits} in all). A token of the hosting service would show them.`,
      ['pull_request'],
    );
  }
  add(
    'squash_author_time',
    tally.squashesWithoutAuthorTime,
    'Squash merges whose author time is their commit time do not show when work began; their coding time is unknown, not zero. Merges per week, merge to tag, reverts and trailers stay true. A token of the hosting service would show the original commits.',
    [...codingColumns, 'deployed_commit'],
  );
  add(
    'first_commit_after_merge',
    tally.beginsAfterMerge,
    'The first commit of these pull requests is dated after their merge, so when work began is unknown.',
    codingColumns,
  );
  add(
    'unreadable_dates',
    tally.unreadableDates,
    'These commits carry a date that git cannot read, that lies before 1970 or beyond what a date can name; it is unknown, or its nearest readable stand-in.',
  );
  add(
    'names_not_utf8',
    tally.namesNotUtf8,
    'Author or committer names of these commits are not UTF-8; what cannot be read is shown as U+FFFD.',
    [],
  );
  add(
    'text_truncated',
    tally.cutTexts,
    'Subjects or messages of these commits are longer than is kept; the rest is left out.',
    ['isRevert', 'isHotfix'],
  );
  add(
    'history_rewritten',
    tally.rewrittenCommits,
    'The history was rewritten since it was first read; commits that are gone were removed here too, and figures of earlier weeks may have changed.',
  );
  if (tally.replacements > 0) {
    add(
      'history_replaced',
      null,
      'The history that was read before is no longer in the clone. Everything was read again; rows of commits that are gone may remain. Delete the workspace and sync again to be rid of them.',
    );
  }
  if (isShallow) {
    add(
      'shallow_clone',
      null,
      'The clone is shallow: older commits are missing. "git fetch --unshallow" brings them.',
    );
  }
  if (since !== null) {
    add(
      'history_limited',
      null,
      `History from before ${since} is left out by the configuration ("since"); branches that began earlier look shorter.`,
    );
  }
  return gaps;
}

/** The gap of a repository without a commit. */
export const emptyRepositoryGap: ReportedGap = {
  code: 'empty_repository',
  message: 'The repository has no commit yet.',
  affectedCount: null,
};
