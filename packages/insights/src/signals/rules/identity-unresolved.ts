import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';

/** People who are known twice, as far as can be told. */
export const identityUnresolved = defineSignal(
  {
    id: 'identity-unresolved',
    version: 1,
    title: 'People known to one source alone',
    description:
      'Two people or more, and a tenth of those at work lately, whom only sources of code know, while as many are known only to others: they are likely the same people under two names, and whatever is told of teams counts them twice or not at all. Who is known to one side alone is no finding where the other side has nobody to match. Severe from a third on. Saying who is who ends it; it is over below half of these numbers.',
    subject: 'workspace',
    severity: 'low',
    cadence: 'daily',
    params: z.object({
      people: z.number().int().positive().default(2).describe('People on either side'),
      share: z.number().min(0).max(1).default(0.1).describe('Share of those at work lately'),
      severeShare: z
        .number()
        .min(0)
        .max(1)
        .default(0.33)
        .describe('Share from which on it is severe'),
    }),
    evaluate(workspace, { params, isOpen }) {
      const { unmatchedPeople, activePeople, unmatchedSince } = workspace;
      if (unmatchedPeople === null || activePeople === null) {
        return { unknown: 'there is no second kind of source that knows people' };
      }
      const factor = isOpen ? 0.5 : 1;
      const share = activePeople === 0 ? 0 : unmatchedPeople / activePeople;
      if (unmatchedPeople < params.people * factor || share < params.share * factor) return null;
      if (unmatchedSince === null || unmatchedPeople === 0) return null;
      return {
        since: unmatchedSince,
        severity: share >= params.severeShare ? 'high' : 'low',
        sentence: `${unmatchedPeople} of ${activePeople} people at work lately are known to sources of code alone, or to others alone, and may be the same.`,
        facts: { unmatched: unmatchedPeople, active: activePeople },
      };
    },
  },
  'shipped',
);
