import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';

/** A team that works much on what was not planned, and more than before. */
export const unplannedWorkShare = defineSignal(
  {
    id: 'unplanned-work-share',
    version: 2,
    title: 'Unplanned work share',
    description:
      'A team that plans in sprints and of whose work items, of those taken up in the last four weeks, more than 35 % were in no sprint then or had come into one that ran, and more than 1.3 times the share of the eight weeks before. Both must hold: a team that always answers much as it comes is no finding, and neither is a small share that grew. It is over below 30 %, or below 1.15 times.',
    subject: 'team',
    severity: 'medium',
    cadence: 'daily',
    clearAfterHours: 48,
    params: z.object({
      share: z
        .number()
        .positive()
        .max(1)
        .default(0.35)
        .describe('Share of what was taken up; 0.35, because above a third a plan says little'),
      growth: z
        .number()
        .positive()
        .default(1.3)
        .describe('How many times the share of the eight weeks before'),
      clearShare: z.number().min(0).max(1).default(0.3).describe('Share below which it is over'),
      clearGrowth: z.number().min(0).default(1.15).describe('Growth below which it is over'),
      fewestItems: z
        .number()
        .int()
        .positive()
        .default(10)
        .describe('Items taken up below which nothing is said; 10, so that one is a tenth at most'),
    }),
    evaluate(team, { params, isOpen }) {
      const { startedItems, unplannedItems, unplannedShare, earlierUnplannedShare } = team;
      if (unplannedShare === null || startedItems === null || unplannedItems === null) {
        return { unknown: 'its work items are in no sprints' };
      }
      if (startedItems < params.fewestItems) return null;
      const share = isOpen ? params.clearShare : params.share;
      if (unplannedShare <= share) return null;
      if (earlierUnplannedShare === null) {
        return { unknown: 'it is not known how much was unplanned in the eight weeks before' };
      }
      const growth = isOpen ? params.clearGrowth : params.growth;
      if (unplannedShare <= earlierUnplannedShare * growth) return null;
      const [percent, earlier] = [unplannedShare, earlierUnplannedShare].map((value) =>
        Math.round(value * 100),
      );
      return {
        since: team.unplannedSince ?? team.asOf,
        keepsSince: true,
        sentence: `${percent} % of what ${team.key} took up in four weeks was not planned, ${unplannedItems} of ${startedItems} items; in the eight weeks before it was ${earlier} %.`,
        facts: { startedItems, unplannedItems, percent: percent ?? null, earlier: earlier ?? null },
        evidence: [team.id, ...team.startedEvidence],
      };
    },
  },
  'shipped',
);
