import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';

/** An open finding is over only below this share of what opens it. */
const clearingShare = 0.8;

/** A pipeline that takes long, or longer than it used to. */
export const longRunningBuild = defineSignal(
  {
    id: 'long-running-build',
    version: 2,
    title: 'Long-running build',
    description:
      'A pipeline whose middle successful run of the last seven days took more than 30 minutes, longer than anybody waits for it, of five runs at least, or half as long again as in the four weeks before and five minutes more, with ten runs on either side. Single slow runs do not move the middle. It is told of the default branch, or of all branches where no run is known to be of that one. It is over below four fifths of what opens it, for two days; a week with fewer than five runs changes nothing.',
    subject: 'pipeline',
    severity: 'medium',
    cadence: 'daily',
    clearAfterHours: 48,
    params: z.object({
      minutes: z.number().positive().default(30).describe('Minutes of the middle run'),
      fewestRuns: z
        .number()
        .int()
        .positive()
        .default(5)
        .describe('Successful runs of the week below which nothing is said'),
      growth: z
        .number()
        .min(1)
        .default(1.5)
        .describe('How many times as long as before is told of'),
      growthMinutes: z.number().positive().default(5).describe('Minutes more, at least'),
      growthRuns: z
        .number()
        .int()
        .positive()
        .default(10)
        .describe('Runs on either side that growth is told from'),
    }),
    evaluate(pipeline, { params, isOpen }) {
      const { medianMinutes, timedRunCount, earlierMedianMinutes, earlierRunCount } = pipeline;
      if (medianMinutes === null) return { unknown: 'no successful run of the last week is known' };
      const share = isOpen ? clearingShare : 1;
      if ((timedRunCount ?? 0) < params.fewestRuns) {
        return isOpen ? { unknown: 'too few successful runs of the last week are known' } : null;
      }
      const isLong = medianMinutes > params.minutes * share;
      const growth =
        earlierMedianMinutes === null || earlierMedianMinutes <= 0
          ? null
          : medianMinutes / earlierMedianMinutes;
      const mostGrowth = isOpen ? 1 + (params.growth - 1) / 2 : params.growth;
      const isGrown =
        growth !== null &&
        growth > mostGrowth &&
        medianMinutes - (earlierMedianMinutes ?? 0) >= params.growthMinutes * share &&
        Math.min(timedRunCount ?? 0, earlierRunCount ?? 0) >=
          (isOpen ? params.fewestRuns : params.growthRuns);
      if (!isLong && !isGrown) return null;
      const floor = isLong
        ? params.minutes * share
        : Math.max(
            (earlierMedianMinutes ?? 0) * mostGrowth,
            (earlierMedianMinutes ?? 0) + params.growthMinutes * share,
          );
      const minutes = Math.round(medianMinutes);
      const before = Math.round(earlierMedianMinutes ?? 0);
      return {
        since: beganAt(pipeline.weeks, floor) ?? pipeline.asOf,
        keepsSince: true,
        severity: medianMinutes > 2 * params.minutes ? 'high' : 'medium',
        sentence: isGrown
          ? `${pipeline.key} takes ${minutes} minutes, ${before} in the four weeks before.`
          : `${pipeline.key} takes ${minutes} minutes.`,
        facts: {
          minutes,
          earlierMinutes: earlierMedianMinutes === null ? null : before,
          runs: timedRunCount,
        },
        evidence: pipeline.durationEvidence,
      };
    },
  },
  'shipped',
);

/** The first of the last weeks in a row whose middle run took so long; weeks without runs change nothing. */
function beganAt(
  weeks: readonly { start: number; value: number | null }[],
  minutes: number,
): number | null {
  let began: number | null = null;
  for (const { start, value } of weeks.toReversed()) {
    if (value === null) continue;
    if (value <= minutes) return began ?? start;
    began = start;
  }
  return began;
}
