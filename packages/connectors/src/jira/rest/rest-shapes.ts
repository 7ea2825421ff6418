import { z } from 'zod';

const text = z.string().nullish();
/** Numbers in some answers, digits in others. */
const id = z.union([z.string(), z.number()]).transform(String);

export const restUserSchema = z
  .object({
    accountId: text,
    /** Jira Server and Data Center know no account ids. */
    key: text,
    name: text,
    self: text,
    displayName: text,
    emailAddress: text,
    accountType: text,
    timeZone: text,
    active: z.boolean().nullish(),
  })
  .nullish();
export type RestUser = z.infer<typeof restUserSchema>;

const typeSchema = z
  .object({
    name: text,
    untranslatedName: text,
    subtask: z.boolean().nullish(),
    hierarchyLevel: z.number().nullish(),
    avatarId: z.number().nullish(),
  })
  .nullish();

export const restStatusSchema = z.object({
  id,
  name: text,
  statusCategory: z.object({ key: text }).nullish(),
});
export type RestStatus = z.infer<typeof restStatusSchema>;

export const restSprintSchema = z.object({
  id,
  name: text,
  state: text,
  startDate: text,
  endDate: text,
  completeDate: text,
  originBoardId: z.union([z.string(), z.number()]).nullish(),
});
export type RestSprint = z.infer<typeof restSprintSchema>;

export const restIssueSchema = z.object({
  id,
  /** A search for ids gives none. */
  key: text,
  fields: z.record(z.string(), z.unknown()).default({}),
  changelog: z.object({ histories: z.array(z.unknown()).nullish() }).nullish(),
});
export type RestIssue = z.infer<typeof restIssueSchema>;

/** Of the fields of an issue those that have the same name everywhere. */
export const restFieldsSchema = z.object({
  summary: text,
  issuetype: typeSchema,
  project: z.object({ id, key: text }).nullish(),
  status: z
    .object({ id: id.nullish(), name: text, statusCategory: z.object({ key: text }).nullish() })
    .nullish(),
  assignee: restUserSchema,
  reporter: restUserSchema,
  parent: z.object({ id }).nullish(),
  /** As boards give it: the epic that stands over an issue. */
  epic: z.object({ id }).nullish(),
  created: text,
  updated: text,
  resolutiondate: text,
  statuscategorychangedate: text,
  duedate: text,
  security: z.object({ id: id.nullish() }).nullish(),
  issuelinks: z.array(z.unknown()).nullish(),
});

/** A link as one of its two issues shows it: the other one is named, and on which side it is. */
export const restLinkSchema = z.object({
  type: z.object({ name: text, inward: text, outward: text }),
  inwardIssue: z.object({ id }).nullish(),
  outwardIssue: z.object({ id }).nullish(),
});
export type RestLink = z.infer<typeof restLinkSchema>;

export const restHistorySchema = z.object({
  id,
  author: restUserSchema,
  created: z.union([z.string(), z.number()]).nullish(),
  items: z.array(z.record(z.string(), z.unknown())).nullish(),
});
export type RestHistory = z.infer<typeof restHistorySchema>;

export const restFieldSchema = z.object({
  id: z.string(),
  name: text,
  schema: z.object({ custom: text, type: text }).nullish(),
});
export type RestField = z.infer<typeof restFieldSchema>;
