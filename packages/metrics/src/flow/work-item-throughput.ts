import { defineMetric } from '@adjutant/core/domain';
import { counted } from '../caveats.ts';
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
import { countedItems, leftOutCaveat, workItem } from '../work-items/counted-items.ts';
import { finishedItems } from '../work-items/cycle-times.ts';
import { reopenedCaveat } from '../work-items/finish-caveats.ts';

export const workItemThroughput = defineMetric({
  id: 'work_item_throughput',
  title: 'Work items finished',
  unit: 'per_week',
  definition: `Work items finished per full ISO week (from Monday on), counted exactly, whether or not their start is known. The value is the mean over the full weeks of the window, empty weeks included; p50, p75 and p90 are those of the weekly counts; the series is the counts. Weeks that the window cuts are dropped. An item counts once, at its last finish; one that is open again does not count. ${countedItems} A window without a finish is 0 where finishes from before it are known and everything was read since; otherwise it is unknown.`,
  source: 'The Kanban Guide, throughput: https://kanbanguides.org/',
  version: 1,
  subject: 'work_item',
  columns: ['kind', 'startedAt', 'doneAt', 'isDone'],
  windowColumn: 'doneAt',
  better: 'higher',
  isDetail: true,
  compute({ columns, window, now, coverage }) {
    const end = columns.length === 0 ? quietUntil(window, now, coverage) : now;
    if (end === null) {
      return unknownOutcome(
        'No finished work item is known in this window: none was finished, or no source shows it, or not all was read.',
      );
    }
    const weeks = fullWeeks(window, end);
    const items = finishedItems(columns);
    if (weeks.count === 0) {
      return unknownOutcome(
        `The window holds no full week that has passed; ${counted(items.finished.length, workItem)} finished in it.`,
      );
    }
    const beside = [
      ...leftOutCaveat(items.leftOut, columns.length),
      ...reopenedCaveat(items.reopened),
    ];
    if (items.finished.length === 0 && columns.length > 0) {
      const reason = 'No work item that counts was finished in this window and stayed so.';
      return { ...unknownOutcome(reason), caveats: [reason, ...beside] };
    }
    const finishedAt = items.finished.map((row) => columns.doneAt[row] ?? Number.NaN);
    const rows = items.finished.filter(
      (_, index) => bucketOf(weeks, finishedAt[index] ?? Number.NaN) >= 0,
    );
    const counts = countPerBucket(weeks, finishedAt);
    return {
      value: rows.length / weeks.count,
      ...percentilesOf(counts.slice()),
      sampleSize: rows.length,
      series: countSeries(weeks, counts),
      caveats: [...beside, ...cutCaveat(items.finished.length - rows.length)],
      evidence: rows,
    };
  },
  computeValue({ columns, window, now, coverage }) {
    const end = columns.length === 0 ? quietUntil(window, now, coverage) : now;
    const weeks = end === null ? null : fullWeeks(window, end);
    if (weeks === null || weeks.count === 0) return null;
    const { finished } = finishedItems(columns);
    if (finished.length === 0 && columns.length > 0) return null;
    const finishedAt = finished.map((row) => columns.doneAt[row] ?? Number.NaN);
    return countInside(weeks, finishedAt) / weeks.count;
  },
});

function cutCaveat(finished: number): string[] {
  if (finished === 0) return [];
  const lie = finished === 1 ? ['lies', 'is'] : ['lie', 'are'];
  return [
    `${counted(finished, `finished ${workItem}`)} ${lie[0]} in weeks that the window cuts and ${lie[1]} not counted.`,
  ];
}
