import { z } from 'zod';

const id = z
  .union([z.string().regex(/^\d{1,18}$/), z.number().int().nonnegative()])
  .transform(String)
  .nullish()
  .catch(null);
const thing = z.object({ id }).nullish().catch(null);

const deliverySchema = z.object({
  timestamp: z.number().int().nonnegative().nullish().catch(null),
  issue: z
    .object({ id, fields: z.object({ project: thing }).nullish().catch(null) })
    .nullish()
    .catch(null),
  comment: thing,
  changelog: thing,
  sprint: z.object({ id, originBoardId: id }).nullish().catch(null),
  board: thing,
});

/** Returns what happened, when, and to what by its number: no word, name or address of it. */
export function keptOf(event: string, payload: unknown): unknown {
  const parsed = deliverySchema.safeParse(payload);
  if (!parsed.success) return { webhookEvent: event };
  const { timestamp, issue, comment, changelog, sprint, board } = parsed.data;
  return {
    webhookEvent: event,
    timestamp: timestamp ?? null,
    issueId: issue?.id ?? null,
    projectId: issue?.fields?.project?.id ?? null,
    commentId: comment?.id ?? null,
    changelogId: changelog?.id ?? null,
    sprintId: sprint?.id ?? null,
    boardId: board?.id ?? sprint?.originBoardId ?? null,
  };
}
