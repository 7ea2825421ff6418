import type { ProbedRepository } from '../discovery/probed.ts';
import type { PageSource } from '../reading/page-source.ts';
import type { Order } from '../reading/tracked-stream.ts';

/** Returns the pages of a repository's pull requests in an order: all, or those that are open. */
export function pullRequestSource(
  { nodeId }: Pick<ProbedRepository, 'nodeId'>,
  order: Order,
  states?: 'OPEN',
): PageSource {
  const only = states === undefined ? '' : `, states: [${states}]`;
  return {
    name: 'PullRequests',
    declarations: '$id: ID!',
    variables: { id: nodeId },
    wrap: (selection) =>
      `node(id: $id) { ... on Repository { page: pullRequests(first: $first, after: $after${only}, orderBy: {field: ${order}}) ${selection} } }`,
    path: ['node'],
    plural: 'pull requests',
  };
}
