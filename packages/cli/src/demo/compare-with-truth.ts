import type { MetricAnswer, SyncStatus, TeamOverview } from '@adjutant/core';
import type { TeamTruth } from '@adjutant/connectors/testing';
import { formatFigure, formatNumber, type TeamReport } from '@adjutant/insights';
import { trueDeploymentsPerDay, trueMergesPerWeek, trueRevertShare } from './true-figures.ts';

/** One figure beside what the generator knows. */
export interface ComparedFigure {
  title: string;
  found: number | null;
  truth: number;
  /** How a number of this kind is written. */
  format: (value: number) => string;
  matches: boolean;
}

type Row = Omit<ComparedFigure, 'matches'>;

const tolerance = 1e-9;

/** Holds what was read and computed against the generator's own book-keeping. */
export function compareWithTruth(
  overview: TeamOverview,
  status: SyncStatus,
  report: TeamReport,
  truth: TeamTruth,
): ComparedFigure[] {
  return [...countRows(overview, status, report, truth), ...metricRows(overview, truth)].map(
    (row) => ({
      ...row,
      matches:
        row.found !== null &&
        Math.abs(row.found - row.truth) <= tolerance * Math.max(1, Math.abs(row.truth)),
    }),
  );
}

function countRows(
  { people, repositories }: TeamOverview,
  { rowCounts }: SyncStatus,
  report: TeamReport,
  truth: TeamTruth,
): Row[] {
  const count = (title: string, found: number | undefined, expected: number): Row => ({
    title,
    found: found ?? null,
    truth: expected,
    format: formatNumber,
  });
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

function metricRows({ metrics }: TeamOverview, truth: TeamTruth): Row[] {
  const row = (id: string, title: string, expected: number): Row => {
    const metric: MetricAnswer | undefined = metrics.find(({ metricId }) => metricId === id);
    const unit = metric?.unit ?? 'count';
    return {
      title,
      found: metric?.value ?? null,
      truth: expected,
      format: (value) => formatFigure(value, unit),
    };
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
