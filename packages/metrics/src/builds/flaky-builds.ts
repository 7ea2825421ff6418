import type { MetricPart } from '@adjutant/core/domain';
import { defineMetric } from '@adjutant/core/domain';
import { shareCaveat, smallSampleCaveat } from '../caveats.ts';
import {
  decidedRuns,
  noRunReason,
  repositoriesCaveat,
  undecidedCaveats,
  undecidedReason,
} from '../decided-runs.ts';
import { unknownOutcome } from '../outcome.ts';
import { noPercentiles } from '../percentile.ts';
import {
  byPipeline,
  leftOutCaveat,
  mostPipelineParts,
  type Pipeline,
  pipelineParts,
} from '../pipeline-parts.ts';
import { shareOutcome } from '../share-outcome.ts';

export const flakyBuilds = defineMetric({
  id: 'flaky_builds',
  title: 'Flaky builds',
  unit: 'share',
  definition:
    'Of the commits that a pipeline ran on in the window, the share with both a success and a failure of that pipeline on the very same commit: nothing in the code changed between the two results. A commit counts once for each pipeline, in the week of its last run. Cancelled runs and runs that name no commit stay out. Only a commit that ran more than once can show it, so the share is a lower bound, and unknown where no commit did. A source that keeps one run however often it is started again hides what a rerun repaired. Two runs may also differ because something outside the code did, as a service that was down.',
  source: 'Own definition, over the runs of pipelines.',
  version: 1,
  subject: 'pipeline_run',
  columns: ['name', 'result', 'sha', 'finishedAt', 'repositoryExternalId'],
  windowColumn: 'finishedAt',
  better: 'lower',
  isDetail: true,
  compute({ columns, window, now }) {
    if (columns.length === 0) return unknownOutcome(noRunReason);
    const decided = decidedRuns(columns.result);
    if (decided.length === 0) return unknownOutcome(undecidedReason(columns.result));
    const builds = buildsOf(columns, decided);
    if (builds.length === 0) {
      return unknownOutcome('Pipeline runs ended in this window, but none names its commit.');
    }
    const repeated = builds.filter(({ rows }) => rows.length > 1).length;
    if (repeated === 0) {
      return unknownOutcome(
        'No commit ran more than once in a pipeline here, or its source keeps only the last run: no two results can differ.',
      );
    }
    const flaky = builds.filter(isFlaky);
    const others = builds.filter((build) => !isFlaky(build));
    const rowsOf = (some: readonly Build[]): number[] => some.flatMap(({ rows }) => rows);
    const counted = rowsOf(builds);
    const pipelines = flakiestFirst(builds);
    const unnamed = decided.length - counted.length;
    const outcome = shareOutcome(
      {
        counted: [...builds.keys()],
        isPart: (position) => isFlakyAt(builds, position),
        instants: builds.map(({ lastAt }) => lastAt),
      },
      window,
      now,
      [
        ...shareCaveat(repeated, builds.length, 'commit', ['ran', 'ran'], ranAgain),
        ...undecidedCaveats(columns.result),
        ...shareCaveat(unnamed, decided.length, 'finished run', ['names', 'name'], 'no commit.'),
        ...repositoriesCaveat(columns.repositoryExternalId, counted),
        ...leftOutCaveat(pipelines, mostNames),
        ...smallSampleCaveat(builds.length, 'commit'),
      ],
    );
    return {
      ...outcome,
      parts: partsOf(builds, flaky.length, pipelines),
      evidence: [...rowsOf(flaky), ...rowsOf(others)],
    };
  },
});

const ranAgain = 'more than once; only such a commit can show it.';

/** The number of them is a part too. */
const mostNames = mostPipelineParts - 1;

/** What one pipeline made of one commit. */
interface Build {
  name: string;
  rows: number[];
  hasSuccess: boolean;
  hasFailure: boolean;
  lastAt: number;
}

function isFlaky({ hasSuccess, hasFailure }: Build): boolean {
  return hasSuccess && hasFailure;
}

interface RunColumns {
  name: readonly string[];
  result: readonly (string | null)[];
  sha: readonly (string | null)[];
  finishedAt: readonly (number | null)[];
  repositoryExternalId: readonly string[];
}

function buildsOf(columns: RunColumns, decided: readonly number[]): Build[] {
  const builds = new Map<string, Build>();
  for (const row of decided) {
    const sha = columns.sha[row] ?? null;
    if (sha === null || sha === '') continue;
    const name = columns.name[row] ?? '';
    const repository = columns.repositoryExternalId[row] ?? '';
    // Names may hold any separator; their lengths keep them apart.
    const key = `${repository.length} ${name.length} ${repository}${name}${sha}`;
    let build = builds.get(key);
    if (build === undefined) {
      const lastAt = Number.NEGATIVE_INFINITY;
      build = { name, rows: [], hasSuccess: false, hasFailure: false, lastAt };
      builds.set(key, build);
    }
    build.rows.push(row);
    if (columns.result[row] === 'success') build.hasSuccess = true;
    else build.hasFailure = true;
    build.lastAt = Math.max(build.lastAt, columns.finishedAt[row] ?? Number.NEGATIVE_INFINITY);
  }
  return [...builds.values()];
}

/** Pipelines by how many commits they disagreed on; a pipeline's cases are its positions in `builds`. */
function flakiestFirst(builds: readonly Build[]): (Pipeline & { flaky: number })[] {
  const names = builds.map(({ name }) => name);
  return byPipeline(names, [...builds.keys()])
    .map((pipeline) => ({
      ...pipeline,
      flaky: pipeline.positions.filter((at) => isFlakyAt(builds, at)).length,
    }))
    .toSorted((one, other) => other.flaky - one.flaky);
}

function isFlakyAt(builds: readonly Build[], position: number): boolean {
  const build = builds[position];
  return build !== undefined && isFlaky(build);
}

function partsOf(
  builds: readonly Build[],
  flaky: number,
  pipelines: readonly Pipeline[],
): MetricPart[] {
  const count: MetricPart = {
    id: 'flaky_commits',
    title: 'Commits with both results',
    unit: 'count',
    value: flaky,
    ...noPercentiles,
    sampleSize: builds.length,
  };
  const measure = ({ positions }: Pipeline): Omit<MetricPart, 'id' | 'title'> => ({
    value: positions.filter((at) => isFlakyAt(builds, at)).length / positions.length,
    ...noPercentiles,
    sampleSize: positions.length,
  });
  return [count, ...pipelineParts(pipelines, measure, mostNames)];
}
