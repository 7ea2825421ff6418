import { hash } from 'node:crypto';
import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import { pagerdutyVendor } from '../pagerduty-vendor.ts';
import type { Asked, PagerdutyClient } from './client.ts';

const pageSize = 100;
/** PagerDuty gives no more of one list than so many. */
export const mostOfAList = 10_000;

/** A list of PagerDuty, page by page. */
export interface ListQuery {
  path: string;
  /** The name under which the things stand in the answer. */
  key: string;
  query?: Asked<unknown>['query'];
  what: string;
}

export interface ListPage {
  items: readonly unknown[];
  /** How many there are in all, where it was asked and told. */
  total: number | null;
  /** True on the last page of a list that goes on beyond what PagerDuty gives. */
  isCutOff: boolean;
}

/** Yields the pages of a list; an empty list is one empty page. */
export async function* listPages(
  client: PagerdutyClient,
  { path, key, query = {}, what }: ListQuery,
): AsyncGenerator<ListPage> {
  const schema = z
    .looseObject({
      more: z.boolean().nullish(),
      total: z.number().int().nonnegative().nullish().catch(null),
    })
    .transform(({ more, total, ...lists }, context) => {
      const items = z.array(z.unknown()).safeParse(lists[key]);
      if (items.success) return { more, total, items: items.data };
      context.addIssue('has no such list');
      return z.NEVER;
    });
  // Any page before this one: an answer may fall back to the first from anywhere, and what stands
  // here in its place would never be read.
  const given = new Set<string>();
  for (let offset = 0; ; offset += pageSize) {
    const answer = await client.get({
      path,
      query: { ...query, limit: pageSize, offset },
      schema,
      what,
    });
    const { items } = answer;
    const page = hash('sha256', JSON.stringify(items));
    if (items.length > 0 && given.has(page)) throw repeats(what);
    given.add(page);
    const goesOn = answer.more === true && items.length > 0;
    const isCutOff = goesOn && offset + 2 * pageSize > mostOfAList;
    yield { items, total: answer.total ?? null, isCutOff };
    if (!goesOn || isCutOff) return;
  }
}

/** Whatever does not heed where a page begins would be read for ever, or as another list than it is. */
function repeats(what: string): AdjutantError {
  return new AdjutantError(
    'Upstream',
    `PagerDuty gives the same page of ${what} again and again.`,
    {
      source: pagerdutyVendor.source,
      hint: 'Check what stands between Adjutant and PagerDuty.',
    },
  );
}

/** A whole list, as far as it goes. */
export interface WholeList {
  items: unknown[];
  isCutOff: boolean;
}

/** Returns a whole list: for those that are short. */
export async function readList(client: PagerdutyClient, query: ListQuery): Promise<WholeList> {
  const items: unknown[] = [];
  let isCutOff = false;
  for await (const page of listPages(client, query)) {
    items.push(...page.items);
    isCutOff = page.isCutOff;
  }
  return { items, isCutOff };
}
