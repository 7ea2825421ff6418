import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { commentOn } from '../proposals.ts';
import { spokenWeekdays } from '../spoken-weekdays.ts';

/** A pull request whose author was asked for something and has not answered. */
export const waitingForAuthor = defineSignal(
  {
    id: 'waiting-for-author',
    version: 1,
    title: 'Waiting for author',
    description:
      'An open pull request on which somebody asked for changes or commented three weekdays ago, and whose author has neither answered nor pushed since; severe after ten. Three days leave room to finish something else first. Saturdays and Sundays do not count. Drafts, what is marked as on hold, what programs opened and what brings one lasting branch into another are left out. An answer or a push by its author ends it, as do an approval, turning it into a draft, closing and merging.',
    subject: 'pull_request',
    severity: 'medium',
    params: z.object({
      weekdayHours: z
        .number()
        .positive()
        .default(72)
        .describe('Hours of weekdays without an answer of the author'),
      severeWeekdayHours: z
        .number()
        .positive()
        .default(240)
        .describe('Hours of weekdays from which on it is severe'),
    }),
    evaluate(request, { params }) {
      if (request.state !== 'open' || request.waitingFor !== 'author') return null;
      if (request.isByBot || request.isOnHold || request.isBranchSync) return null;
      if (request.waitingSince === null || request.waitingWeekdayHours === null) {
        return { unknown: 'its source does not show since when it waits' };
      }
      const hours = request.waitingWeekdayHours;
      if (hours < params.weekdayHours) return null;
      return {
        since: request.waitingSince,
        severity: hours >= params.severeWeekdayHours ? 'high' : 'medium',
        sentence: `${request.key} has been waiting for its author for ${spokenWeekdays(hours)}.`,
        facts: {
          weekdayHours: Math.floor(hours),
          changesRequested: request.changesRequestedCount,
        },
      };
    },
    suggest: (request) =>
      commentOn(
        request,
        'This pull request has been waiting for an answer of its author for some days. Will it go on, or should it be closed?',
      ),
  },
  'shipped',
);
