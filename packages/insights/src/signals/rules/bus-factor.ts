import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';

/** A repository that only one person knows. */
export const busFactor = defineSignal(
  {
    id: 'bus-factor',
    version: 2,
    title: 'Bus factor of one',
    description:
      'A repository of which one person wrote four fifths of the commits of the last thirteen weeks: whoever else is asked would have to learn it first. Told from twenty commits in four different weeks on, of repositories whose team has five people at work or more, and of nobody by name. Commits of programs and merges do not count. It is over below seven tenths.',
    subject: 'repository',
    severity: 'low',
    cadence: 'daily',
    params: z.object({
      share: z.number().min(0.5).max(1).default(0.8).describe('Share of the commits of one person'),
      clearShare: z.number().min(0).max(1).default(0.7).describe('Share below which it is over'),
      commits: z.number().int().positive().default(20).describe('Commits from which on it is told'),
      weeks: z.number().int().positive().default(4).describe('Weeks in which there are any'),
    }),
    evaluate(repository, { params, isOpen }) {
      const { commitCount, commitsSince, largestAuthorShare } = repository;
      if (commitCount === null || commitCount < params.commits || commitsSince === null)
        return null;
      if ((repository.commitWeekCount ?? 0) < params.weeks) return null;
      if (largestAuthorShare === null) {
        return { unknown: 'fewer than five people are at work in its team' };
      }
      if (largestAuthorShare < (isOpen ? params.clearShare : params.share)) return null;
      const tenths = Math.floor(largestAuthorShare * 10 + 1e-9);
      const part = tenths === 10 ? 'All' : `${tenths} of 10`;
      return {
        since: commitsSince,
        // The first of the weeks that are counted: it goes on with them.
        keepsSince: true,
        sentence: `${part} commits of the last thirteen weeks in ${repository.key} come from one person.`,
        facts: { tenths, commits: commitCount, authors: repository.authorCount },
        evidence: [repository.id, ...repository.commitEvidence],
      };
    },
  },
  'shipped',
);
