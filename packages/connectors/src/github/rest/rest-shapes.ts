import { z } from 'zod';
import type { Who } from '../map/account-payload.ts';

// Numbers may come as text, and large ones as bigint. Made text where it is mapped: a transform here
// costs as much as the rest of a small object.
const idSchema = z.union([z.number(), z.string(), z.bigint()]);
const text = z.string().nullish();

interface RestUser {
  id?: number | bigint | string | null;
  login: string;
  type?: string | null;
  name?: string | null;
}

// Every payload names several people, and a schema for each of their fields costs as much as all the
// rest of a pull request.
export const restUserSchema = z
  .custom<RestUser | null>(
    (value) => value === null || isUser(value),
    'an account has a login, and an id that is a number or a text',
  )
  .optional();

function isUser(value: unknown): value is RestUser {
  if (typeof value !== 'object' || value === null || !('login' in value)) return false;
  const {
    login,
    id,
    type,
    name,
  }: { login: unknown; id?: unknown; type?: unknown; name?: unknown } = value;
  return typeof login === 'string' && isId(id) && isText(type) && isText(name);
}

function isId(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || isText(value);
}

function isText(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}

/** Returns an id as text; null where there is none. */
export function idText(id: number | bigint | string | null | undefined): string | null {
  return id === null || id === undefined ? null : String(id);
}

/** Returns the account of a REST user object. */
export function whoOf(user: z.infer<typeof restUserSchema>): Who {
  if (user === null || user === undefined) return null;
  return {
    id: idText(user.id),
    login: user.login,
    type: user.type ?? null,
    name: user.name ?? null,
  };
}

type RestLabel = string | { name?: string | null };

// A union of schemas for each of several labels costs as much as the rest of a pull request.
export const restLabelsSchema = z
  .custom<readonly RestLabel[] | null>(
    (value) => value === null || (Array.isArray(value) && value.every(isLabel)),
    'labels are a list of texts and of what has a name',
  )
  .optional();

function isLabel(value: unknown): value is RestLabel {
  if (typeof value !== 'object' || value === null) return typeof value === 'string';
  return !('name' in value) || isText(value.name);
}

export function labelNames(labels: z.infer<typeof restLabelsSchema>): string[] {
  const names: string[] = [];
  for (const label of labels ?? []) {
    const name = typeof label === 'string' ? label : label.name;
    if (name !== null && name !== undefined) names.push(name);
  }
  return names;
}

const baseSchema = z.object({ ref: text, repo: z.object({ full_name: text }).nullish() }).nullish();
const headSchema = z.object({ ref: text, sha: text }).nullish();

export const restPullRequestSchema = z.object({
  id: idSchema,
  node_id: text,
  number: z.number().int(),
  title: text,
  body: text,
  state: z.string(),
  draft: z.boolean().nullish(),
  merged: z.boolean().nullish(),
  user: restUserSchema,
  merged_by: restUserSchema,
  created_at: text,
  updated_at: text,
  closed_at: text,
  merged_at: text,
  merge_commit_sha: text,
  base: baseSchema,
  head: headSchema,
  additions: z.number().int().nullish(),
  deletions: z.number().int().nullish(),
  changed_files: z.number().int().nullish(),
  labels: restLabelsSchema,
});
export type RestPullRequest = z.infer<typeof restPullRequestSchema>;

export const restReviewSchema = z.object({
  id: idSchema,
  user: restUserSchema,
  state: z.string(),
  submitted_at: text,
});

export const restCommentSchema = z.object({
  id: idSchema,
  /** Of comments on code alone, which have numbers of their own. */
  pull_request_review_id: idSchema.nullish(),
  user: restUserSchema,
  created_at: text,
});

export const restTimelineEventSchema = z.object({
  id: idSchema.nullish(),
  node_id: text,
  event: z.string(),
  actor: restUserSchema,
  created_at: text,
  label: z.object({ name: text }).nullish(),
  assignee: restUserSchema,
  /** Who assigned; REST gives the one who was assigned as the actor. */
  assigner: restUserSchema,
  milestone: z.object({ title: text }).nullish(),
  rename: z.object({ from: text, to: text }).nullish(),
  requested_reviewer: restUserSchema,
  review_requester: restUserSchema,
  dismissed_review: z.object({ state: text }).nullish(),
  state_reason: text,
});
export type RestTimelineEvent = z.infer<typeof restTimelineEventSchema>;

const gitUserSchema = z.object({ name: text, email: text, date: text }).nullish();

export const restCommitSchema = z.object({
  sha: z.string(),
  commit: z.object({ author: gitUserSchema, committer: gitUserSchema, message: text }),
  // GitHub gives an empty object where the account is unknown to it.
  author: z.union([restUserSchema, z.object({})]),
  committer: z.union([restUserSchema, z.object({})]),
  parents: z.array(z.object({ sha: z.string() })).nullish(),
});

export const restIssueSchema = z.object({
  id: idSchema,
  node_id: text,
  number: z.number().int(),
  title: text,
  /** Absent in some old webhooks. */
  state: text,
  state_reason: text,
  user: restUserSchema,
  assignee: restUserSchema,
  labels: restLabelsSchema,
  created_at: text,
  updated_at: text,
  closed_at: text,
  milestone: z.object({ due_on: text }).nullish(),
  pull_request: z.unknown().optional(),
});

export const restReleaseSchema = z.object({
  id: idSchema,
  node_id: text,
  name: text,
  tag_name: z.string(),
  target_commitish: text,
  draft: z.boolean().nullish(),
  prerelease: z.boolean().nullish(),
  author: restUserSchema,
  created_at: text,
  published_at: text,
});

export const restDeploymentSchema = z.object({
  id: idSchema,
  node_id: text,
  sha: text,
  task: text,
  environment: text,
  creator: restUserSchema,
  created_at: text,
  updated_at: text,
});

export const restDeploymentStatusSchema = z.object({ state: z.string(), created_at: text });

export const restWorkflowJobSchema = z.object({
  id: idSchema,
  run_id: idSchema,
  run_attempt: z.number().int().positive().nullish(),
  name: text,
  head_sha: text,
  status: text,
  conclusion: text,
  started_at: text,
  completed_at: text,
});

const runRepositorySchema = z
  .object({ id: idSchema, full_name: text, owner: z.object({ login: text }).nullish() })
  .nullish();

export const restWorkflowRunSchema = z.object({
  id: idSchema,
  node_id: text,
  name: text,
  head_sha: text,
  head_branch: text,
  repository: runRepositorySchema,
  head_repository: runRepositorySchema,
  event: text,
  status: text,
  conclusion: text,
  workflow_id: idSchema.nullish(),
  actor: restUserSchema,
  created_at: text,
  updated_at: text,
  run_started_at: text,
});
