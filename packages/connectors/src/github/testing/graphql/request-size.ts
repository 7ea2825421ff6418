import {
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  getNamedType,
  getOperationAST,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLField,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { GithubGraphqlError } from './errors.ts';
import { githubSchema } from './schema.ts';

/** What a request asks for at most, by GitHub's published formula. */
export interface RequestSize {
  /** Points. */
  cost: number;
  nodes: number;
  errors: GithubGraphqlError[];
}

interface Limits {
  pageSize: number;
  nodes: number;
}

interface Walk {
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Readonly<Record<string, unknown>>;
  limits: Limits;
  errors: GithubGraphqlError[];
  connections: number;
  nodes: number;
}

/**
 * Measures a request before it is executed: each connection is asked for once for every node above
 * it; a hundred of these are one point.
 *
 * @source https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function measureRequest(
  document: DocumentNode,
  operationName: string | null,
  variables: Readonly<Record<string, unknown>>,
  limits: Limits,
): RequestSize {
  const operation = getOperationAST(document, operationName);
  const query = githubSchema().getQueryType();
  const walk: Walk = {
    fragments: new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
      ),
    ),
    variables,
    limits,
    errors: [],
    connections: 0,
    nodes: 0,
  };
  if (operation && query) measureSelection(walk, operation.selectionSet, query, 1);
  if (walk.nodes > limits.nodes) walk.errors.push(tooManyNodes(walk.nodes, limits.nodes));
  const cost = Math.max(1, Math.round(walk.connections / 100));
  return { cost, nodes: walk.nodes, errors: walk.errors };
}

function measureSelection(
  walk: Walk,
  { selections }: SelectionSetNode,
  parent: GraphQLCompositeType,
  times: number,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      measureField(walk, selection, parent, times);
      continue;
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : walk.fragments.get(selection.name.value);
    if (fragment === undefined) continue;
    const condition = fragment.typeCondition?.name.value;
    const named = condition === undefined ? parent : githubSchema().getType(condition);
    if (isCompositeType(named)) measureSelection(walk, fragment.selectionSet, named, times);
  }
}

function measureField(walk: Walk, node: FieldNode, parent: GraphQLCompositeType, times: number) {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return;
  const field = parent.getFields()[node.name.value];
  const type = getNamedType(field?.type);
  if (field === undefined || !isCompositeType(type) || node.selectionSet === undefined) return;
  const args: Record<string, unknown> = getArgumentValues(field, node, walk.variables);
  let below = times;
  if (type.name.endsWith('Connection')) {
    walk.connections += times;
    below = times * pageLength(walk, node, field, args);
    walk.nodes += below === times && !asksForNodes(node) ? 0 : below;
  } else if (Array.isArray(args['ids'])) {
    below = times * args['ids'].length;
    walk.nodes += below;
  }
  measureSelection(walk, node.selectionSet, type, below);
}

function asksForNodes(node: FieldNode): boolean {
  return (node.selectionSet?.selections ?? []).some(
    (selection) => selection.kind !== Kind.FIELD || selection.name.value !== 'totalCount',
  );
}

function pageLength(
  walk: Walk,
  node: FieldNode,
  { name }: GraphQLField<unknown, unknown>,
  args: Readonly<Record<string, unknown>>,
): number {
  const given = (['first', 'last'] as const).find((key) => typeof args[key] === 'number');
  const size = given === undefined ? undefined : args[given];
  if (given === undefined || typeof size !== 'number') {
    if (asksForNodes(node)) walk.errors.push(missingBounds(name));
    return 1;
  }
  if (size > walk.limits.pageSize) walk.errors.push(tooLarge(name, given, size, walk.limits));
  if (size < 1) {
    walk.errors.push(
      new GithubGraphqlError(
        'INVALID_PAGINATION',
        `\`${given}\` on the \`${name}\` connection cannot be less than one.`,
      ),
    );
  }
  return Math.max(1, size);
}

function missingBounds(name: string): GithubGraphqlError {
  return new GithubGraphqlError(
    'MISSING_PAGINATION_BOUNDARIES',
    `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
  );
}

function tooLarge(name: string, given: string, size: number, { pageSize }: Limits) {
  return new GithubGraphqlError(
    'EXCESSIVE_PAGINATION',
    `Requesting ${size} records on the \`${name}\` connection exceeds the \`${given}\` limit of ${pageSize} records.`,
  );
}

function tooManyNodes(nodes: number, limit: number): GithubGraphqlError {
  return new GithubGraphqlError(
    'MAX_NODE_LIMIT_EXCEEDED',
    `This query requests up to ${nodes} possible nodes which exceeds the maximum limit of ${limit}.`,
  );
}
