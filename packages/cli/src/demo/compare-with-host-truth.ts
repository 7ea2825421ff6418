import type { GithubTeamTruth, TeamTruth } from '@adjutant/connectors/testing';
import type { MetricUnit } from '@adjutant/core/domain';
import { compared, type ComparedFigure } from './compared-figure.ts';
import type { TeamReading } from './read-team.ts';
import { trueAnsweredWithinDay, trueHostDeploymentsPerDay } from './true-figures.ts';

/** A figure with the code host beside the one that the clones alone gave. */
export interface HostFigure extends ComparedFigure {
  fromClones: number | null;
}

interface HostRow {
  title: string;
  unit: MetricUnit;
  truth: number;
  /** Reads the figure off either reading. */
  read: (reading: TeamReading) => number | null;
}

/** Holds what clones and code host give together against the generator's own book-keeping. */
export function compareWithHostTruth(
  clones: TeamReading,
  both: TeamReading,
  truths: { team: TeamTruth; host: GithubTeamTruth },
): HostFigure[] {
  const rows = [
    ...stageRows(truths.host),
    ...detailRows(truths.host),
    ...deliveryRows(truths.host),
    ...onceRows(truths.team),
  ];
  return rows.map(({ title, unit, truth, read }) => ({
    ...compared({ title, unit, truth, found: read(both) }),
    fromClones: read(clones),
  }));
}

/** Stages of merged pull requests: their medians, and how many were answered at all. */
function stageRows(truth: GithubTeamTruth): HostRow[] {
  const stage = (id: string, title: string, { p50Hours }: { p50Hours: number }): HostRow => ({
    title,
    unit: 'hours',
    truth: p50Hours,
    read: (reading) => stageOf(reading, id)?.p50 ?? null,
  });
  const counted = (id: string, title: string, { count }: { count: number }): HostRow => ({
    title,
    unit: 'count',
    truth: count,
    read: (reading) => {
      const found = stageOf(reading, id);
      // Where no stage is known, neither is how many there are.
      return found === undefined || found.p50 === null ? null : found.sampleSize;
    },
  });
  return [
    stage('coding', 'Coding, to ready for review', truth.coding),
    stage('pickup', 'Waiting for a first answer', truth.pickup),
    stage('review', 'Review, from there to the merge', truth.review),
    stage('merge_wait', 'Approved, waiting for the merge', truth.approvalToMerge),
    counted('pickup', 'Merges that a person answered', truth.pickup),
    counted('merge_wait', 'Merges that a person approved', truth.approvalToMerge),
  ];
}

/** Metrics of detail: the whole time of pull requests, and how many were answered soon. */
function detailRows(truth: GithubTeamTruth): HostRow[] {
  const detailOf = ({ details }: TeamReading, id: string) =>
    details.find(({ metricId }) => metricId === id);
  return [
    {
      title: 'Opening to merge',
      unit: 'hours',
      truth: truth.openToMerge.p50Hours,
      read: (reading) => detailOf(reading, 'pull_request_cycle_time')?.value ?? null,
    },
    {
      title: 'Answered within a day',
      unit: 'share',
      truth: trueAnsweredWithinDay(truth),
      read: (reading) =>
        detailOf(reading, 'time_to_first_response')?.parts.find(({ id }) => id === 'within_a_day')
          ?.value ?? null,
    },
  ];
}

function deliveryRows(truth: GithubTeamTruth): HostRow[] {
  const metric = (id: string, title: string, unit: MetricUnit, expected: number): HostRow => ({
    title,
    unit,
    truth: expected,
    read: (reading) => metricOf(reading, id)?.value ?? null,
  });
  return [
    metric('open_work', 'Open pull requests', 'count', truth.openPullRequests),
    metric(
      'deployment_frequency',
      'Deployment frequency',
      'per_day',
      trueHostDeploymentsPerDay(truth),
    ),
    metric(
      'lead_time_for_changes',
      'Lead time for changes',
      'hours',
      truth.leadTimeToKnownDeployment.p50Hours,
    ),
  ];
}

/** What both sources show, and what would double where it counted twice. */
function onceRows(truth: TeamTruth): HostRow[] {
  const count = (title: string, expected: number, read: HostRow['read']): HostRow => ({
    title,
    unit: 'count',
    truth: expected,
    read,
  });
  return [
    count(
      'Repositories',
      truth.repositories.length,
      ({ overview }) => overview.repositories.length,
    ),
    count('Merges', truth.merges, ({ overview }) =>
      overview.repositories.reduce((sum, { mergedCount }) => sum + mergedCount, 0),
    ),
    count('People', truth.humans, ({ overview }) => overview.people.humans),
  ];
}

function metricOf({ overview }: TeamReading, id: string) {
  return overview.metrics.find(({ metricId }) => metricId === id);
}

function stageOf(reading: TeamReading, id: string) {
  return metricOf(reading, 'pull_request_stages')?.parts.find((part) => part.id === id);
}
