import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { commentOn } from '../proposals.ts';
import { spokenWeekdays } from '../spoken-weekdays.ts';

/** A pull request that is ready and that nobody reviews. */
export const waitingForReview = defineSignal(
  {
    id: 'waiting-for-review',
    version: 1,
    title: 'Waiting for review',
    description:
      'An open pull request that has been ready for review, or answered by its author, for a whole weekday without anybody saying anything to it; severe after three. A day is what most teams give themselves for a first answer. Saturdays and Sundays do not count. Drafts, what is marked as on hold, what programs opened and what brings one lasting branch into another are left out. A review or comment by somebody else ends it, as do turning it into a draft, closing and merging.',
    subject: 'pull_request',
    severity: 'medium',
    params: z.object({
      weekdayHours: z
        .number()
        .positive()
        .default(24)
        .describe('Hours of weekdays without an answer'),
      severeWeekdayHours: z
        .number()
        .positive()
        .default(72)
        .describe('Hours of weekdays from which on it is severe'),
    }),
    evaluate(request, { params }) {
      if (request.state !== 'open' || request.waitingFor !== 'review') return null;
      if (request.isByBot || request.isOnHold || request.isBranchSync) return null;
      if (request.waitingSince === null || request.waitingWeekdayHours === null) {
        return { unknown: 'its source does not show since when it is ready' };
      }
      const hours = request.waitingWeekdayHours;
      if (hours < params.weekdayHours) return null;
      return {
        since: request.waitingSince,
        severity: hours >= params.severeWeekdayHours ? 'high' : 'medium',
        sentence: `${request.key} has been waiting for a review for ${spokenWeekdays(hours)}.`,
        facts: {
          weekdayHours: Math.floor(hours),
          requestedReviewers: request.requestedReviewerCount,
        },
      };
    },
    suggest: (request) =>
      commentOn(
        request,
        'This pull request has been waiting for a review for more than a day. Who can look at it?',
      ),
  },
  'shipped',
);
