import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { findRateFall } from '../statistics/rate-change.ts';

/** A week that reaches so much of what it was before is none of those in which it fell. */
const lowShare = 0.75;

/** A repository in which fewer changes are merged than used to be. */
export const throughputDrop = defineSignal(
  {
    id: 'throughput-drop',
    version: 2,
    title: 'Throughput drop',
    description:
      'A repository in which people have merged at least two fifths less in each week, for three full weeks or more, than in the weeks before, where that had been three a week or more. Each stretch of the last three to eight weeks is held against those before by a likelihood-ratio test of counts, less sure the more the weeks before differ; the 95 % interval of the ratio has to stay below four fifths. A quiet week or two, as of holidays, make none, and neither does a repository that has always been quiet. It is over once the last two weeks reach three quarters of what it was, or the fall is no longer clear.',
    subject: 'repository',
    severity: 'medium',
    cadence: 'daily',
    params: z.object({
      ratio: z.number().positive().max(1).default(0.6).describe('Share of what it was before'),
      upperRatio: z
        .number()
        .positive()
        .max(1)
        .default(0.8)
        .describe('Highest share that is still likely, 95 %'),
      deviations: z
        .number()
        .positive()
        .default(3)
        .describe('Standard deviations from no change at all'),
      perWeek: z.number().positive().default(3).describe('Merges a week before'),
      fewestWeeks: z.number().int().min(2).default(3).describe('Full weeks that it has lasted'),
      weeksBefore: z.number().int().min(4).default(6).describe('Weeks to compare with'),
    }),
    evaluate(repository, { params, isOpen }) {
      const weeks = repository.mergedPerWeek;
      const counts = weeks.map(({ value }) => value ?? 0);
      if (counts.length < params.weeksBefore + params.fewestWeeks) {
        return counts.length === 0 ? null : { unknown: 'too few weeks are known to compare' };
      }
      const fall = findRateFall(counts, {
        fewestBefore: params.weeksBefore,
        fewestAfter: params.fewestWeeks,
        mostAfter: 8,
      });
      if (fall === null || fall.beforeMean < params.perWeek) return null;
      const most = isOpen ? (1 + params.ratio) / 2 : params.ratio;
      if (fall.ratio > most || fall.upper > (isOpen ? 1 : params.upperRatio)) return null;
      if (fall.deviations > -params.deviations * (isOpen ? 2 / 3 : 1)) return null;
      const highest = fall.beforeMean * lowShare;
      const low = weeks.slice(-fall.periods).filter(({ value }) => (value ?? 0) <= highest);
      const [first] = low;
      const lastTwo = ((counts.at(-1) ?? 0) + (counts.at(-2) ?? 0)) / 2;
      if (first === undefined || low.length < params.fewestWeeks || lastTwo > highest) return null;
      const round = (value: number): number => Math.round(value * 10) / 10;
      return {
        since: first.start,
        keepsSince: true,
        sentence: `${repository.key} has merged ${round(fall.afterMean)} changes a week for ${fall.periods} weeks, ${round(fall.beforeMean)} before.`,
        facts: {
          ratio: Math.round(fall.ratio * 100) / 100,
          lowerRatio: Math.round(fall.lower * 100) / 100,
          upperRatio: Math.round(fall.upper * 100) / 100,
          weeks: fall.periods,
        },
        evidence: [repository.id, ...repository.mergeEvidence],
      };
    },
  },
  'shipped',
);
