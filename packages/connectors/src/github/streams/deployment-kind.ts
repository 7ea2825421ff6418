import { z } from 'zod';
import type { DeploymentPayload } from '../map/delivery-payload.ts';
import type { NodeKind } from '../reading/node-kind.ts';
import { connectionOf, graphqlWhoSchema, listOf, text, whoOfGraphql } from './graphql-shapes.ts';

const deploymentNodeSchema = z.object({
  id: z.string(),
  databaseId: z.number().nullish(),
  environment: text,
  originalEnvironment: text,
  commitOid: text,
  task: text,
  state: text,
  createdAt: text,
  updatedAt: text,
  creator: graphqlWhoSchema,
  statuses: connectionOf(z.object({ state: z.string(), createdAt: text })),
});
export type DeploymentNode = z.infer<typeof deploymentNodeSchema>;

const settled = new Set(['SUCCESS', 'FAILURE', 'ERROR', 'INACTIVE']);
const settledStates = new Set([...settled, 'ACTIVE', 'ABANDONED', 'DESTROYED']);

/** How deployments are asked for, and the record made of one. */
export const deploymentKind: NodeKind<DeploymentNode> = {
  type: 'Deployment',
  plural: 'deployments',
  page: 100,
  fields:
    'databaseId environment originalEnvironment commitOid task state createdAt updatedAt creator { ...Who }',
  nested: [{ field: 'statuses', first: 10, nodes: 'state createdAt' }],
  schema: deploymentNodeSchema,
  toPayload: (node): DeploymentPayload => ({
    nodeId: node.id,
    id: String(node.databaseId ?? node.id),
    environment: node.originalEnvironment ?? node.environment ?? null,
    sha: node.commitOid ?? null,
    task: node.task ?? null,
    state: node.state ?? null,
    creator: whoOfGraphql(node.creator),
    createdAt: node.createdAt ?? null,
    updatedAt: node.updatedAt ?? null,
    statuses: listOf(node.statuses).map(({ state, createdAt }) => ({
      state,
      at: createdAt ?? null,
    })),
  }),
  isOpen: ({ state, statuses }) =>
    !settledStates.has(state ?? '') &&
    !listOf(statuses).some((status) => settled.has(status.state)),
};
