import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { spokenAtMost } from '../counted.ts';
import { issueIn } from '../proposals.ts';

/** Of more commits than these not all are named. */
const mostCommits = 400;

/** A job that fails and passes on the same code, again and again. */
export const flakyTestCluster = defineSignal(
  {
    id: 'flaky-test-cluster',
    version: 2,
    title: 'Flaky tests',
    description:
      'A job, or a pipeline of which no jobs are read, that within fourteen days both failed and passed on each of three commits, on two days at least; severe from eight on. Nothing in the code changed between the two results. A single run that was started again happens to everybody, and what goes wrong on one day only is more likely a service that was down. It is over with fewer than two such commits in fourteen days.',
    subject: 'pipeline_job',
    severity: 'medium',
    cadence: 'daily',
    params: z.object({
      commits: z
        .number()
        .int()
        .positive()
        .default(3)
        .describe('Commits on which it failed and passed'),
      days: z.number().int().positive().default(2).describe('Days on which that came to light'),
      severeCommits: z
        .number()
        .int()
        .positive()
        .default(8)
        .describe('Commits from which on it is severe'),
    }),
    evaluate(job, { params, isOpen }) {
      const { flakyCommitCount, commitCount, firstFlakyAt } = job;
      if (flakyCommitCount === null) return { unknown: 'its runs name no commits' };
      const fewest = isOpen ? Math.max(1, params.commits - 1) : params.commits;
      if (flakyCommitCount < fewest || firstFlakyAt === null) return null;
      if (!isOpen && (job.flakyDayCount ?? 0) < params.days) return null;
      return {
        since: firstFlakyAt,
        // The first of the last fourteen days: it goes on with them.
        keepsSince: true,
        severity: flakyCommitCount >= params.severeCommits ? 'high' : 'medium',
        sentence: `${job.key} both failed and passed on ${spokenAtMost(flakyCommitCount, mostCommits)} of the ${spokenAtMost(commitCount ?? 0, mostCommits)} commits of the last fourteen days.`,
        facts: { flakyCommits: flakyCommitCount, commits: commitCount, days: job.flakyDayCount },
      };
    },
    suggest: (job) =>
      issueIn(job, {
        title: 'Tests that fail and pass on the same commit',
        body: 'A job of this repository fails and passes by turns on the same commits. Until the cause is found it costs everybody reruns, and hides failures that are real.',
        why: `Opens an issue to find out why ${job.key} is not stable.`,
      }),
  },
  'shipped',
);
