import { setImmediate } from 'node:timers/promises';
import type { SourceRecord } from '@adjutant/core';
import type { GithubClient } from '../client/client.ts';
import { completeNodes } from './complete-nodes.ts';
import { type FetchedNodes, fetchNodes } from './fetch-nodes.ts';
import type { NodeKind } from './node-kind.ts';
import type { PageSize } from './page-size.ts';
import { connectionSchema, type RawNode } from './raw-node.ts';
import type { Trouble } from './tracked-state.ts';

/** Nodes after which others get their turn: checking so many takes a few milliseconds. */
const nodesBetweenYields = 25;

/** A node with the parts that could not be had. */
export interface MaybeWhole {
  node: RawNode;
  missing: Set<string>;
}

export interface MadeRecords {
  records: SourceRecord[];
  trouble: Trouble[];
  /** What is there, with its last change as GitHub wrote it. */
  updated: Map<string, string>;
  /** Of these, what will still change. */
  open: Set<string>;
}

/** Follows the nested connections of nodes and makes records of them. */
export async function makeRecords<Node>(
  client: GithubClient,
  kind: NodeKind<Node>,
  found: readonly MaybeWhole[],
): Promise<MadeRecords> {
  const incomplete = await completeNodes(
    client,
    kind,
    found.map(({ node }) => node),
  );
  const made: MadeRecords = { records: [], trouble: [], updated: new Map(), open: new Set() };
  for (const [position, { node, missing }] of found.entries()) {
    if (position > 0 && position % nodesBetweenYields === 0) await setImmediate();
    for (const part of incomplete.get(node.id) ?? []) missing.add(part);
    for (const { field } of kind.nested) {
      if (!connectionSchema.safeParse(node[field]).success) missing.add(field);
    }
    const parsed = kind.schema.safeParse(node);
    const number = typeof node['number'] === 'number' ? node['number'] : null;
    if (!parsed.success) {
      made.trouble.push({ id: node.id, number, parts: null });
      continue;
    }
    const payload = kind.toPayload(parsed.data, [...missing]);
    made.records.push({ externalId: node.id, payload });
    if (kind.isOpen?.(parsed.data) === true) made.open.add(node.id);
    if (missing.size > 0) made.trouble.push({ id: node.id, number, parts: [...missing] });
    const updatedAt = node['updatedAt'];
    if (typeof updatedAt === 'string' && missing.size === 0) made.updated.set(node.id, updatedAt);
  }
  return made;
}

/** Fetches nodes by id and makes records of them; says what is gone and what could not be had. */
export async function recordsOfIds<Node>(
  client: GithubClient,
  kind: NodeKind<Node>,
  size: PageSize,
  ids: readonly string[],
): Promise<MadeRecords & Pick<FetchedNodes, 'gone' | 'refused'>> {
  const fetched = await fetchNodes(client, kind, size, ids);
  const made = await makeRecords(client, kind, [...fetched.nodes.values()]);
  for (const id of [...fetched.broken, ...fetched.refused]) {
    made.trouble.push({ id, number: null, parts: null });
  }
  return { ...made, gone: fetched.gone, refused: fetched.refused };
}
