import type { MetricAnswer } from '@adjutant/core';
import type { TeamTruth } from '@adjutant/connectors/testing';
import { compared, type ComparedFigure } from './compared-figure.ts';
import type { TeamReading } from './read-team.ts';
import { trueDeploymentsPerDay, trueMergesPerWeek, trueRevertShare } from './true-figures.ts';

/** Holds what was read and computed from clones against the generator's own book-keeping. */
export function compareWithTruth(reading: TeamReading, truth: TeamTruth): ComparedFigure[] {
  return [...countRows(reading, truth), ...metricRows(reading, truth)];
}

function countRows(
  { overview: { people, repositories }, status: { rowCounts }, report }: TeamReading,
  truth: TeamTruth,
): ComparedFigure[] {
  const count = (title: string, found: number | undefined, expected: number): ComparedFigure =>
    compared({ title, unit: 'count', found: found ?? null, truth: expected });
  const merged = repositories.reduce((sum, { mergedCount }) => sum + mergedCount, 0);
  const waiting = report.repositories.reduce(
    (sum, { releases }) => sum + (releases.waiting?.total ?? 0),
    0,
  );
  return [
    count('Repositories', repositories.length, truth.repositories.length),
    count('People', people.humans, truth.humans),
    count('Bots', people.serviceBots, truth.serviceBots),
    count('Coding agents', people.codingAgents, truth.codingAgents),
    count('Commits', rowCounts['commits'], truth.commits),
    count('Merges', merged, truth.merges),
    count('Releases', rowCounts['releases'], truth.tags),
    count('Merges that wait for a release', waiting, truth.waitingForTag),
    count("Commits with an agent's mark", rowCounts['ai_evidence'], truth.agentMarkedCommits),
  ];
}

function metricRows({ overview: { metrics } }: TeamReading, truth: TeamTruth): ComparedFigure[] {
  const row = (id: string, title: string, expected: number): ComparedFigure => {
    const metric: MetricAnswer | undefined = metrics.find(({ metricId }) => metricId === id);
    return compared({
      title,
      unit: metric?.unit ?? 'count',
      found: metric?.value ?? null,
      truth: expected,
    });
  };
  return [
    row('lead_time_for_changes', 'Lead time for changes', truth.leadTimeP50Hours),
    row('throughput', 'Throughput', trueMergesPerWeek(truth)),
    row('first_commit_to_merge', 'First commit to merge', truth.firstCommitToMergeP50Hours),
    row('merge_to_release', 'Merge to release', truth.mergeToTagP50Hours),
    row('deployment_frequency', 'Deployment frequency', trueDeploymentsPerDay(truth)),
    row('revert_share', 'Share of reverts', trueRevertShare(truth)),
  ];
}
