import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { commentOn } from '../proposals.ts';

/** A change that reached the default branch without anybody but its author having seen it. */
export const mergeWithoutReview = defineSignal(
  {
    id: 'merge-without-review',
    version: 1,
    title: 'Merged without review',
    description:
      'A pull request that was merged into the default branch in the last fourteen days although nobody but its author had reviewed it; severe beyond 400 lines, about what one sitting of a review takes. What programs opened, reverts, what brings one lasting branch into another, and repositories in which nobody else opened or reviewed anything in ninety days are left out: there was nobody to ask. A review after the merge ends it, and so do fourteen days. Where a source shows no reviews it cannot be told.',
    subject: 'pull_request',
    severity: 'medium',
    params: z.object({
      severeLines: z
        .number()
        .int()
        .positive()
        .default(400)
        .describe('Lines added and removed beyond which it is severe'),
    }),
    evaluate(request, { params }) {
      if (request.state !== 'merged' || request.mergedAt === null) return null;
      if (request.isByBot || request.isDependencyUpdate || request.isRevert) return null;
      if (request.isBranchSync || request.isOnDefaultBranch === false) return null;
      if (request.mergedWithoutReview === null) {
        return { unknown: 'its source does not show who reviewed it' };
      }
      if (!request.mergedWithoutReview || (request.reviewCount ?? 0) > 0) return null;
      if (request.hasOtherPeople === false) return null;
      const isLarge = request.sizeLines !== null && request.sizeLines > params.severeLines;
      return {
        since: request.mergedAt,
        severity: isLarge ? 'high' : 'medium',
        sentence: `${request.key} was merged without a review.`,
        facts: { lines: request.sizeLines, files: request.changedFiles },
      };
    },
    suggest: (request) =>
      commentOn(request, 'This was merged without a review. Who can look at it now?'),
  },
  'shipped',
);
