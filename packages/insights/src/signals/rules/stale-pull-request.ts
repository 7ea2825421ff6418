import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { commentOn } from '../proposals.ts';
import { spokenHours } from '../spoken-hours.ts';

/** An open pull request that nobody has touched for long. */
export const stalePullRequest = defineSignal(
  {
    id: 'stale-pull-request',
    version: 1,
    title: 'Stale pull request',
    description:
      'An open pull request with which nobody has done anything for a week: no commit, comment, review or request; severe after three weeks. A week leaves out nobody who works on it by the side. Drafts, what is marked as on hold, what programs opened and what brings one lasting branch into another are left out. Any act of a person ends it, as do closing and merging.',
    subject: 'pull_request',
    severity: 'medium',
    params: z.object({
      idleDays: z.number().positive().default(7).describe('Days without an act of a person'),
      severeDays: z.number().positive().default(21).describe('Days from which on it is severe'),
    }),
    evaluate(request, { params }) {
      if (request.state !== 'open' || request.isDraft || request.isByBot) return null;
      if (request.isOnHold || request.isBranchSync) return null;
      if (request.lastActivityAt === null || request.idleHours === null) {
        return { unknown: 'its source does not show when something last happened to it' };
      }
      if (request.idleHours < params.idleDays * 24) return null;
      const idleDays = Math.floor(request.idleHours / 24);
      return {
        since: request.lastActivityAt,
        severity: idleDays >= params.severeDays ? 'high' : 'medium',
        sentence: `Nobody has touched ${request.key} for ${spokenHours(request.idleHours)}.`,
        facts: { idleDays },
      };
    },
    suggest: (request) =>
      commentOn(
        request,
        'Nothing has happened here for some time. Will this go on, or should it be closed?',
      ),
  },
  'shipped',
);
