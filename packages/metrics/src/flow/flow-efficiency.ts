import { defineMetric } from '@adjutant/core/domain';
import { shareCaveat, smallSampleCaveat } from '../caveats.ts';
import { unknownOutcome } from '../outcome.ts';
import { noPercentiles } from '../percentile.ts';
import { bucketOf, fullWeeks, spanOfBucket } from '../week-buckets.ts';
import { countedItems, leftOutCaveat, workItem } from '../work-items/counted-items.ts';
import { reopenedCaveat } from '../work-items/finish-caveats.ts';
import { type SpentTime, spentTimes } from '../work-items/spent-times.ts';

export const flowEfficiency = defineMetric({
  id: 'flow_efficiency',
  title: 'Flow efficiency',
  unit: 'share',
  definition: `Of the time between the start and the finish of the work items finished in the window, the share in which somebody worked on them: the time in active statuses, summed over all items, divided by all their time, summed likewise; never a mean of ratios, in which a short item weighs as much as a long one. Which statuses are active must be told; without that the figure is unknown. All other statuses are waiting. Time is elapsed calendar time, replayed from the changes of status; an item without such changes, or without a known start, stays out. ${countedItems} It misleads where a status says "in progress" while nobody works.`,
  source:
    'ProKanban, flow efficiency: active time divided by active and waiting time, sum over sum.',
  version: 1,
  subject: 'status_span',
  columns: ['kind', 'status', 'from', 'to', 'startedAt', 'doneAt', 'isDone', 'isReplayed'],
  windowColumn: 'doneAt',
  better: 'higher',
  isDetail: true,
  compute({ columns, window, now, settings }) {
    const { activeStatuses } = settings;
    if (activeStatuses === null || activeStatuses.length === 0) return unknownOutcome(notTold);
    const spent = spentTimes(columns, new Set(activeStatuses.map(plain)), plain);
    const beside = [
      ...leftOutCaveat(spent.leftOut, spent.items + spent.leftOut + spent.reopened),
      ...reopenedCaveat(spent.reopened),
      ...shareCaveat(spent.noStart, spent.items, finishedItem, ['has', 'have'], noStart),
      ...shareCaveat(spent.noChanges, spent.items, finishedItem, ['has', 'have'], noChanges),
    ];
    const measured = spent.times.reduce((count, { isLast }) => count + (isLast ? 1 : 0), 0);
    const total = sumOf(spent.times, ({ lengthMs }) => lengthMs);
    if (total === 0) {
      const reason = spent.items === 0 ? noFinish : noTime;
      return { ...unknownOutcome(reason), caveats: [reason, ...beside] };
    }
    const active = sumOf(spent.times, ({ isActive, lengthMs }) => (isActive ? lengthMs : 0));
    const weeks = fullWeeks(window, now);
    const perWeek = Array.from({ length: weeks.count }, () => ({ active: 0, total: 0, items: 0 }));
    for (const { row, lengthMs, isActive, isLast } of spent.times) {
      const week = perWeek[bucketOf(weeks, columns.doneAt[row] ?? Number.NaN)];
      if (week === undefined) continue;
      week.total += lengthMs;
      if (isActive) week.active += lengthMs;
      if (isLast) week.items += 1;
    }
    return {
      value: active / total,
      ...noPercentiles,
      sampleSize: measured,
      series: perWeek.map((week, index) => {
        const value = week.total === 0 ? null : week.active / week.total;
        return { ...spanOfBucket(weeks, index), value, sampleSize: week.items };
      }),
      caveats: [
        ...beside,
        ...(active === 0 ? [neverActive] : []),
        ...smallSampleCaveat(measured, finishedItem),
      ],
      evidence: spent.times.map(({ row }) => row),
    };
  },
});

/** Statuses are compared as people read them. */
function plain(status: string): string {
  return status.trim().toLowerCase();
}

function sumOf(times: readonly SpentTime[], of: (time: SpentTime) => number): number {
  return times.reduce((sum, time) => sum + of(time), 0);
}

const neverActive =
  'None of the statuses that these items passed is among the active ones that were told.';
const finishedItem = `finished ${workItem}`;
const notTold =
  'Nobody told which statuses mean that somebody works (flow.activeStatuses of the configuration, or the option flow of the SDK), and no source says it.';
const noStart = 'no known start before the finish and stays out.';
const noChanges = 'no known changes of status and stays out.';
const noFinish =
  'No finished work item is known in this window: none was finished, or no source shows it.';
const noTime =
  'Work items were finished in this window, but of none are start and changes of status known.';
