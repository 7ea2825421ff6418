import { z } from 'zod';
import { webhookSecretSchema } from '../http/secret.ts';
import { keyOf } from './secret-key.ts';

/** The form of the connector's configuration, key by key. */
export const eventsConfigShape = {
  /** What senders sign with: `whsec_` and a key in base64; several while one is changed for another. */
  webhookSecret: webhookSecretSchema,
};

export const eventsConfigSchema = z
  .strictObject(eventsConfigShape)
  .refine(
    ({ webhookSecret }) =>
      [webhookSecret]
        .flat()
        .every((secret) => typeof secret !== 'string' || keyOf(secret) !== null),
    {
      path: ['webhookSecret'],
      message:
        'is whsec_ and a key of 24 to 64 bytes in base64: echo "whsec_$(openssl rand -base64 32)"',
    },
  );
export type EventsConfig = z.infer<typeof eventsConfigSchema>;
