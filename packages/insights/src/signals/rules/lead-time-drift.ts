import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { findChangePoint } from '../statistics/change-point.ts';
import { type ShiftInterval, shiftInterval } from '../statistics/shift-interval.ts';

const dayMs = 86_400_000;
/** What took less is as quick: clocks of machines differ by as much. @unit hours */
const shortest = 0.05;
/** How long is looked at to see whether it is still so. */
const latelyMs = 14 * dayMs;
const fewestLately = 3;

/** Changes that take longer from first commit to merge than they used to. */
export const leadTimeDrift = defineSignal(
  {
    id: 'lead-time-drift',
    version: 2,
    title: 'Lead time drifts',
    description:
      'A repository whose pull requests of people have come to take half as long again from first commit to merge, for two weeks at least. Where the level changed in the last twelve weeks is found by a test that looks at ranks alone (Pettitt), so a few slow ones do not make a change; how much it changed is the Hodges–Lehmann ratio with its 95 % interval, which has to lie above 1. It is over once the ratio or the certainty falls below a lower bound, once the last two weeks are quick again, and when the slower weeks are all there is to compare with, each for two days. Where the level changed is estimated anew each day: what is told already stays, and keeps its day, though the estimate moves.',
    subject: 'repository',
    severity: 'medium',
    cadence: 'daily',
    clearAfterHours: 48,
    params: z.object({
      ratio: z.number().min(1).default(1.5).describe('How many times as long as before'),
      chance: z
        .number()
        .positive()
        .max(0.2)
        .default(0.01)
        .describe('How likely it may be without any change'),
      fewest: z
        .number()
        .int()
        .min(5)
        .default(10)
        .describe('Pull requests on either side of the change'),
      days: z.number().positive().default(14).describe('Days that it has lasted'),
    }),
    evaluate(repository, { params, now, isOpen }) {
      const values = repository.leadTimeValues;
      if (values.length < 2 * params.fewest) {
        return values.length === 0
          ? { unknown: 'no first commits are known of what was merged' }
          : null;
      }
      const logs = values.map(({ hours }) => Math.log(Math.max(shortest, hours)));
      const change = findChangePoint(logs);
      if (change === null || change.chance > params.chance * (isOpen ? 5 : 1)) return null;
      const { position } = change;
      const since = values[position]?.at;
      if (since === undefined) return null;
      // The estimate moves with each merge: how long it has lasted is asked once.
      const fewest = isOpen ? Math.ceil(params.fewest / 2) : params.fewest;
      if (Math.min(position, values.length - position) < fewest) return null;
      if (!isOpen && now - since < params.days * dayMs) return null;
      const before = logs.slice(0, position);
      const shift = shiftInterval(logs.slice(position), before);
      const wanted = isOpen ? 1 + (params.ratio - 1) / 2 : params.ratio;
      if (shift === null || Math.exp(shift.shift) < wanted || shift.lower <= 0) return null;
      const lately = logs.filter((_, row) => (values[row]?.at ?? 0) > now - latelyMs);
      if (!isStillSo(lately, before, shift.shift / (isOpen ? 3 : 2))) return null;
      return found(repository.key, since, shift, values);
    },
  },
  'shipped',
);

/** So far from the old level at least: nearer to the new one, or for what is told not back at the old. */
function isStillSo(lately: readonly number[], before: readonly number[], least: number): boolean {
  if (lately.length < fewestLately) return true;
  return (shiftInterval(lately, before)?.shift ?? 0) >= least;
}

function found(
  key: string,
  since: number,
  { shift, lower, upper }: ShiftInterval,
  values: readonly { id: string }[],
) {
  const times = (logRatio: number): number => Math.round(Math.exp(logRatio) * 10) / 10;
  return {
    since,
    keepsSince: true,
    sentence: `From first commit to merge takes about ${times(shift)} times as long in ${key} as before.`,
    facts: {
      ratio: times(shift),
      lowerRatio: times(lower),
      upperRatio: times(upper),
      pullRequests: values.length,
    },
    evidence: values.map(({ id }) => id).slice(-2_000),
  };
}
