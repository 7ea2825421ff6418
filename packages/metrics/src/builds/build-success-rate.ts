import { defineMetric } from '@adjutant/core/domain';
import { smallSampleCaveat } from '../caveats.ts';
import {
  decidedRuns,
  noRunReason,
  repositoriesCaveat,
  undecidedCaveats,
  undecidedReason,
} from '../decided-runs.ts';
import { unknownOutcome } from '../outcome.ts';
import { noPercentiles } from '../percentile.ts';
import { byPipeline, leftOutCaveat, pipelineParts } from '../pipeline-parts.ts';
import { shareOutcome } from '../share-outcome.ts';

export const buildSuccessRate = defineMetric({
  id: 'build_success_rate',
  title: 'Build success rate',
  unit: 'share',
  definition:
    'Pipeline runs that ended in success, divided by those that ended in success or failure; a run belongs to the week of its end. Runs that were cancelled, still run or were skipped are neither: they stay out, and a caveat counts them. Every pipeline has its own share among the parts. A run that a source keeps under one id however often it is started again counts once, with its last result: a failure that a rerun repaired is then not seen. It says how often pipelines end well, not how often changes fail: a failing test that stopped a mistake is a failure here.',
  source: 'Own definition, over the runs of pipelines; not DORA change fail rate.',
  version: 1,
  subject: 'pipeline_run',
  columns: ['name', 'result', 'finishedAt', 'repositoryExternalId'],
  windowColumn: 'finishedAt',
  better: 'higher',
  isDetail: true,
  compute({ columns, window, now }) {
    if (columns.length === 0) return unknownOutcome(noRunReason);
    const decided = decidedRuns(columns.result);
    if (decided.length === 0) return unknownOutcome(undecidedReason(columns.result));
    const succeeded = (row: number): boolean => columns.result[row] === 'success';
    const pipelines = byPipeline(columns.name, decided);
    const outcome = shareOutcome(
      { counted: decided, isPart: succeeded, instants: columns.finishedAt },
      window,
      now,
      [
        ...undecidedCaveats(columns.result),
        ...repositoriesCaveat(columns.repositoryExternalId, decided),
        ...leftOutCaveat(pipelines),
        ...smallSampleCaveat(decided.length, 'pipeline run'),
      ],
    );
    return {
      ...outcome,
      parts: pipelineParts(pipelines, ({ positions }) => ({
        value: positions.filter(succeeded).length / positions.length,
        ...noPercentiles,
        sampleSize: positions.length,
      })),
      // A reader wants to look at the failures.
      evidence: Array.from(outcome.evidence).toReversed(),
    };
  },
});
