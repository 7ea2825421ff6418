import type { MetricPart } from '@adjutant/core/domain';
import { defineMetric } from '@adjutant/core/domain';
import { shareCaveat, smallSampleCaveat } from '../caveats.ts';
import { medianHours } from '../durations.ts';
import { durationOutcome, unknownOutcome } from '../outcome.ts';
import { nearestRank, noPercentiles } from '../percentile.ts';
import { hourMs } from '../week-buckets.ts';
import { countedItems, leftOutCaveat, workItem } from '../work-items/counted-items.ts';
import { finishedItems } from '../work-items/cycle-times.ts';
import { reopenedCaveat } from '../work-items/finish-caveats.ts';

export const cycleTime = defineMetric({
  id: 'cycle_time',
  title: 'Cycle time',
  unit: 'hours',
  definition: `From the first transition of a work item into progress to its finish: elapsed calendar time, nights, weekends and waiting included. The value is the median, p50, p75 and p90 are continuous; an item belongs to the week of its finish. Beside them stand service-level expectations by nearest rank: the time within which at least 50, 85 and 95 % of the finished items were done, always one that was observed. An item whose start is not known, or lies after its finish, has no cycle time; a reopened one has none until it is finished again, and then runs from its first start. ${countedItems}`,
  source: 'The Kanban Guide, cycle time and service level expectation: https://kanbanguides.org/',
  version: 1,
  subject: 'work_item',
  columns: ['kind', 'startedAt', 'doneAt', 'isDone'],
  windowColumn: 'doneAt',
  better: 'lower',
  compute({ columns, window, now }) {
    const items = finishedItems(columns);
    const count = items.finished.length;
    const caveats = [
      ...leftOutCaveat(items.leftOut, columns.length),
      ...reopenedCaveat(items.reopened),
      ...shareCaveat(items.neverStarted, count, finishedItem, ['has', 'have'], noStart),
      ...shareCaveat(items.backwards, count, finishedItem, ['was', 'were'], backwards),
    ];
    const known = items.durations.filter((duration) => !Number.isNaN(duration));
    if (known.length === 0) {
      return {
        ...unknownOutcome(count === 0 ? noFinish : noDuration),
        caveats: [count === 0 ? noFinish : noDuration, ...caveats],
      };
    }
    const scratch = new Float64Array(columns.length);
    const outcome = durationOutcome(items.durations, columns.doneAt, window, now, [], scratch);
    outcome.parts = [0.5, 0.85, 0.95].map((fraction) => expectation(known, fraction));
    outcome.caveats = [...caveats, ...smallSampleCaveat(outcome.sampleSize, finishedItem)];
    return outcome;
  },
  computeValue: ({ columns }) => medianHours(finishedItems(columns).durations),
});

const finishedItem = `finished ${workItem}`;
const noStart = 'no known start: their cycle time is unknown.';
const backwards = 'begun only after their finish, by the source: their cycle time is unknown.';
const noFinish =
  'No finished work item is known in this window: none was finished, or no source shows it.';
const noDuration =
  'Work items were finished in this window, but of none is it known when it was begun.';

/** The time within which at least this share of the items was done. @unit hours */
function expectation(durations: Float64Array, fraction: number): MetricPart {
  const percent = Math.round(fraction * 100);
  const value = nearestRank(durations, fraction);
  return {
    id: `sle_${percent}`,
    title: `${percent} % were done within`,
    value: value === null ? null : value / hourMs,
    sampleSize: durations.length,
    ...noPercentiles,
  };
}
