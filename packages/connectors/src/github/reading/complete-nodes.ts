import type { GithubClient } from '../client/client.ts';
import { askPage } from './ask-page.ts';
import { rateLimitText, withFragments } from './graphql-text.ts';
import { type AnyNodeKind, type NestedConnection, nestedText } from './node-kind.ts';
import { createPageSize } from './page-size.ts';
import { connectionSchema, damageByPosition, type RawNode } from './raw-node.ts';
import { valueAt } from './value-at.ts';

const tasksAtOnce = 10;
const nestedPage = 100;
const attemptsPerTask = 4;

/** A nested connection that goes on beyond what was shown. */
interface Overflow {
  node: RawNode;
  part: NestedConnection;
  after: string;
  failures: number;
}

/** Returns how many nested connections of a node go on. */
export function overflowCount(kind: AnyNodeKind, node: RawNode): number {
  return overflowsOf(kind, node).length;
}

/**
 * Follows the nested connections of nodes to their ends, several in one request. Returns, by node,
 * the parts that could not be completed.
 */
export async function completeNodes(
  client: GithubClient,
  kind: AnyNodeKind,
  nodes: readonly RawNode[],
): Promise<Map<string, Set<string>>> {
  const incomplete = new Map<string, Set<string>>();
  const size = createPageSize(tasksAtOnce);
  let waiting = nodes.flatMap((node) => overflowsOf(kind, node));
  while (waiting.length > 0) {
    const { answer, first } = await askPage(client, size, (wanted) =>
      overflowRequest(kind, waiting.slice(0, wanted)),
    );
    const asked = waiting.slice(0, first);
    const further: Overflow[] = [];
    for (const [position, task] of asked.entries()) {
      const alias = `o${position}`;
      const { damage, others } = damageByPosition(
        answer.problems.filter(({ path }) => path?.[0] === alias),
        [alias],
        [],
      );
      const page = connectionSchema.safeParse(valueAt(answer.data, [alias, task.part.field]));
      const isWhole = page.success && damage.size === 0 && others.length === 0;
      if (isWhole) {
        append(task, page.data.nodes ?? []);
        const { hasNextPage, endCursor } = page.data.pageInfo;
        const isOver = endCursor === task.after || isEnough(task.node, task.part);
        if (hasNextPage && typeof endCursor === 'string' && !isOver) {
          further.push({ ...task, after: endCursor, failures: 0 });
        }
      } else if (task.failures + 1 < attemptsPerTask) {
        further.push({ ...task, failures: task.failures + 1 });
      } else {
        const parts = incomplete.get(task.node.id) ?? new Set();
        incomplete.set(task.node.id, parts.add(task.part.field));
      }
    }
    waiting = [...waiting.slice(first), ...further];
  }
  return incomplete;
}

function overflowsOf(kind: AnyNodeKind, node: RawNode): Overflow[] {
  return kind.nested.flatMap((part) => {
    const page = connectionSchema.safeParse(node[part.field]);
    if (!page.success) return [];
    const { hasNextPage, endCursor } = page.data.pageInfo;
    if (!hasNextPage || typeof endCursor !== 'string' || isEnough(node, part)) return [];
    return [{ node, part, after: endCursor, failures: 0 }];
  });
}

/** Whether as many are here as are wanted. */
function isEnough(node: RawNode, { field, most }: NestedConnection): boolean {
  if (most === undefined) return false;
  const { nodes } = connectionSchema.parse(node[field]);
  return (nodes ?? []).length >= most;
}

function append({ node, part }: Overflow, nodes: readonly unknown[]): void {
  const present = connectionSchema.parse(node[part.field]);
  node[part.field] = {
    pageInfo: { hasNextPage: false, endCursor: null },
    nodes: [...(present.nodes ?? []), ...nodes],
  };
}

function overflowRequest(kind: AnyNodeKind, tasks: readonly Overflow[]) {
  const name = `${kind.type}Overflow`;
  const declarations = tasks.map((_, at) => `$i${at}: ID!, $c${at}: String!`).join(', ');
  const selections = tasks.map(
    ({ part }, at) =>
      `o${at}: node(id: $i${at}) { ... on ${kind.type} { ${nestedText(part, nestedPage, `$c${at}`)} } }`,
  );
  return {
    name,
    text: withFragments(`query ${name}(${declarations}) {
  ${rateLimitText}
  ${selections.join('\n  ')}
}`),
    variables: Object.fromEntries(
      tasks.flatMap(({ node, after }, at) => [
        [`i${at}`, node.id],
        [`c${at}`, after],
      ]),
    ),
  };
}
