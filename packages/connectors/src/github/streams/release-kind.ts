import { z } from 'zod';
import type { ReleasePayload } from '../map/delivery-payload.ts';
import type { NodeKind } from '../reading/node-kind.ts';
import { graphqlWhoSchema, text, whoOfGraphql } from './graphql-shapes.ts';

const releaseNodeSchema = z.object({
  id: z.string(),
  databaseId: z.number().nullish(),
  name: text,
  tagName: z.string(),
  tagCommit: z.object({ oid: z.string() }).nullish(),
  isDraft: z.boolean().nullish(),
  isPrerelease: z.boolean().nullish(),
  createdAt: text,
  publishedAt: text,
  author: graphqlWhoSchema,
});
export type ReleaseNode = z.infer<typeof releaseNodeSchema>;

/** How releases are asked for, and the record made of one. */
export function releaseKind(deploys: boolean): NodeKind<ReleaseNode> {
  return {
    type: 'Release',
    plural: 'releases',
    page: 100,
    fields: `databaseId name tagName tagCommit { oid } isDraft isPrerelease createdAt publishedAt updatedAt
      author { type: __typename login databaseId name }`,
    nested: [],
    schema: releaseNodeSchema,
    toPayload: (node): ReleasePayload => ({
      nodeId: node.id,
      id: String(node.databaseId ?? node.id),
      name: node.name ?? null,
      tag: node.tagName,
      sha: node.tagCommit?.oid ?? null,
      isDraft: node.isDraft ?? null,
      isPrerelease: node.isPrerelease ?? null,
      author: whoOfGraphql(node.author),
      createdAt: node.createdAt ?? null,
      publishedAt: node.publishedAt ?? null,
      ...(deploys ? { deploys } : {}),
    }),
  };
}
