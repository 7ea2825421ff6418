import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { rerunOf } from '../proposals.ts';
import { spokenHours } from '../spoken-hours.ts';

/** A pipeline that fails on the default branch. */
export const redMainBranch = defineSignal(
  {
    id: 'red-main-branch',
    version: 1,
    title: 'Red main branch',
    description:
      'A pipeline whose last run on the default branch failed, and that has been red for an hour, or failed twice in a row: an hour is what it takes to look at a failure and run it again. Cancelled runs and runs of other branches do not count, and neither does a pipeline that is run no more: one that other pipelines have left behind by ten commits. The next run of the default branch that passes ends it.',
    subject: 'pipeline',
    severity: 'high',
    params: z.object({
      hours: z.number().positive().default(1).describe('Hours after a single failure'),
      failuresInRow: z
        .number()
        .int()
        .positive()
        .default(2)
        .describe('Failures in a row for which nobody waits so long'),
      retiredAfterCommits: z
        .number()
        .int()
        .positive()
        .default(10)
        .describe('Commits after which a pipeline that does not run on them is taken for retired'),
    }),
    evaluate(pipeline, { params }) {
      if (pipeline.lastResult === 'unknown') {
        return { unknown: 'no run of it is known to be of the default branch' };
      }
      const { failingSince, failingHours, failuresInRow } = pipeline;
      if (pipeline.lastResult === 'success' || failingSince === null) return null;
      if ((pipeline.laterCommitCount ?? 0) >= params.retiredAfterCommits) return null;
      const isRepeated = (failuresInRow ?? 0) >= params.failuresInRow;
      if (!isRepeated && (failingHours ?? 0) < params.hours) return null;
      const hours = failingHours ?? 0;
      const lasting = hours < 1 ? '' : `, for ${spokenHours(hours)}`;
      return {
        since: failingSince,
        sentence: `${pipeline.key} fails on the default branch${lasting}.`,
        facts: { failuresInRow, hours: Math.floor(hours) },
      };
    },
    suggest: (pipeline) =>
      pipeline.failuresInRow === 1
        ? rerunOf(pipeline, pipeline.lastRunId, `Runs again what failed of ${pipeline.key}.`)
        : [],
  },
  'shipped',
);
