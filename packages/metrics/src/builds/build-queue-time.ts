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

export const buildQueueTime = defineMetric({
  id: 'build_queue_time',
  title: 'Build queue time',
  unit: 'hours',
  definition:
    'Elapsed time from the moment a pipeline run was asked for to its start, of runs that ended in success or failure; a run belongs to the week of its end. Unknown where a source gives no such moment, or a later one than the start. Some sources repeat the moment of asking as the start: where more than half of the runs carry one instant for both, waiting is not told apart from starting and the figure is unknown; where fewer do, they count as no wait. A run that is started again under its old id may show its first asking beside its latest start, and then seems to have waited for all that lies between.',
  source: 'Own definition, over the runs of pipelines.',
  version: 1,
  subject: 'pipeline_run',
  columns: ['name', 'result', 'queuedAt', 'startedAt', 'finishedAt', 'repositoryExternalId'],
  windowColumn: 'finishedAt',
  better: 'lower',
  isDetail: true,
  compute({ columns, window, now }) {
    const rows = columns.length;
    if (rows === 0) return unknownOutcome(noRunReason);
    const decided = decidedRuns(columns.result);
    if (decided.length === 0) return unknownOutcome(undecidedReason(columns.result));
    const measured = durationsBetween(columns.queuedAt, columns.startedAt);
    const waits = new Float64Array(rows).fill(Number.NaN);
    for (const row of decided) waits[row] = measured[row] ?? Number.NaN;
    const known = decided.filter((row) => isKnown(waits, row));
    const atOnce = known.filter((row) => waits[row] === 0).length;
    const untold = decided.filter((row) => isUntold(columns, row)).length;
    if (known.length === 0) {
      return unknownOutcome(
        untold === decided.length
          ? 'Pipeline runs ended in this window, but no source says both when they were asked for and when they started.'
          : 'Pipeline runs ended in this window, but none started after it was asked for.',
      );
    }
    if (atOnce * 2 > known.length) {
      return unknownOutcome(
        `${atOnce} of ${known.length} runs carry one instant as both asked for and started: their source does not tell waiting apart.`,
      );
    }
    const pipelines = byPipeline(columns.name, known);
    const scratch = new Float64Array(rows);
    const noun = 'finished run';
    const all = decided.length;
    const backwards = all - untold - known.length;
    return {
      ...durationOutcome(waits, columns.finishedAt, window, now, [], scratch),
      parts: medianParts(pipelines, waits),
      caveats: [
        ...undecidedCaveats(columns.result),
        ...shareCaveat(untold, all, noun, ['has', 'have'], 'no known asking or start.'),
        ...shareCaveat(
          backwards,
          all,
          noun,
          ['is', 'are'],
          'left out: the start is dated before the asking.',
        ),
        ...shareCaveat(atOnce, known.length, noun, ['carries', 'carry'], atOnceRest),
        ...repositoriesCaveat(columns.repositoryExternalId, known),
        ...leftOutCaveat(pipelines),
        ...smallSampleCaveat(known.length, noun),
      ],
    };
  },
});

const atOnceRest = 'one instant as both asked for and started, and count as no wait.';

function isUntold(
  columns: { queuedAt: readonly (number | null)[]; startedAt: readonly (number | null)[] },
  row: number,
): boolean {
  return (columns.queuedAt[row] ?? null) === null || (columns.startedAt[row] ?? null) === null;
}
