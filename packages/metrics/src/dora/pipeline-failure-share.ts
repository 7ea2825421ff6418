import { defineMetric } from '@adjutant/core/domain';
import { shareCaveat, smallSampleCaveat } from '../caveats.ts';
import { countedDeployments } from '../counted-deployments.ts';
import { unknownOutcome } from '../outcome.ts';
import { shareOutcome } from '../share-outcome.ts';

/** Origins that show only what was published: a failed attempt leaves no trace in them. */
const showsSuccessOnly = new Set(['tag', 'release']);

export const pipelineFailureShare = defineMetric({
  id: 'pipeline_failure_share',
  title: 'Share of deployments whose run failed',
  unit: 'share',
  definition:
    'Runs of a deployment to production that ended in failure, divided by all that ended. Such a run did not reach users: it is not a failed change, and no part of change_fail_rate. Deployments that are read from tags or releases show no failed run and stay out; where there are no others, the figure is unknown.',
  source: 'Own definition: what other tools mix into the change fail rate.',
  version: 1,
  subject: 'deployment',
  columns: ['environment', 'result', 'finishedAt', 'origin'],
  windowColumn: 'finishedAt',
  better: 'lower',
  isDetail: true,
  compute({ columns, window, now }) {
    const { counted: ended, caveats } = countedDeployments(columns, ['success', 'failure']);
    const counted = ended.filter((row) => !showsSuccessOnly.has(columns.origin[row] ?? ''));
    const silent = ended.length - counted.length;
    if (counted.length === 0) {
      return unknownOutcome(
        silent === 0
          ? 'No deployment to production is known to have ended in this window: none did, or no source shows deployments.'
          : 'The deployments of this window are read from tags or releases, which show no failed run.',
      );
    }
    const isPart = (row: number): boolean => columns.result[row] === 'failure';
    return shareOutcome({ counted, isPart, instants: columns.finishedAt }, window, now, [
      ...caveats,
      ...shareCaveat(
        silent,
        ended.length,
        'deployment',
        ['is', 'are'],
        'read from a tag or release, which shows no failed run: left out.',
      ),
      ...smallSampleCaveat(counted.length, 'deployment'),
    ]);
  },
});
