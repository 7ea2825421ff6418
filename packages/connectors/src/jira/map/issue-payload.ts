import { z } from 'zod';

const text = z.string().nullish();

/** Whoever did something; null where Jira names nobody. */
export const userPayloadSchema = z
  .object({
    id: z.string(),
    name: text,
    email: text,
    /** Jira's own word: `atlassian`, `app`, `customer`. */
    type: text,
    active: z.boolean().nullish(),
    /** Of the list of users alone. */
    timeZone: text,
  })
  .nullish();
export type UserPayload = z.infer<typeof userPayloadSchema>;

/** Jira's category of a status, by its stable key: `new`, `indeterminate`, `done`. */
const categorySchema = text;

const changeSchema = z.object({
  id: z.string(),
  /** `status`, `sprint`, `points`, or the vendor's own name. */
  field: z.string(),
  at: z.union([z.string(), z.number()]).nullish(),
  actor: userPayloadSchema,
  from: text,
  to: text,
  /** Of a change of status: the category of the one that it came to. */
  toCategory: categorySchema,
});
export type ChangePayload = z.infer<typeof changeSchema>;

/** An issue in the one form that records keep: what is used of it, and no text but its title. */
export const issuePayloadSchema = z.object({
  id: z.string(),
  key: z.string(),
  projectId: text,
  title: text,
  type: z
    .object({
      name: text,
      isSubtask: z.boolean().nullish(),
      /** 1 and above for epics and what stands over them, -1 for what stands below. */
      level: z.number().nullish(),
      /** Number of the picture: Jira's own types keep theirs in every language. */
      avatarId: z.number().nullish(),
    })
    .nullish(),
  status: z.object({ name: text, category: categorySchema }).nullish(),
  assignee: userPayloadSchema,
  reporter: userPayloadSchema,
  parentId: text,
  points: z.number().nullish(),
  sprints: z.array(z.object({ id: z.string(), state: text })).nullish(),
  createdAt: text,
  updatedAt: text,
  resolvedAt: text,
  /** When its status came into the category that it is in. */
  categoryChangedAt: text,
  dueDay: text,
  /** Ties to other issues, from the one that blocks or duplicates; null where they are not shown. */
  links: z
    .array(
      z.object({
        kind: z.enum(['blocks', 'relates', 'duplicates']),
        from: z.string(),
        to: z.string(),
      }),
    )
    .nullish(),
  /** Null where its history could not be read. */
  changes: z.array(changeSchema).nullish(),
});
export type IssuePayload = z.infer<typeof issuePayloadSchema>;
