import { AdjutantError, type DomainRows } from '@adjutant/core';
import { z } from 'zod';
import { mapIncident } from '../map/map-incident.ts';
import { mapUser } from '../map/map-people.ts';
import { incidentPayloadSchema, listedLogEntrySchema, userPayloadSchema } from '../payloads.ts';
import { isMerged } from '../reading/make-batch.ts';

export interface PagerdutyNormalisers {
  /**
   * An incident, with its log entries inside (`log_entries`) or beside it. None for one that was
   * merged into another.
   */
  incident(payload: unknown, extra?: { logEntries?: readonly unknown[] }): DomainRows;
  user(payload: unknown): DomainRows;
}

/**
 * From payloads of REST to the rows that the streams give for the same things. Each throws
 * AdjutantError `InvalidInput` for what is no payload of its kind.
 */
export const pagerdutyNormalisers: PagerdutyNormalisers = {
  incident(payload, extra) {
    const incident = read(incidentPayloadSchema, payload);
    if (isMerged(incident)) return {};
    const beside = (extra?.logEntries ?? []).map((entry) => read(entryBesideSchema, entry));
    const ours = beside.filter((entry) => (entry.incident?.id ?? incident.id) === incident.id);
    return mapIncident({ ...incident, log_entries: inOrder(incident.log_entries, ours) });
  },
  user: (payload) => mapUser(read(userPayloadSchema, payload)),
};

const entryBesideSchema = listedLogEntrySchema.partial({ incident: true });
type Entries = NonNullable<z.infer<typeof incidentPayloadSchema>['log_entries']>;

/** PagerDuty lists the newest first. */
function inOrder(inside: Entries | null | undefined, beside: Entries): Entries {
  return [...(inside ?? []), ...beside].toSorted(
    (a, b) => Date.parse(a.created_at) - Date.parse(b.created_at),
  );
}

function read<Output>(schema: z.ZodType<Output>, payload: unknown): Output {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.map(String).join('.')).slice(0, 5);
  throw new AdjutantError(
    'InvalidInput',
    'The payload has a form that PagerDuty does not document.',
    { source: 'pagerduty', hint: `Fields: ${fields.join(', ')}.` },
  );
}
