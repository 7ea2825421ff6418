import { z } from 'zod';
import type { PagerdutyData } from './pagerduty-data.ts';
import type { TwinAnswer } from './rest-routes.ts';

/** An event as the Events API takes it; other keys are refused, so that none is sent by mistake. */
const eventSchema = z.strictObject({
  routing_key: z.string().length(32),
  event_action: z.literal('trigger'),
  dedup_key: z.string().min(1).max(255),
  client: z.string().optional(),
  payload: z.strictObject({
    summary: z.string().min(1).max(1_024),
    source: z.string().min(1),
    severity: z.enum(['critical', 'error', 'warning', 'info']),
    class: z.string().optional(),
    custom_details: z.record(z.string(), z.unknown()).optional(),
  }),
});

/** Takes an event as the Events API does: one alert for a key as long as it is open. */
export function answerEvent(data: PagerdutyData, body: unknown, now: number): TwinAnswer {
  const event = eventSchema.safeParse(body);
  if (!event.success) return invalid(event.error.issues.map(({ path }) => path.join('.')));
  const { routing_key: routingKey, dedup_key: dedupKey, payload } = event.data;
  const service = data.services.find(({ integrationKeys }) => integrationKeys.includes(routingKey));
  if (service === undefined) return invalid(['routing_key']);
  const open = data.incidents.some(
    ({ incidentKey, status }) => incidentKey === dedupKey && status !== 'resolved',
  );
  const isTaken = service.status !== 'disabled' && service.status !== 'maintenance';
  if (!open && isTaken) {
    data.addIncident(service, { createdAt: now, title: payload.summary, incidentKey: dedupKey });
  }
  return {
    status: 202,
    body: { status: 'success', message: 'Event processed', dedup_key: dedupKey },
  };
}

function invalid(errors: readonly string[]): TwinAnswer {
  return {
    status: 400,
    body: { status: 'invalid event', message: 'Event object is invalid', errors },
  };
}
