import { z } from 'zod';
import { credentialSchema, receivedSecretSchema } from './credential-schema.ts';
import { addressSchema } from './place-schema.ts';

const text = z.string().trim().min(1, 'must not be empty').max(1_000, 'is too long');

/** The form of `connectors.pagerduty`; what it means stands in docs/connectors/pagerduty.md. */
export const pagerdutySchema = z.strictObject({
  services: z
    .array(text.regex(/^[A-Za-z0-9]+$/, 'is the id of a service, such as PIKL83L'))
    .min(1, 'names no service')
    .optional(),
  baseUrl: addressSchema.optional(),
  eventsUrl: addressSchema.optional(),
  token: credentialSchema('PAGERDUTY_TOKEN').optional(),
  /** For paging alone. */
  routingKey: credentialSchema('PAGERDUTY_ROUTING_KEY').optional(),
  /** What PagerDuty signs webhooks with. */
  webhookSecret: receivedSecretSchema('PAGERDUTY_WEBHOOK_SECRET').optional(),
  /** Leaves out incidents from before this day, when first read. */
  since: z.iso.date('is written as a day, such as 2026-01-31').optional(),
});
export type PagerdutySection = z.infer<typeof pagerdutySchema>;
