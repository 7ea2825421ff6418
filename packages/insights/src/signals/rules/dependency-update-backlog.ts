import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { issueIn } from '../proposals.ts';

const dayMs = 86_400_000;

/** Dependency updates that pile up. */
export const dependencyUpdateBacklog = defineSignal(
  {
    id: 'dependency-update-backlog',
    version: 2,
    title: 'Dependency updates pile up',
    description:
      'A repository with five pull requests of programs that renew dependencies, each open for two weeks or more: nobody takes them, and five is about as many as such programs keep open before they stop. New ones are no backlog, however many. Severe from fifteen on. It is over with fewer than three such.',
    subject: 'repository',
    severity: 'low',
    cadence: 'daily',
    params: z.object({
      requests: z.number().int().positive().default(5).describe('Pull requests that are so old'),
      days: z.number().positive().default(14).describe('Days that they have been open'),
      severeRequests: z
        .number()
        .int()
        .positive()
        .default(15)
        .describe('Pull requests from which on it is severe'),
    }),
    evaluate(repository, { params, now, isOpen }) {
      const old = repository.dependencyUpdates.filter(
        ({ openedAt }) => now - openedAt >= params.days * dayMs,
      );
      const fewest = isOpen ? Math.ceil(params.requests * 0.6) : params.requests;
      const since = old[Math.min(params.requests, old.length) - 1]?.openedAt;
      if (old.length < fewest || since === undefined) return null;
      return {
        since: since + params.days * dayMs,
        keepsSince: true,
        severity: old.length >= params.severeRequests ? 'high' : 'low',
        sentence: `${repository.key} has ${old.length} dependency updates that have been open for ${params.days} days or more.`,
        facts: { old: old.length, open: repository.openDependencyUpdates },
        evidence: [repository.id, ...old.map(({ id }) => id)],
      };
    },
    suggest: (repository) =>
      issueIn(repository, {
        title: 'Dependency updates that nobody takes',
        body: 'Several pull requests that renew dependencies have been open for weeks. Taking them together, or having those that pass merged by rule, is less work than taking them late.',
        why: `Opens an issue to work off the dependency updates of ${repository.key}.`,
      }),
  },
  'shipped',
);
