import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { binomialTail } from '../statistics/binomial-tail.ts';

/** An open finding is over only below this share of what opens it. */
const clearingShare = 0.8;

interface Balance {
  share: number;
  count: number;
  most: number;
}

/** A team in which one person does what all could do. */
export const reviewLoadOutOfBalance = defineSignal(
  {
    id: 'review-load-out-of-balance',
    version: 2,
    title: 'Review load out of balance',
    description:
      'A team with five reviewers or more of whom one has half of all reviews: of those that are asked for and not given, or of those given in the last four weeks. It has to be more than chance makes of an even share: with few reviews, one of five easily has half of them. Whoever it is, is named nowhere. It is over once the share is below two fifths, or may be chance again.',
    subject: 'team',
    severity: 'medium',
    cadence: 'daily',
    clearAfterHours: 20,
    params: z.object({
      share: z.number().min(0.2).max(1).default(0.5).describe('Share of one person'),
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
        return reviewers === 0 ? null : { unknown: 'it has fewer than five reviewers' };
      }
      const factor = isOpen ? clearingShare : 1;
      const isUneven = (count: number | null, share: number | null, fewest: number): boolean => {
        if (count === null || share === null || count < fewest * factor) return false;
        if (share < params.share * factor) return false;
        const chance = binomialTail(Math.round(share * count), count, 1 / reviewers) * reviewers;
        return chance <= params.chance * (isOpen ? 10 : 1);
      };
      const waiting = isUneven(team.openReviewRequests, team.largestReviewShare, params.waiting)
        ? balance(team.openReviewRequests, team.largestReviewShare)
        : null;
      const given = isUneven(team.reviewsGiven, team.largestGivenShare, params.given)
        ? balance(team.reviewsGiven, team.largestGivenShare)
        : null;
      const since = [
        ...(waiting === null ? [] : [team.largestReviewSince]),
        ...(given === null ? [] : [heavySince(team.givenWeeks, params.share * clearingShare)]),
      ].filter((at) => at !== null);
      const shown = waiting ?? given;
      if (shown === null || since.length === 0) return null;
      const what =
        waiting === null
          ? `gave ${shown.most} of ${shown.count} reviews of the last weeks`
          : `is asked for ${shown.most} of ${shown.count} reviews that nobody has given yet`;
      return {
        since: Math.min(...since),
        keepsSince: true,
        severity: shown.share >= 0.75 ? 'high' : 'medium',
        sentence: `One of ${reviewers} reviewers of ${team.key} ${what}.`,
        facts: { reviewers, reviews: shown.count, largest: shown.most },
      };
    },
  },
  'shipped',
);

function balance(count: number | null, share: number | null): Balance {
  const known = { count: count ?? 0, share: share ?? 0 };
  return { ...known, most: Math.round(known.count * known.share) };
}

/** The first of the last weeks in a row in which one person gave so much of all reviews. */
function heavySince(
  weeks: readonly { start: number; given: number; largest: number }[],
  share: number,
): number | null {
  let began: number | null = null;
  for (const { start, given, largest } of weeks.toReversed()) {
    if (given === 0) continue;
    if (largest / given < share) break;
    began = start;
  }
  return began ?? weeks[0]?.start ?? null;
}
