import { type Batch, defineStream, type ReadRequest } from '@adjutant/core';
import { z } from 'zod';
import type { EventsConfig } from './config.ts';
import { mapEvent } from './map-event.ts';
import { sentRecordSchema, standsOver, toRecord } from './sent-record.ts';

const recordsPerBatch = 500;
const stateSchema = z.object({ after: z.int().min(0) }).catch({ after: 0 });

/**
 * What was delivered, one record for each thing: the last word on it. There is nothing behind it that
 * could be asked.
 */
export const events = defineStream<EventsConfig, z.infer<typeof sentRecordSchema>>({
  id: 'events',
  title: 'Deployments, incidents and builds that were sent',
  payloadSchema: sentRecordSchema,
  read: readEvents,
  map: ({ event }) => mapEvent(event),
});

async function* readEvents(_context: unknown, request: ReadRequest): AsyncGenerator<Batch> {
  let { after } = stateSchema.parse(request.state ?? {});
  let together = new Map<string, unknown>();
  for await (const delivery of request.deliveries?.(after) ?? []) {
    after = delivery.number;
    const { key, payload } = toRecord(delivery);
    const known = together.get(key);
    if (known === undefined || standsOver(payload, known)) together.set(key, payload);
    if (together.size < recordsPerBatch) continue;
    yield await batchOf(request, together, after, false);
    together = new Map();
  }
  yield await batchOf(request, together, after, true);
}

/** Only what stands over the word that is stored: an older one, or the same again, says nothing. */
async function batchOf(
  request: ReadRequest,
  together: ReadonlyMap<string, unknown>,
  after: number,
  complete: boolean,
): Promise<Batch> {
  const stored = await request.storedPayloads?.([...together.keys()]);
  const records = [...together].flatMap(([externalId, payload]) => {
    const known = stored?.get(externalId);
    return known === undefined || standsOver(payload, known) ? [{ externalId, payload }] : [];
  });
  return { records, tombstones: [], state: { after }, complete, gaps: [] };
}
