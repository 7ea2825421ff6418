import type { z } from 'zod';

/** A connection inside a node that may be longer than the first request shows. */
export interface NestedConnection {
  /** Name of the field, and of the part in the record. */
  field: string;
  /** How many the first request asks for. */
  first: number;
  /** How many are wanted at most; all of them unless told. */
  most?: number;
  /** Further arguments, such as the types of timeline items. */
  more?: string;
  /** Selection of one node. */
  nodes: string;
}

/** A kind of thing that GraphQL gives by its node id, and the record made of it. */
export interface NodeKind<Node> {
  /** Name of the GraphQL type. */
  type: string;
  /** What people call several of it. */
  plural: string;
  /** How many are asked for at once, as long as GitHub can give them. */
  page: number;
  /** Selection without the nested connections and the id. */
  fields: string;
  nested: readonly NestedConnection[];
  schema: z.ZodType<Node>;
  /** Returns the payload; parts that are missing are left out of it. */
  toPayload(node: Node, missing: readonly string[]): Record<string, unknown>;
  /** True while it will still change without showing that at the head of any list. */
  isOpen?(node: Node): boolean;
}

/** What asking for it needs, without what is made of it. */
export type AnyNodeKind = Pick<NodeKind<unknown>, 'type' | 'plural' | 'page' | 'fields' | 'nested'>;

/** Returns the selection of a whole node. */
export function wholeSelection(kind: AnyNodeKind): string {
  return `id ${kind.fields} ${kind.nested.map((part) => nestedText(part, part.first)).join(' ')}`;
}

/** Returns the text of a nested connection, from its start or from a cursor. */
export function nestedText(part: NestedConnection, first: number, after?: string): string {
  const more = part.more === undefined ? '' : `, ${part.more}`;
  const from = after === undefined ? '' : `, after: ${after}`;
  return `${part.field}(first: ${first}${from}${more}) { pageInfo { hasNextPage endCursor } nodes { ${part.nodes} } }`;
}
