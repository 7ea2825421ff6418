import { z } from 'zod';
import { readMessage } from '../../commits/message.ts';
import type { SignaturePayload } from '../map/account-payload.ts';
import type { CommitPayload } from '../map/commit-payload.ts';
import type { NodeKind } from '../reading/node-kind.ts';
import { connectionOf, graphqlWhoSchema, listOf, text, whoOfGraphql } from './graphql-shapes.ts';

const signatureSchema = z.object({ name: text, email: text, user: graphqlWhoSchema }).nullish();

const commitNodeSchema = z.object({
  id: z.string(),
  oid: z.string(),
  message: text,
  authoredDate: text,
  committedDate: text,
  author: signatureSchema,
  committer: signatureSchema,
  parents: connectionOf(z.object({ oid: z.string() })),
});
export type CommitNode = z.infer<typeof commitNodeSchema>;

const signature = 'name email user { type: __typename login databaseId name }';

/** How commits are asked for, and the record made of one: what its message says, not the message. */
export const commitKind: NodeKind<CommitNode> = {
  type: 'Commit',
  plural: 'commits',
  page: 100,
  fields: `oid message authoredDate committedDate author { ${signature} } committer { ${signature} }`,
  nested: [{ field: 'parents', first: 3, nodes: 'oid' }],
  schema: commitNodeSchema,
  toPayload: (node) => commitPayload(node),
};

/** Returns the record of a commit. */
export function commitPayload(node: CommitNode): CommitPayload {
  const facts = readMessage(Buffer.from(node.message ?? ''));
  return {
    sha: node.oid,
    parents: listOf(node.parents).map(({ oid }) => oid),
    authoredAt: node.authoredDate ?? null,
    committedAt: node.committedDate ?? null,
    author: signed(node.author),
    committer: signed(node.committer),
    subject: facts.subject,
    reverts: facts.revertsSha,
    trailers: facts.trailers.map(([key, value]): [string, string] => [key, value]),
  };
}

function signed(actor: CommitNode['author']): SignaturePayload {
  if (actor === null || actor === undefined) return null;
  return {
    name: actor.name ?? null,
    email: actor.email ?? null,
    account: whoOfGraphql(actor.user),
  };
}
