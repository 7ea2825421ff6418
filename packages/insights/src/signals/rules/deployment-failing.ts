import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { spokenHours } from '../spoken-hours.ts';

/** What cannot be deployed any more. */
export const deploymentFailing = defineSignal(
  {
    id: 'deployment-failing',
    version: 1,
    title: 'Deployment failing',
    description:
      'Deployments to one environment of which the last two failed, or, where it is production, of which the last one failed an hour ago and none has come through since: until then nothing that is merged reaches anybody. Production is severe. Environments that are made for one change or branch are left out. The next deployment that comes through ends it, a rollback too; one that is under way does not.',
    subject: 'deployment_target',
    severity: 'medium',
    params: z.object({
      failuresInRow: z.number().int().positive().default(2).describe('Failures in a row'),
      productionHours: z
        .number()
        .positive()
        .default(1)
        .describe('Hours after a single failed deployment to production'),
    }),
    evaluate(target, { params, isOpen }) {
      if (target.isTemporary) return null;
      const { failingSince, failuresInRow, isProduction } = target;
      if (failingSince === null || failuresInRow === null || failuresInRow === 0) return null;
      const hours = target.failingHours ?? 0;
      const isRepeated = failuresInRow >= params.failuresInRow;
      // Somebody is at it: what was not told yet can wait for how that ends.
      const isTriedAgain = target.lastResult === 'running' && !isOpen;
      const isStuck = isProduction && hours >= params.productionHours && !isTriedAgain;
      if (!isRepeated && !isStuck) return null;
      const times = failuresInRow === 1 ? 'the last one' : `the last ${failuresInRow}`;
      const since = hours < 1 ? '' : `, for ${spokenHours(hours)}`;
      return {
        since: failingSince,
        severity: isProduction ? 'high' : 'medium',
        sentence: `Deployments to ${target.key} fail: ${times}${since}.`,
        facts: { failuresInRow, hours: Math.floor(hours), isProduction },
      };
    },
  },
  'shipped',
);
