import { z } from 'zod';
import { type PullRequestHead, pullRequestHeadSchema } from '../discovery/pull-request-head.ts';
import {
  type PullRequestFilesPayload,
  pullRequestFilesPayloadSchema,
} from '../map/pull-request-files-payload.ts';
import type { NodeKind } from '../reading/node-kind.ts';
import { connectionOf, fullId, idOf, listOf, text } from './graphql-shapes.ts';

/** Whoever changes more has changed everything: what lies behind says nothing of who knows it. */
const mostFiles = 300;

const filesNodeSchema = z.object({
  id: z.string(),
  ...fullId,
  number: z.number().int(),
  state: z.string(),
  mergedAt: text,
  updatedAt: text,
  headRefOid: text,
  files: connectionOf(
    z.object({
      path: z.string(),
      additions: z.number().int().nullish(),
      deletions: z.number().int().nullish(),
    }),
  ),
});
export type PullRequestFilesNode = z.infer<typeof filesNodeSchema>;

/** What is made of a pull request: its record, and what tells whether that is wanted. */
export const filesAndHeadSchema = z.object({
  record: pullRequestFilesPayloadSchema,
  head: pullRequestHeadSchema,
});

/** How the files of pull requests are asked for: few at once, because comparing takes GitHub long. */
export const pullRequestFilesKind: NodeKind<PullRequestFilesNode> = {
  type: 'PullRequest',
  plural: 'lists of files',
  page: 25,
  fields: 'databaseId fullDatabaseId number state mergedAt updatedAt headRefOid',
  nested: [{ field: 'files', first: 100, most: mostFiles, nodes: 'path additions deletions' }],
  schema: filesNodeSchema,
  toPayload: (node) => ({ record: recordOf(node), head: headOf(node) }),
};

function recordOf(node: PullRequestFilesNode): PullRequestFilesPayload {
  return {
    id: idOf(node),
    headSha: node.headRefOid ?? null,
    files: listOf(node.files)
      .slice(0, mostFiles)
      .map(({ path, additions, deletions }) => [path, additions ?? null, deletions ?? null]),
  };
}

function headOf({ state, headRefOid, mergedAt, updatedAt }: PullRequestFilesNode): PullRequestHead {
  return {
    state,
    headSha: headRefOid ?? null,
    mergedAt: mergedAt ?? null,
    updatedAt: updatedAt ?? null,
  };
}
