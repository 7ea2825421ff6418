import { defineMetric } from '@adjutant/core/domain';
import { shareCaveat, smallSampleCaveat } from '../caveats.ts';
import {
  decidedRuns,
  noRunReason,
  repositoriesCaveat,
  undecidedCaveats,
  undecidedReason,
} from '../decided-runs.ts';
import { durationsBetween, isKnown } from '../durations.ts';
import { durationOutcome, unknownOutcome } from '../outcome.ts';
import { byPipeline, leftOutCaveat, medianParts } from '../pipeline-parts.ts';

export const buildDuration = defineMetric({
  id: 'build_duration',
  title: 'Build duration',
  unit: 'hours',
  definition:
    'Elapsed time from the start of a pipeline run to its end, of runs that ended in success or failure; a run belongs to the week of its end. Time in the queue is not part of it. Cancelled runs stay out, because their end says when somebody lost patience. A run whose start is not known, or lies after its end, has no duration. Pipelines of different kinds count together; each has its own median among the parts.',
  source: 'Own definition, over the runs of pipelines.',
  version: 1,
  subject: 'pipeline_run',
  columns: ['name', 'result', 'startedAt', 'finishedAt', 'repositoryExternalId'],
  windowColumn: 'finishedAt',
  better: 'lower',
  isDetail: true,
  compute({ columns, window, now }) {
    const rows = columns.length;
    if (rows === 0) return unknownOutcome(noRunReason);
    const decided = decidedRuns(columns.result);
    if (decided.length === 0) return unknownOutcome(undecidedReason(columns.result));
    const measured = durationsBetween(columns.startedAt, columns.finishedAt);
    const durations = new Float64Array(rows).fill(Number.NaN);
    for (const row of decided) durations[row] = measured[row] ?? Number.NaN;
    const scratch = new Float64Array(rows);
    const outcome = durationOutcome(durations, columns.finishedAt, window, now, [], scratch);
    const noStart = decided.filter((row) => columns.startedAt[row] === null).length;
    if (outcome.sampleSize === 0) {
      return unknownOutcome(
        noStart === decided.length
          ? 'Pipeline runs ended in this window, but no source says when they started.'
          : 'Pipeline runs ended in this window, but none has a start that lies before its end.',
      );
    }
    const known = decided.filter((row) => isKnown(durations, row));
    const pipelines = byPipeline(columns.name, known);
    const noun = 'finished run';
    const backwards = decided.length - noStart - known.length;
    return {
      ...outcome,
      parts: medianParts(pipelines, durations),
      caveats: [
        ...undecidedCaveats(columns.result),
        ...shareCaveat(noStart, decided.length, noun, ['has', 'have'], 'no known start.'),
        ...shareCaveat(backwards, decided.length, noun, ['is', 'are'], backwardsRest),
        ...repositoriesCaveat(columns.repositoryExternalId, known),
        ...leftOutCaveat(pipelines),
        ...smallSampleCaveat(known.length, noun),
      ],
    };
  },
});

const backwardsRest = 'left out: the start is dated after the end.';
