import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { commentOn } from '../proposals.ts';

/** How much smaller it must become before it is over. */
const clearingShare = 0.8;

/** A pull request that is too large to be reviewed well. */
export const oversizedPullRequest = defineSignal(
  {
    id: 'oversized-pull-request',
    version: 1,
    title: 'Oversized pull request',
    description:
      'An open pull request that adds and removes more than 800 lines: reviews find less the more there is to read, and 400 lines are about what one sitting takes, so this is two of them. Severe beyond 2000. Drafts, what is marked as on hold, what programs opened, reverts, and what brings one lasting branch into another are left out. Which lines were generated cannot be told, because paths are not read. It is over once less than four fifths of the threshold are left, and when it is closed or merged.',
    subject: 'pull_request',
    severity: 'medium',
    params: z.object({
      lines: z.number().int().positive().default(800).describe('Lines added and removed'),
      severeLines: z
        .number()
        .int()
        .positive()
        .default(2000)
        .describe('Lines beyond which it is severe'),
    }),
    evaluate(request, { params, isOpen }) {
      if (request.state !== 'open' || request.isDraft || request.isOnHold) return null;
      if (request.isByBot || request.isRevert) return null;
      if (request.isDependencyUpdate || request.isBranchSync) return null;
      const since = request.readyAt ?? request.openedAt;
      if (request.sizeLines === null || since === null) {
        return { unknown: 'its source does not show how large it is' };
      }
      const most = isOpen ? params.lines * clearingShare : params.lines;
      if (request.sizeLines <= most) return null;
      return {
        since,
        severity: request.sizeLines > params.severeLines ? 'high' : 'medium',
        sentence: `${request.key} changes ${request.sizeLines} lines, more than a review can take in.`,
        facts: { lines: request.sizeLines, files: request.changedFiles },
      };
    },
    suggest: (request) =>
      commentOn(
        request,
        'This pull request is larger than a review can take in. Could it be split into parts that make sense alone?',
      ),
  },
  'shipped',
);
