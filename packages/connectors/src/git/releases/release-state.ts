import { z } from 'zod';

const releaseStateSchema = z.object({
  version: z.literal(1),
  /** What tags and settings were when a pass last came to its end. */
  digest: z.string().nullable(),
  /** Per record given: its number of parts and a digest of what it said. */
  given: z.record(z.string(), z.string()),
});
export type ReleaseState = z.infer<typeof releaseStateSchema>;

/** Returns a stored state, or a fresh one where it is missing or not ours. */
export function readReleaseState(state: unknown): ReleaseState {
  const parsed = releaseStateSchema.safeParse(state);
  return parsed.success ? parsed.data : { version: 1, digest: null, given: {} };
}
