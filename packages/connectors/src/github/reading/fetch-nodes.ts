import type { GithubClient } from '../client/client.ts';
import { isRefusal } from '../client/graphql-answer.ts';
import { askPage } from './ask-page.ts';
import { rateLimitText, withFragments } from './graphql-text.ts';
import { type AnyNodeKind, wholeSelection } from './node-kind.ts';
import type { PageSize } from './page-size.ts';
import { asRawNode, damageByPosition, type RawNode } from './raw-node.ts';

const attempts = 4;

export interface FetchedNodes {
  nodes: Map<string, { node: RawNode; missing: Set<string> }>;
  /** Ids that name nothing any more. */
  gone: Set<string>;
  /** Ids that the credential may no longer read. */
  refused: Set<string>;
  /** Ids that GitHub could not give, however often asked. */
  broken: Set<string>;
}

/** Fetches whole nodes by their ids; what comes damaged is asked for again, by itself in the end. */
export async function fetchNodes(
  client: GithubClient,
  kind: AnyNodeKind,
  size: PageSize,
  ids: readonly string[],
): Promise<FetchedNodes> {
  const result: FetchedNodes = {
    nodes: new Map(),
    gone: new Set(),
    refused: new Set(),
    broken: new Set(),
  };
  let waiting = [...new Set(ids)];
  for (let attempt = 1; attempt <= attempts && waiting.length > 0; attempt += 1) {
    waiting = await fetchOnce(client, kind, size, waiting, attempt === attempts, result);
  }
  for (const id of waiting) if (!result.nodes.has(id)) result.broken.add(id);
  return result;
}

/** Returns the ids that are to be asked for again. */
async function fetchOnce(
  client: GithubClient,
  kind: AnyNodeKind,
  size: PageSize,
  ids: readonly string[],
  isLast: boolean,
  result: FetchedNodes,
): Promise<string[]> {
  const again: string[] = [];
  const rest = [...ids];
  while (rest.length > 0) {
    const { answer, first } = await askPage(client, size, (wanted) =>
      nodesRequest(kind, rest.slice(0, isLast ? 1 : wanted)),
    );
    const asked = rest.splice(0, isLast ? 1 : first);
    const { damage, others } = damageByPosition(
      answer.problems,
      ['nodes'],
      kind.nested.map(({ field }) => field),
    );
    const list = Array.isArray(answer.data['nodes']) ? answer.data['nodes'] : [];
    for (const [position, id] of asked.entries()) {
      const node = asRawNode(list[position]);
      const harm = damage.get(position);
      const isWhole = harm === undefined && others.length === 0;
      if (node === null) {
        const problem = answer.problems.find(
          ({ path }) => path?.[0] === 'nodes' && path[1] === position && path.length === 2,
        );
        if (problem !== undefined && isRefusal(problem)) {
          if (problem.type === 'NOT_FOUND') result.gone.add(id);
          else result.refused.add(id);
        } else if (isWhole) result.gone.add(id);
        else again.push(id);
        continue;
      }
      if (isWhole) result.nodes.set(id, { node, missing: new Set() });
      else if (!isLast || harm?.whole === true || harm === undefined) again.push(id);
      else result.nodes.set(id, { node, missing: harm.parts });
    }
  }
  return again;
}

function nodesRequest(kind: AnyNodeKind, ids: readonly string[]) {
  const name = `${kind.type}ById`;
  return {
    name,
    text: withFragments(`query ${name}($ids: [ID!]!) {
  ${rateLimitText}
  nodes(ids: $ids) { ... on ${kind.type} { ${wholeSelection(kind)} } }
}`),
    variables: { ids },
  };
}
