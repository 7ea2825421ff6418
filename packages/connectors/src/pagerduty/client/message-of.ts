import { z } from 'zod';

const problemsSchema = z.array(z.string()).nullish().catch(null);
/** REST puts the words below `error`, the Events API at the top. */
const failureSchema = z.object({
  error: z
    .union([
      z.string(),
      z.object({ message: z.string().nullish().catch(null), errors: problemsSchema }),
    ])
    .nullish()
    .catch(null),
  message: z.string().nullish().catch(null),
  errors: problemsSchema,
});

/** Returns what PagerDuty says of a failure; empty where it says nothing. */
export function messageOf(body: unknown): string {
  const parsed = failureSchema.safeParse(body);
  if (!parsed.success) return '';
  const { error, message, errors } = parsed.data;
  const nested = typeof error === 'object' ? error : null;
  const words = [
    typeof error === 'string' ? error : nested?.message,
    ...(nested?.errors ?? []),
    message,
    ...(errors ?? []),
  ];
  return words.flatMap((word) => word ?? []).join(' ');
}
