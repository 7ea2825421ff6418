import { expect, test } from 'vitest';
import { orderGaps } from './order-gaps.ts';
import type { ReportGap } from './team-report.ts';

function gap(code: string, scope = 'api'): ReportGap {
  return { code, message: `${code}.`, source: 'git', scope, affectedCount: null };
}

const codesOf = (gaps: readonly ReportGap[]) => gaps.map(({ code }) => code);

test('a shallow clone comes before the merge style, and what a clone never shows comes last', () => {
  const gaps = [
    gap('deployments_not_configured'),
    gap('first_commit_after_merge'),
    gap('rebase_merges_invisible'),
    gap('reviews_not_in_git'),
    gap('shallow_clone'),
  ];
  expect(codesOf(orderGaps(gaps))).toEqual([
    'shallow_clone',
    'rebase_merges_invisible',
    'first_commit_after_merge',
    'reviews_not_in_git',
    'deployments_not_configured',
  ]);
});

test('gaps of other sources keep the order in which they came', () => {
  const gaps = [gap('b'), gap('a', 'web'), gap('b', 'web'), gap('a')];
  expect(orderGaps(gaps)).toEqual(gaps);
});

test('nothing missing stays nothing', () => {
  expect(orderGaps([])).toEqual([]);
});

test('what touches a figure comes before what touches none, and both before what is so by nature', () => {
  const gaps = [gap('reviews_not_in_git'), gap('of_nothing'), gap('truncated')];
  expect(codesOf(orderGaps(gaps, ['truncated']))).toEqual([
    'truncated',
    'of_nothing',
    'reviews_not_in_git',
  ]);
});
