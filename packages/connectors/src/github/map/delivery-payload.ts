import { z } from 'zod';
import { whoSchema } from './account-payload.ts';

const text = z.string().nullish();

/** Set where this kind of record is what deployments of the repository are read from. */
const deploysSchema = z.boolean().nullish();

export const releasePayloadSchema = z.object({
  nodeId: text,
  id: z.string(),
  name: text,
  tag: z.string(),
  sha: text,
  isDraft: z.boolean().nullish(),
  isPrerelease: z.boolean().nullish(),
  author: whoSchema,
  createdAt: text,
  publishedAt: text,
  deploys: deploysSchema,
});
export type ReleasePayload = z.infer<typeof releasePayloadSchema>;

const statusSchema = z.object({ state: z.string(), at: text });

export const deploymentPayloadSchema = z.object({
  nodeId: text,
  id: z.string(),
  environment: text,
  sha: text,
  task: text,
  /** GitHub's word for the whole; statuses say more. */
  state: text,
  creator: whoSchema,
  createdAt: text,
  updatedAt: text,
  statuses: z.array(statusSchema).nullish(),
  missing: z.array(z.string()).nullish(),
});
export type DeploymentPayload = z.infer<typeof deploymentPayloadSchema>;

export const workflowJobPayloadSchema = z.object({
  id: z.string(),
  name: text,
  attempt: z.number().int().positive().nullish(),
  sha: text,
  status: text,
  conclusion: text,
  startedAt: text,
  completedAt: text,
});
export type WorkflowJobPayload = z.infer<typeof workflowJobPayloadSchema>;

export const workflowRunPayloadSchema = z.object({
  nodeId: text,
  id: z.string(),
  name: text,
  sha: text,
  /** `ada:main` where it is of another repository than the run. */
  branch: text,
  event: text,
  status: text,
  conclusion: text,
  actor: whoSchema,
  createdAt: text,
  startedAt: text,
  updatedAt: text,
  environment: text,
  deploys: deploysSchema,
});
export type WorkflowRunPayload = z.infer<typeof workflowRunPayloadSchema>;

/** The jobs of a run: a record of their own, so that a run that is read again without them leaves them. */
export const workflowJobsPayloadSchema = z.object({
  runId: z.string(),
  jobs: z.array(workflowJobPayloadSchema),
});

export const tagPayloadSchema = z.object({ name: z.string(), sha: z.string(), at: text });
export type TagPayload = z.infer<typeof tagPayloadSchema>;
