import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { formatShare } from '../../format.ts';
import { binomialTail } from '../statistics/binomial-tail.ts';

/** An open finding is over only below this share of what opens it. */
const clearingShare = 0.8;
const severeShare = 0.8;
const roundingError = 1e-9;

/** A team in which one person does what all could do. */
export const reviewLoadOutOfBalance = defineSignal(
  {
    id: 'review-load-out-of-balance',
    version: 3,
    title: 'Review load out of balance',
    description:
      'A team in which one person has half of all reviews or more: of those that are asked for and not given, where they wait for five people or more, or of those given in the last four weeks, where five people or more gave some. With fewer it is not told. It has to be more than chance makes of an even share: with few reviews, one of five easily has half of them. Whoever it is, is named nowhere, and how much it is, is told as at least so much and not as a number: both would be about one person. It is over once the share is below two fifths, or may be chance again.',
    subject: 'team',
    severity: 'medium',
    cadence: 'daily',
    clearAfterHours: 20,
    params: z.object({
      share: z
        .number()
        .min(0.2)
        .max(1)
        .default(0.5)
        .describe('Share of one person, in whole tenths'),
      waiting: z
        .number()
        .int()
        .positive()
        .default(8)
        .describe('Reviews asked for from which on it is told'),
      given: z
        .number()
        .int()
        .positive()
        .default(20)
        .describe('Reviews given from which on it is told'),
      chance: z
        .number()
        .positive()
        .max(0.2)
        .default(0.01)
        .describe('How likely it may be where all are asked alike'),
    }),
    evaluate(team, { params, isOpen }) {
      const reviewers = team.reviewerCount ?? 0;
      if (team.largestReviewShare === null && team.largestGivenShare === null) {
        return reviewers === 0
          ? null
          : {
              unknown: 'fewer than five people gave reviews or are asked for some',
              refusal: 'too_few_people',
            };
      }
      const factor = isOpen ? clearingShare : 1;
      const isUneven = (count: number | null, share: number | null, fewest: number): boolean => {
        if (count === null || share === null || count < fewest * factor) return false;
        if (share < params.share * factor) return false;
        // The share is rounded down: at least so many of them are one person's.
        const least = Math.ceil(share * count - roundingError);
        const chance = binomialTail(least, count, 1 / reviewers) * reviewers;
        return chance <= params.chance * (isOpen ? 10 : 1);
      };
      const isWaiting = isUneven(team.openReviewRequests, team.largestReviewShare, params.waiting);
      const isGiven = isUneven(team.reviewsGiven, team.largestGivenShare, params.given);
      const since = [
        isWaiting ? team.largestReviewSince : null,
        isGiven ? team.largestGivenSince : null,
      ].filter((at) => at !== null);
      if (since.length === 0) return null;
      const reviews = (isWaiting ? team.openReviewRequests : team.reviewsGiven) ?? 0;
      const share = (isWaiting ? team.largestReviewShare : team.largestGivenShare) ?? 0;
      // Only a bound that is the rule's own is told, never the number of the one person.
      const bound = share >= params.share ? params.share : params.share * clearingShare;
      const part = `at least ${formatShare(bound)} of ${reviews} reviews`;
      const what = isWaiting
        ? `is asked for ${part} that nobody has given yet`
        : `gave ${part} of the last weeks`;
      return {
        since: Math.min(...since),
        keepsSince: true,
        severity: share >= severeShare ? 'high' : 'medium',
        sentence: `One of ${reviewers} reviewers of ${team.key} ${what}.`,
        facts: { reviewers, reviews },
      };
    },
  },
  'shipped',
);
