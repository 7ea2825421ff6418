import type { GithubClient } from '../client/client.ts';
import { fetchNodes } from './fetch-nodes.ts';
import { listPlaces } from './list-page.ts';
import type { MaybeWhole } from './make-records.ts';
import { type AnyNodeKind, wholeSelection } from './node-kind.ts';
import type { PageSize } from './page-size.ts';
import { type PageSource, readPage } from './page-source.ts';
import { asRawNode } from './raw-node.ts';
import type { Trouble } from './tracked-state.ts';

export interface PageNodes {
  found: MaybeWhole[];
  /** What could not be had, however often asked. */
  broken: Trouble[];
  /** How many places in it nothing gave an id for. */
  unlisted: number;
  after: string | null;
  isLast: boolean;
  total: number | null;
}

/** Reads a page of whole nodes; what came damaged in it is fetched again by its id. */
export async function readPageNodes(
  client: GithubClient,
  kind: AnyNodeKind,
  source: PageSource,
  size: PageSize,
  after: string | null,
): Promise<PageNodes> {
  const parts = kind.nested.map(({ field }) => field);
  const selection = wholeSelection(kind);
  const page = await readPage(client, source, size, { after, selection, parts });
  const found: MaybeWhole[] = [];
  const damaged: string[] = [];
  let nameless = 0;
  for (const [position, value] of page.nodes.entries()) {
    const node = asRawNode(value);
    if (node === null) nameless += 1;
    else if (page.damage.has(position)) damaged.push(node.id);
    else found.push({ node, missing: new Set() });
  }
  let unlisted = 0;
  if (nameless > 0) {
    // What came as null has no name: the same places are listed with nothing but ids.
    const places = await listPlaces(client, source, { after, count: page.nodes.length });
    const present = new Set([...found.map(({ node }) => node.id), ...damaged]);
    const named = new Set(places.ids.filter((id) => !present.has(id)));
    damaged.push(...named);
    unlisted = Math.max(places.unnamed > 0 ? 1 : 0, nameless - named.size);
  }
  const healed = await fetchNodes(client, kind, size, damaged);
  found.push(...healed.nodes.values());
  return {
    found,
    broken: [...healed.broken, ...healed.refused].map((id) => ({ id, number: null, parts: null })),
    unlisted,
    after: page.endCursor,
    isLast: !page.hasNextPage || page.endCursor === null || page.endCursor === after,
    total: page.totalCount,
  };
}
