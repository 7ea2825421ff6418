import { defineMetric } from '@adjutant/core/domain';
import { dayMs } from '../week-buckets.ts';

const daysOfWeek = 7;

export const reviewLoad = defineMetric({
  id: 'review_load',
  title: 'Review load',
  unit: 'per_week',
  definition:
    'How many pull requests of others a reviewer reviews in a week: the pull requests with each account that reviewed them, over the people who reviewed any and the weeks of the window. A pull request counts once for each account that reviewed it, at the first of its reviews, whatever that said and whether or not it was merged; comments outside a review, bots and accounts of which nobody knows whose they are do not count. It is a mean and nothing else: a figure on people, told of the whole workspace only, in fixed periods of four weeks, each with five reviewers or more. It names nobody, and no part of it is one person’s.',
  source: 'Own definition, from the reviews that forges show.',
  version: 1,
  subject: 'review',
  columns: ['reviewedAt', 'reviewer'],
  windowColumn: 'reviewedAt',
  better: 'neutral',
  isDetail: true,
  compute({ columns, window }) {
    const evidence: number[] = [];
    const reviewers = new Set<number>();
    for (const [row, at] of columns.reviewedAt.entries()) {
      if (at < window.from || at >= window.to) continue;
      evidence.push(row);
      reviewers.add(columns.reviewer[row] ?? 0);
    }
    const percentiles = { p50: null, p75: null, p90: null };
    if (evidence.length === 0) {
      const caveats = ['No source shows a review in this window.'];
      return { value: null, sampleSize: 0, ...percentiles, caveats, evidence };
    }
    // In whole days: clocks that are put forward or back make no week longer.
    const days = Math.max(1, Math.round((window.to - window.from) / dayMs));
    const value = (evidence.length / reviewers.size / days) * daysOfWeek;
    const caveats = [
      `A mean over ${reviewers.size} reviewers, and no word on how evenly they share it; who reviewed nothing is not among them.`,
    ];
    return { value, sampleSize: evidence.length, ...percentiles, caveats, evidence };
  },
});
