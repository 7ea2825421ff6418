import { z } from 'zod';

const text = z.string().nullish();

/** A sprint of a board, in the one form that records keep. */
export const sprintPayloadSchema = z.object({
  id: z.string(),
  name: text,
  /** `future`, `active` or `closed`. */
  state: text,
  startAt: text,
  endAt: text,
  completedAt: text,
  boardId: text,
});
export type SprintPayload = z.infer<typeof sprintPayloadSchema>;
