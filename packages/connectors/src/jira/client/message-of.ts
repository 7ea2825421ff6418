import { z } from 'zod';

const bodySchema = z.object({
  errorMessages: z.array(z.string()).nullish(),
  errors: z.record(z.string(), z.string()).nullish(),
  message: z.string().nullish(),
});

/** Returns what Jira says of a failure; empty where it says nothing. */
export function messageOf(body: unknown): string {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return '';
  const { errorMessages, errors, message } = parsed.data;
  return [
    ...(errorMessages ?? []),
    ...Object.entries(errors ?? {}).map(([field, problem]) => `${field}: ${problem}`),
    ...(message === null || message === undefined ? [] : [message]),
  ].join(' ');
}
