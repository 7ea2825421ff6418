import type { Batch, ConnectorContext, ReadRequest, SourceRecord } from '@adjutant/core';
import { z } from 'zod';
import type { GithubConfig } from '../config.ts';
import type { peopleFields, ProbedOrganization } from '../discovery/probed.ts';
import { organizationOf, sessionOf } from '../discovery/session.ts';
import { listDamage } from '../reading/list-damage.ts';
import { createPageSize } from '../reading/page-size.ts';
import { type Page, type PageSource, readPage } from '../reading/page-source.ts';

const attempts = 6;
/** GitHub does not say when a membership changed, so lists are read again after a day. */
const staleAfterMs = 24 * 3_600_000;
const stateSchema = z.object({ readAt: z.number(), count: z.number() });

/** A list of people of an organization, small enough to be read as a whole. */
export interface PeopleList {
  plural: string;
  /** Which of the organization's fields it is. */
  field: (typeof peopleFields)[number];
  count(organization: ProbedOrganization): number | null;
  source(login: string): PageSource;
  selection: string;
  /** Returns the record of a node; null where it has another form. Says which parts go on. */
  toRecord(
    node: unknown,
    more: (source: PageSource, selection: string) => AsyncIterable<unknown>,
  ): Promise<SourceRecord | null>;
}

/** Reads a list of people whole, when its length changed or it has not been read for a day. */
export async function* readPeople(
  list: PeopleList,
  context: ConnectorContext<GithubConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const organization = await organizationOf(context, request);
  const session = sessionOf(context);
  const { client } = session;
  const count = list.count(organization);
  if (organization.denied.has(list.field)) {
    const state = request.state ?? {};
    yield { records: [], tombstones: [], state, complete: true, gaps: [deniedGap(list.plural)] };
    return;
  }
  const before = stateSchema.safeParse(request.state);
  const now = client.serverNow();
  const isSame =
    before.success &&
    count !== null &&
    before.data.count === count &&
    request.mode === 'incremental';
  const isStale = before.success && now - before.data.readAt >= staleAfterMs;
  if (isSame && (!isStale || session.hasReadStaleList)) {
    yield { records: [], tombstones: [], state: before.data, complete: true, gaps: [] };
    return;
  }
  session.hasReadStaleList ||= isSame;
  const gone = new Set<string>();
  for await (const id of request.knownExternalIds?.() ?? []) gone.add(id);
  const records: SourceRecord[] = [];
  const damage: Damage = { lost: 0, inside: 0 };
  const inside = (source: PageSource, selection: string): AsyncIterable<unknown> =>
    readNodes(client, source, selection, (lost) => {
      damage.inside += lost;
    });
  const nodes = readNodes(client, list.source(organization.login), list.selection, (lost) => {
    damage.lost += lost;
  });
  for await (const node of nodes) {
    const insideBefore = damage.inside;
    const record = await list.toRecord(node, inside);
    if (record === null) continue;
    gone.delete(record.externalId);
    // Half a record would take away what an earlier, whole one gave.
    if (damage.inside > insideBefore) damage.lost += 1;
    else records.push(record);
  }
  const isWhole = damage.lost === 0;
  yield {
    records,
    // What a damaged list does not show may still be there.
    tombstones: isWhole ? [...gone].toSorted() : [],
    state: isWhole ? { readAt: now, count: count ?? records.length } : {},
    complete: true,
    gaps: isWhole ? [] : [listDamage(list.plural, damage.lost)],
  };
}

/** How many could not be given, and how many within one of them. */
interface Damage {
  lost: number;
  inside: number;
}

async function* readNodes(
  client: ReturnType<typeof sessionOf>['client'],
  source: PageSource,
  selection: string,
  onLost: (count: number) => void,
): AsyncGenerator {
  const size = createPageSize(100);
  for (let after: string | null = null; ; ) {
    const options = { after, selection, parts: [] };
    const whole = new Map<string, unknown>();
    let page: Page;
    for (let attempt = 1; ; attempt += 1) {
      page = await readPage(client, source, size, options);
      for (const [position, node] of page.nodes.entries()) {
        // Of one page some come whole in one answer and some in another.
        if (!page.damage.has(position)) whole.set(placeOf(page, position), node);
      }
      if (missingOf(page, whole) === 0 || attempt >= attempts) break;
      await client.governor.wait(250 * attempt, 'failure');
    }
    const lost = missingOf(page, whole);
    if (lost > 0) onLost(lost);
    for (const position of page.nodes.keys()) {
      const node = whole.get(placeOf(page, position));
      if (node !== undefined) yield node;
    }
    if (!page.hasNextPage || page.endCursor === null || page.endCursor === after) return;
    after = page.endCursor;
  }
}

/** A place in a page; where the list moved between two answers, it is another one. */
function placeOf({ endCursor, totalCount, nodes }: Page, position: number): string {
  return JSON.stringify([endCursor, totalCount, nodes.length, position]);
}

function missingOf(page: Page, whole: ReadonlyMap<string, unknown>): number {
  return [...page.nodes.keys()].filter((position) => !whole.has(placeOf(page, position))).length;
}

function deniedGap(plural: string): Batch['gaps'][number] {
  return {
    code: 'people_not_permitted',
    message: `The credential may not read ${plural}: it needs the organization's Members: read.`,
    affectedCount: null,
  };
}
