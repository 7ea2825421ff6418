import { expect, it } from 'vitest';
import { historyGaps } from './history-gaps.ts';
import { emptyTally } from './history-state.ts';

it('says to figures of reviews, and to those with parts that reviews tell, that a clone shows none', () => {
  const gaps = historyGaps({
    isShallow: false,
    since: null,
    mergeStyle: 'merge',
    tally: emptyTally(),
  });
  const gap = gaps.find(({ code }) => code === 'reviews_not_in_git');
  expect(gap?.touches).toEqual(expect.arrayContaining(['review', 'reviewCount']));
});
