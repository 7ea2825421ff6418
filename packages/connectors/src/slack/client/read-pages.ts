import { z } from 'zod';
import type { Arguments, SlackClient } from './client.ts';

const pageSchema = z.looseObject({
  has_more: z.boolean().nullish(),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

/** More pages than any list of Slack's has. */
const mostPages = 2_000;

export interface ListToRead {
  method: string;
  parameters: Arguments;
  /** Field of the answer that holds the list. */
  field: string;
  what: string;
}

export interface ListPage {
  /** The whole answer, for what stands beside the list. */
  answer: Readonly<Record<string, unknown>>;
  items: readonly unknown[];
  /** False on every page but the last one, and there too where the list could not be read to its end. */
  isEnd: boolean;
  /** The list goes round in a circle: what comes after this page is not known. */
  isBroken: boolean;
}

/**
 * Yields the pages of a list by their cursors. A cursor that was given before leads round in a
 * circle: the list ends there, and is said to be broken.
 */
export async function* readPages(client: SlackClient, list: ListToRead): AsyncGenerator<ListPage> {
  const { method, parameters, field, what } = list;
  const seen = new Set<string>();
  for (let cursor = '', count = 1; ; count += 1) {
    const asked = cursor === '' ? parameters : { ...parameters, cursor };
    const { data } = await client.call(method, asked, pageSchema, what);
    const items: readonly unknown[] = Array.isArray(data[field]) ? data[field] : [];
    const next = data.response_metadata?.next_cursor ?? '';
    const lacksCursor = next === '' && data.has_more === true;
    const isBroken = lacksCursor || (next !== '' && (seen.has(next) || count >= mostPages));
    const isEnd = next === '' || isBroken;
    yield { answer: data, items, isEnd, isBroken };
    if (isEnd) return;
    seen.add(next);
    cursor = next;
  }
}
