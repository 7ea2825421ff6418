import { defineMetric } from '@adjutant/core/domain';

/** The share of successful deployments to production that ended on a Saturday or Sunday, in UTC. */
export const weekendDeploymentShare = defineMetric({
  id: 'weekend_deployment_share',
  title: 'Weekend deployments',
  unit: 'share',
  definition:
    'Successful deployments to an environment named production that ended on a Saturday or Sunday (UTC), by all such deployments of the window.',
  source: 'Our own.',
  version: 1,
  subject: 'deployment',
  columns: ['environment', 'result', 'finishedAt'],
  windowColumn: 'finishedAt',
  better: 'neutral',
  compute({ columns }) {
    const counted: number[] = [];
    let atWeekends = 0;
    for (let row = 0; row < columns.length; row += 1) {
      const finishedAt = columns.finishedAt[row] ?? null;
      const isProduction = columns.environment[row] === 'production';
      if (finishedAt === null || !isProduction || columns.result[row] !== 'success') continue;
      counted.push(row);
      if ([0, 6].includes(new Date(finishedAt).getUTCDay())) atWeekends += 1;
    }
    const isKnown = counted.length > 0;
    return {
      value: isKnown ? atWeekends / counted.length : null,
      sampleSize: counted.length,
      p50: null,
      p75: null,
      p90: null,
      caveats: isKnown ? [] : ['No deployment to production is known in this window.'],
      evidence: counted,
    };
  },
});
