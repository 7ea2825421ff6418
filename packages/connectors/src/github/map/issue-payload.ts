import { z } from 'zod';
import { whoSchema } from './account-payload.ts';

const text = z.string().nullish();

const changeSchema = z.object({
  id: z.string(),
  /** Name of the timeline item's type, such as `ClosedEvent`. */
  type: z.string(),
  at: text,
  actor: whoSchema,
  from: text,
  to: text,
});

/** An issue in the one form that records keep. */
export const issuePayloadSchema = z.object({
  nodeId: text,
  id: z.string(),
  number: z.number().int(),
  title: z.string(),
  /** `OPEN` or `CLOSED`. */
  state: z.string(),
  stateReason: text,
  author: whoSchema,
  assignee: whoSchema,
  createdAt: text,
  updatedAt: text,
  closedAt: text,
  labels: z.array(z.string()).nullish(),
  parentId: text,
  dueAt: text,
  changes: z.array(changeSchema).nullish(),
  missing: z.array(z.string()).nullish(),
});
export type IssuePayload = z.infer<typeof issuePayloadSchema>;
