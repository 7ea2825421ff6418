import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { spokenHours } from '../spoken-hours.ts';

/** A source that is not read any more. */
export const syncStale = defineSignal(
  {
    id: 'sync-stale',
    version: 1,
    title: 'Source not read',
    description:
      'A stream of a source that the configuration names and that has not been read to its end for a day: whatever is said of it is a day old. Severe after three days. One that was never read to its end cannot be told apart from a first reading that is under way. The next reading that comes to its end closes it, as does taking the source out of the configuration.',
    subject: 'stream',
    severity: 'medium',
    params: z.object({
      hours: z.number().positive().default(24).describe('Hours since it was last read to its end'),
      severeHours: z.number().positive().default(72).describe('Hours from which on it is severe'),
    }),
    evaluate(stream, { params }) {
      if (!stream.isActive) return null;
      if (stream.lastReadAt === null || stream.staleHours === null) {
        return { unknown: 'it has not been read to its end yet' };
      }
      if (stream.staleHours < params.hours) return null;
      return {
        since: stream.lastReadAt,
        severity: stream.staleHours >= params.severeHours ? 'high' : 'medium',
        sentence: `${stream.key} has not been read to its end for ${spokenHours(stream.staleHours)}.`,
        facts: { hours: Math.floor(stream.staleHours), hasFailed: stream.hasFailed },
      };
    },
  },
  'shipped',
);
