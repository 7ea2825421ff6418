import type { WebhookHint } from '@adjutant/core';
import { z } from 'zod';

const idSchema = z.string().min(1).max(100);
const referenceSchema = z.object({ id: idSchema }).nullish().catch(null);

export const deliverySchema = z.object({
  event: z.object({
    id: z.string().regex(/^[0-9A-Za-z-]{1,100}$/),
    event_type: z.string().regex(/^[a-z0-9_.]{1,80}$/),
    data: z
      .object({ id: idSchema.nullish().catch(null), service: referenceSchema })
      .nullish()
      .catch(null),
  }),
});

/** What happens to an incident and changes nothing that is read of it. */
const quiet = new Set([
  'incident.conference_bridge.updated',
  'incident.custom_field_values.updated',
  'incident.responder.added',
  'incident.responder.replied',
  'incident.status_update_published',
  'incident.workflow.completed',
  'incident.workflow.started',
]);

/** Returns what a delivery says to look at; nothing where it is of what is not read. */
export function hintsOf(event: string, payload: unknown): readonly WebhookHint[] {
  const parsed = deliverySchema.safeParse(payload);
  if (!parsed.success) return [];
  const { data } = parsed.data.event;
  if (event.startsWith('incident.') && !quiet.has(event)) {
    return [{ scopeExternalId: data?.service?.id ?? null, stream: 'incidents' }];
  }
  if (event === 'service.created' || event === 'service.updated') {
    return [{ scopeExternalId: data?.id ?? null, stream: 'incidents' }];
  }
  return [];
}
