import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** Something that happened in the course of an incident, as its source tells it. */
export const incidentEventSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  incidentExternalId: externalIdSchema,
  /** `unacknowledged`: let go again, by somebody or because nobody went on; `alert`: it was told of once more. */
  kind: z.enum([
    'triggered',
    'alert',
    'assigned',
    'escalated',
    'acknowledged',
    'unacknowledged',
    'note',
    'resolved',
    'reopened',
  ]),
  at: instantSchema,
  actorAccountExternalId: externalIdSchema.nullable(),
  /** One line in the source's own words; null where it has none. */
  summary: z.string().nullable(),
});
export type IncidentEvent = z.infer<typeof incidentEventSchema>;
