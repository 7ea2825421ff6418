import { z } from 'zod';

const signatureSchema = z.tuple([
  z.string(),
  z.string(),
  /** Seconds as git printed them; null where it could not read the date. */
  z.number().nullable(),
]);

const commitPayloadSchema = z.object({
  kind: z.literal('commit'),
  sha: z.string(),
  parents: z.array(z.string()),
  /** Name, address, seconds. */
  author: signatureSchema,
  committer: signatureSchema,
  subject: z.string(),
  reverts: z.string().nullish(),
  trailers: z.array(z.tuple([z.string(), z.string()])).nullish(),
});
export type CommitPayload = z.infer<typeof commitPayloadSchema>;

/** An account has a record of its own: its name is the latest used, which no single commit knows. */
const accountPayloadSchema = z.object({
  kind: z.literal('account'),
  name: z.string(),
  email: z.string(),
});

/**
 * A pull request has a record of its own, because it depends on the graph: what its branch held and
 * whether the default branch took it. A long list of commits goes on in further parts.
 */
const pullRequestPayloadSchema = z.object({
  kind: z.literal('pull_request'),
  /** The commit that brought it in. */
  sha: z.string(),
  part: z.number().int(),
  number: z.number().int().nullable(),
  title: z.string(),
  method: z.enum(['merge', 'squash']),
  authorId: z.string().nullable(),
  mergedSeconds: z.number().nullable(),
  firstCommitSeconds: z.number().nullable(),
  headSha: z.string().nullable(),
  branch: z.string().nullable(),
  base: z.string().nullable(),
  commits: z.array(z.string()),
});
export type PullRequestPayload = z.infer<typeof pullRequestPayloadSchema>;

const repositoryPayloadSchema = z.object({
  kind: z.literal('repository'),
  name: z.string(),
  fullName: z.string(),
  url: z.string().nullable(),
  defaultBranch: z.string().nullable(),
  mergeStyle: z.enum(['merge', 'squash', 'mixed', 'linear']).nullable(),
});

export const historyPayloadSchema = z.discriminatedUnion('kind', [
  commitPayloadSchema,
  accountPayloadSchema,
  pullRequestPayloadSchema,
  repositoryPayloadSchema,
]);
export type HistoryPayload = z.infer<typeof historyPayloadSchema>;

export interface HistoryRecord {
  externalId: string;
  payload: HistoryPayload;
}

/** Returns the record id of a part of a pull request. */
export function pullRequestRecordId(sha: string, part: number): string {
  return part === 0 ? `pull:${sha}` : `pull:${sha}:${part}`;
}
