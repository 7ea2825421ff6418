import { defineMetric } from '@adjutant/core/domain';
import { botCountCaveat, counted } from '../caveats.ts';
import { unknownOutcome } from '../outcome.ts';
import { percentilesOf } from '../percentile.ts';
import {
  bucketOf,
  countInside,
  countPerBucket,
  countSeries,
  fullWeeks,
  quietUntil,
} from '../week-buckets.ts';

export const throughput = defineMetric({
  id: 'throughput',
  title: 'Throughput',
  unit: 'per_week',
  definition:
    'Pull requests merged per full ISO week (from Monday on), counted exactly. The value is the mean over the full weeks of the window, empty weeks included; p50, p75 and p90 are those of the weekly counts; the series is the counts. Weeks that the window cuts are dropped. A window without a merge is 0 where merges from before it are known and everything was read since; otherwise it is unknown.',
  source: 'The Kanban Guide, throughput: https://kanbanguides.org/',
  version: 2,
  subject: 'pull_request',
  columns: ['mergedAt', 'authorIsBot'],
  windowColumn: 'mergedAt',
  better: 'higher',
  compute({ columns, window, now, coverage }) {
    const end = columns.length === 0 ? quietUntil(window, now, coverage) : now;
    if (end === null) {
      return unknownOutcome(
        'No merged pull request is known in this window: none was merged, or no source shows merges, or not all was read.',
      );
    }
    const weeks = fullWeeks(window, end);
    if (weeks.count === 0) {
      const merged = counted(columns.length, 'pull request');
      return unknownOutcome(
        `The window holds no full week that has passed; ${merged} merged in it.`,
      );
    }
    const counts = countPerBucket(weeks, columns.mergedAt);
    const positions = new Uint32Array(columns.length);
    let inWeeks = 0;
    let bots = 0;
    for (let row = 0; row < columns.length; row += 1) {
      if (bucketOf(weeks, columns.mergedAt[row] ?? Number.NaN) < 0) continue;
      positions[inWeeks] = row;
      inWeeks += 1;
      if (columns.authorIsBot[row] === true) bots += 1;
    }
    return {
      value: inWeeks / weeks.count,
      ...percentilesOf(counts.slice()),
      sampleSize: inWeeks,
      series: countSeries(weeks, counts),
      caveats: [...cutCaveat(columns.length - inWeeks), ...botCountCaveat(bots, inWeeks)],
      evidence: positions.subarray(0, inWeeks),
    };
  },
  computeValue({ columns, window, now, coverage }) {
    const end = columns.length === 0 ? quietUntil(window, now, coverage) : now;
    const weeks = end === null ? null : fullWeeks(window, end);
    if (weeks === null || weeks.count === 0) return null;
    return countInside(weeks, columns.mergedAt) / weeks.count;
  },
});

function cutCaveat(merges: number): string[] {
  if (merges === 0) return [];
  const lie = merges === 1 ? ['lies', 'is'] : ['lie', 'are'];
  return [
    `${counted(merges, 'merge')} ${lie[0]} in weeks that the window cuts and ${lie[1]} not counted.`,
  ];
}
