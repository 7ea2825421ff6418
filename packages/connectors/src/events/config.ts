import { z } from 'zod';

const secretSchema = z.union([
  z.string().min(1).max(200),
  z.custom<() => string | Promise<string>>((value) => typeof value === 'function', {
    message: 'is text or a function that returns it',
  }),
]);

export const eventsConfigSchema = z.strictObject({
  /** What senders sign with: `whsec_` and a key in base64; several while one is being changed. */
  secret: z.union([secretSchema, z.array(secretSchema).min(1).max(5)]),
});
export type EventsConfig = z.infer<typeof eventsConfigSchema>;
