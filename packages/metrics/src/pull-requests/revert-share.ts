import { defineMetric } from '@adjutant/core/domain';
import { botCountCaveat, smallSampleCaveat } from '../caveats.ts';
import { unknownOutcome } from '../outcome.ts';
import { noPercentiles } from '../percentile.ts';
import { bucketOf, countPerBucket, fullWeeks, spanOfBucket } from '../week-buckets.ts';

export const revertShare = defineMetric({
  id: 'revert_share',
  title: 'Share of reverts (proxy)',
  unit: 'share',
  definition:
    'Merged pull requests that say they revert something, by a link to what they take back, their title, branch or a label, divided by all merged ones. A proxy for failed changes that needs no incident tool: it misses what was repaired forward and counts reverts that had other reasons. Taking back a revert is not one.',
  source: 'Own definition: a proxy for DORA change fail rate, from what authors write.',
  version: 2,
  subject: 'pull_request',
  columns: ['mergedAt', 'isRevert', 'authorIsBot'],
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
    const bots = columns.authorIsBot.filter((isBot) => isBot).length;
    let reverts = 0;
    for (let row = 0; row < rows; row += 1) {
      if (columns.isRevert[row] !== true) continue;
      reverts += 1;
      const week = bucketOf(weeks, columns.mergedAt[row] ?? Number.NaN);
      if (week >= 0) revertsPerWeek[week] = (revertsPerWeek[week] ?? 0) + 1;
    }
    return {
      value: reverts / rows,
      ...noPercentiles,
      sampleSize: rows,
      series: Array.from(merges, (count, week) => {
        const value = count === 0 ? null : (revertsPerWeek[week] ?? 0) / count;
        return { ...spanOfBucket(weeks, week), value, sampleSize: count };
      }),
      caveats: [
        'A proxy, read from what authors write: it is not the change fail rate.',
        ...botCountCaveat(bots, rows),
        ...smallSampleCaveat(rows, 'merged pull request'),
      ],
      evidence: revertsFirst(columns.isRevert, reverts),
    };
  },
});

/** Every row; the reverts, which a reader wants to look at, before the others. */
function revertsFirst(isRevert: readonly boolean[], reverts: number): Uint32Array {
  const positions = new Uint32Array(isRevert.length);
  let nextRevert = 0;
  let nextOther = reverts;
  for (let row = 0; row < isRevert.length; row += 1) {
    if (isRevert[row] === true) positions[nextRevert++] = row;
    else positions[nextOther++] = row;
  }
  return positions;
}
