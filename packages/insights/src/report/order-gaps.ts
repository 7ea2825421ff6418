import type { ReportGap } from './team-report.ts';

/** What touches every figure comes first: a reader may see no more than one gap. */
const first: readonly string[] = [
  'empty_repository',
  'shallow_clone',
  'history_limited',
  'history_replaced',
  'rebase_merges_invisible',
  'squash_author_time',
];

/** What is so by nature of a source, or only says which of several ways was used. */
const last: readonly string[] = [
  'reviews_not_in_git',
  'deployments_not_configured',
  'issues_have_no_start',
  'deployments_from_deployments',
];

/**
 * Returns gaps by how much of the report they touch, those of `touching` before others that touch no
 * figure; those of equal weight keep their order.
 */
export function orderGaps(
  gaps: readonly ReportGap[],
  touching: readonly string[] = [],
): ReportGap[] {
  const weightOf = ({ code }: ReportGap): number => {
    const place = first.indexOf(code);
    if (place !== -1) return place;
    const placeAtEnd = last.indexOf(code);
    if (placeAtEnd !== -1) return first.length + 2 + placeAtEnd;
    return first.length + (touching.includes(code) ? 0 : 1);
  };
  return gaps.toSorted((left, right) => weightOf(left) - weightOf(right));
}
