import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { formatShare } from '../../format.ts';

/** A repository that only one person knows. */
export const busFactor = defineSignal(
  {
    id: 'bus-factor',
    version: 3,
    title: 'Bus factor of one',
    description:
      'A repository of which one person wrote four fifths of the commits of the last thirteen weeks: whoever else is asked would have to learn it first. Told from twenty commits in four different weeks on, and only of repositories that five people or more committed to in these weeks: with fewer, how much one of them wrote would be told of a few, so the rule cannot tell, though such a repository depends on one person most of all. It names nobody and tells no number of one person, only that it is at least the share below. Commits of programs and merges do not count. It is over below seven tenths.',
    subject: 'repository',
    severity: 'low',
    cadence: 'daily',
    params: z.object({
      share: z
        .number()
        .min(0.5)
        .max(1)
        .default(0.8)
        .describe('Share of the commits of one person, in whole tenths'),
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
        return { unknown: 'fewer than five people committed to it', refusal: 'too_few_people' };
      }
      if (largestAuthorShare < (isOpen ? params.clearShare : params.share)) return null;
      // Only a bound that is the rule's own is told, never the share of the one person.
      const bound = largestAuthorShare < params.share ? params.clearShare : params.share;
      return {
        since: commitsSince,
        // The first of the weeks that are counted: it goes on with them.
        keepsSince: true,
        sentence: `At least ${formatShare(bound)} of the commits of the last thirteen weeks in ${repository.key} come from one person.`,
        facts: { commits: commitCount, authors: repository.authorCount },
        evidence: [repository.id, ...repository.commitEvidence],
      };
    },
  },
  'shipped',
);
