import { z } from 'zod';
import { receivedSecretSchema } from './credential-schema.ts';

/** The form of `connectors.events`; what it means stands in docs/connectors/events.md. */
export const eventsSchema = z.strictObject({
  webhookSecret: receivedSecretSchema('EVENTS_WEBHOOK_SECRET'),
});
export type EventsSection = z.infer<typeof eventsSchema>;
