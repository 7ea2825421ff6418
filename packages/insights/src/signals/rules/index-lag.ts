import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { counted } from '../counted.ts';
import { spokenHours } from '../spoken-hours.ts';

/** An open finding is over only below this share of what opens it. */
const clearingShare = 0.5;

/** Texts that are searched late. */
export const indexLag = defineSignal(
  {
    id: 'index-lag',
    version: 2,
    title: 'Search index behind',
    description:
      'Of what was indexed in the last hour, or still waits, one in twenty took more than two minutes to be found: what somebody just wrote is then not in the answers. Severe after half an hour. It is over below one minute, and where nothing was written in an hour.',
    subject: 'workspace',
    severity: 'medium',
    params: z.object({
      seconds: z.number().positive().default(120).describe('Seconds until it is found'),
      severeSeconds: z
        .number()
        .positive()
        .default(1_800)
        .describe('Seconds from which on it is severe'),
    }),
    evaluate(workspace, { params, isOpen }) {
      const { indexLagSeconds, indexWaitingSince } = workspace;
      if (indexLagSeconds === null) {
        return isOpen ? null : { unknown: 'nothing was written or indexed in the last hour' };
      }
      if (indexLagSeconds <= params.seconds * (isOpen ? clearingShare : 1)) return null;
      const minutes = Math.floor(indexLagSeconds / 60);
      return {
        since: indexWaitingSince ?? workspace.asOf - indexLagSeconds * 1_000,
        keepsSince: true,
        severity: indexLagSeconds > params.severeSeconds ? 'high' : 'medium',
        sentence: `What is written takes ${minutes < 120 ? counted(minutes, 'minute') : spokenHours(minutes / 60)} to be found.`,
        facts: { seconds: Math.floor(indexLagSeconds) },
        evidence: [workspace.id],
      };
    },
  },
  'shipped',
);
