import { defineMetric } from '@adjutant/core/domain';
import { smallSampleCaveat } from '../caveats.ts';
import { unknownOutcome } from '../outcome.ts';
import { noPercentiles } from '../percentile.ts';
import { bucketOf, countPerBucket, fullWeeks } from '../week-buckets.ts';

export const revertShare = defineMetric({
  id: 'revert_share',
  title: 'Share of reverts (proxy)',
  unit: 'share',
  definition:
    'Merged pull requests whose title says that they revert something, divided by all merged ones. A proxy for failed changes that needs no incident tool: it misses what was repaired forward and counts reverts that had other reasons. Taking back a revert is not one.',
  source: 'Own definition: a proxy for DORA change fail rate, from titles alone.',
  version: 1,
  subject: 'pull_request',
  columns: ['mergedAt', 'isRevert'],
  windowColumn: 'mergedAt',
  better: 'lower',
  compute({ columns, window, now }) {
    const rows = columns.length;
    if (rows === 0) {
      return unknownOutcome(
        'No merged pull request is known in this window: none was merged, or no source shows merges.',
      );
    }
    const weeks = fullWeeks(window, now);
    const merges = countPerBucket(weeks, columns.mergedAt);
    const revertsPerWeek = new Float64Array(weeks.count);
    const reverts: number[] = [];
    const others: number[] = [];
    for (let row = 0; row < rows; row += 1) {
      if (columns.isRevert[row] !== true) {
        others.push(row);
        continue;
      }
      reverts.push(row);
      const week = bucketOf(weeks, columns.mergedAt[row] ?? Number.NaN);
      if (week >= 0) revertsPerWeek[week] = (revertsPerWeek[week] ?? 0) + 1;
    }
    return {
      value: reverts.length / rows,
      ...noPercentiles,
      sampleSize: rows,
      series: Array.from(merges, (count, week) => {
        const start = weeks.firstStart + week * weeks.lengthMs;
        const value = count === 0 ? null : (revertsPerWeek[week] ?? 0) / count;
        return { start, end: start + weeks.lengthMs, value, sampleSize: count };
      }),
      caveats: [
        'A proxy, read from titles: it is not the change fail rate.',
        ...smallSampleCaveat(rows, 'merged pull request'),
      ],
      // Reverts first: they are what a reader wants to look at.
      evidence: [...reverts, ...others],
    };
  },
});
