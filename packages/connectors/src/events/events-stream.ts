import { type Batch, defineStream, type ReadRequest } from '@adjutant/core';
import { z } from 'zod';
import type { EventsConfig } from './config.ts';
import { type DeliveredEvent, eventSchema } from './event-schema.ts';
import { mapEvent } from './map-event.ts';

const recordsPerBatch = 500;
const stateSchema = z.object({ after: z.string().nullable() }).catch({ after: null });
const namedSchema = z.object({ type: z.string(), id: z.string() });

/**
 * What was delivered, one record for each thing: the last event of it is the one that counts. There is
 * nothing behind it that could be asked.
 */
export const events = defineStream<EventsConfig, DeliveredEvent>({
  id: 'events',
  title: 'Deployments, incidents and builds that were sent',
  payloadSchema: eventSchema,
  read: readEvents,
  map: mapEvent,
});

async function* readEvents(_context: unknown, request: ReadRequest): AsyncGenerator<Batch> {
  const state = stateSchema.parse(request.state ?? {});
  let { after } = state;
  let records = new Map<string, unknown>();
  const batch = (complete: boolean): Batch => ({
    records: [...records].map(([externalId, payload]) => ({ externalId, payload })),
    tombstones: [],
    state: { after },
    complete,
    gaps: [],
  });
  for await (const { id, payload } of request.deliveries?.(after) ?? []) {
    const named = namedSchema.safeParse(payload);
    if (after === null || id > after) after = id;
    if (!named.success) continue;
    const key = `${named.data.type}:${named.data.id}`;
    // Told again, it stands where it was told last.
    records.delete(key);
    records.set(key, payload);
    if (records.size < recordsPerBatch) continue;
    yield batch(false);
    records = new Map();
  }
  yield batch(true);
}
