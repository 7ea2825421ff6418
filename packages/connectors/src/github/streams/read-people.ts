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
  const damage = { isWhole: true };
  const more = (source: PageSource, selection: string): AsyncIterable<unknown> =>
    readNodes(client, source, selection, damage);
  for await (const node of more(list.source(organization.login), list.selection)) {
    const record = await list.toRecord(node, more);
    if (record === null) continue;
    gone.delete(record.externalId);
    records.push(record);
  }
  yield {
    records,
    // What a damaged list does not show may still be there.
    tombstones: damage.isWhole ? [...gone].toSorted() : [],
    state: damage.isWhole ? { readAt: now, count: count ?? records.length } : {},
    complete: true,
    gaps: damage.isWhole ? [] : [listDamage(list.plural)],
  };
}

async function* readNodes(
  client: ReturnType<typeof sessionOf>['client'],
  source: PageSource,
  selection: string,
  damage: { isWhole: boolean },
): AsyncGenerator {
  const size = createPageSize(100);
  for (let after: string | null = null; ; ) {
    const options = { after, selection, parts: [] };
    let page: Page = await readPage(client, source, size, options);
    for (let attempt = 1; page.damage.size > 0 && attempt < attempts; attempt += 1) {
      page = await readPage(client, source, size, options);
    }
    if (page.damage.size > 0) damage.isWhole = false;
    yield* page.nodes;
    if (!page.hasNextPage || page.endCursor === null || page.endCursor === after) return;
    after = page.endCursor;
  }
}

function deniedGap(plural: string): Batch['gaps'][number] {
  return {
    code: 'people_not_permitted',
    message: `The credential may not read ${plural}: it needs the organization's Members: read.`,
    affectedCount: null,
  };
}
