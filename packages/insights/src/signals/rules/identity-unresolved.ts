import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';

/** People who are known twice, as far as can be told. */
export const identityUnresolved = defineSignal(
  {
    id: 'identity-unresolved',
    version: 2,
    title: 'People known to one source alone',
    description:
      'Two people or more, and a tenth of those at work lately whom sources of code know, who are known there alone, while as many are known only to others (trackers, chat, on-call): they are likely the same people under two names, and whatever is told of teams counts them twice or not at all. Who is known to one side alone is no finding where the other side has nobody to match. Severe from a third on. Saying who is who ends it; it is over below half of these numbers.',
    subject: 'workspace',
    severity: 'low',
    cadence: 'daily',
    params: z.object({
      people: z.number().int().positive().default(2).describe('People on either side'),
      share: z
        .number()
        .min(0)
        .max(1)
        .default(0.1)
        .describe('Share of those at work lately whom sources of code know'),
      severeShare: z
        .number()
        .min(0)
        .max(1)
        .default(0.33)
        .describe('Share from which on it is severe'),
    }),
    evaluate(workspace, { params, isOpen }) {
      // Accounts of a chat that nobody has matched would make the whole larger, and hide the part.
      const { unmatchedPeople, codePeople, unmatchedSince } = workspace;
      if (unmatchedPeople === null || codePeople === null) {
        return { unknown: 'there is no second kind of source that knows people' };
      }
      const factor = isOpen ? 0.5 : 1;
      const share = codePeople === 0 ? 0 : unmatchedPeople / codePeople;
      if (unmatchedPeople < params.people * factor || share < params.share * factor) return null;
      if (unmatchedSince === null || unmatchedPeople === 0) return null;
      return {
        since: unmatchedSince,
        // Their first work of the last weeks: it goes on with them.
        keepsSince: true,
        severity: share >= params.severeShare ? 'high' : 'low',
        sentence: `Of ${codePeople} people at work lately whom sources of code know, ${unmatchedPeople} may be known to others by another name: as many are known there alone, and here alone.`,
        facts: { unmatched: unmatchedPeople, ofCode: codePeople },
      };
    },
  },
  'shipped',
);
