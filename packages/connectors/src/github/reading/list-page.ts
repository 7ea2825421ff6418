import { z } from 'zod';
import type { GithubClient } from '../client/client.ts';
import { createPageSize, type PageSize } from './page-size.ts';
import { type Page, type PageSource, readPage } from './page-source.ts';

const attempts = 8;
const entrySchema = z.object({
  id: z.string(),
  updatedAt: z.string().nullish(),
  createdAt: z.string().nullish(),
});
export type ListEntry = z.infer<typeof entrySchema>;

export interface ListedPage
  extends Pick<Page, 'totalCount' | 'endCursor' | 'hasNextPage' | 'serverNow'> {
  entries: ListEntry[];
  /** Places of the page. */
  length: number;
  /** True where every place has an id. */
  isWhole: boolean;
}

/**
 * Reads a page of ids alone until every place in it has one: what is not listed cannot be fetched.
 * What several answers show of the same page counts together.
 */
export async function listPage(
  client: GithubClient,
  source: PageSource,
  options: { after: string | null; first: number; withChange: boolean },
): Promise<ListedPage> {
  const fixed: PageSize = { value: options.first, halve: () => false, succeed: () => undefined };
  const size = options.first > 25 ? createPageSize(options.first) : fixed;
  const selection = options.withChange ? 'id updatedAt createdAt' : 'id';
  const wanted = { after: options.after, selection, parts: [] };
  let before: ListedPage | null = null;
  for (let attempt = 1; ; attempt += 1) {
    const page = await readPage(client, { ...source, name: `${source.name}Ids` }, size, wanted);
    const now = asListed(page);
    const listed: ListedPage =
      before !== null && !now.isWhole && isSamePage(before, now) ? together(before, now) : now;
    if (listed.isWhole || attempt >= attempts) return listed;
    before = listed;
    await client.governor.wait(250 * attempt, 'failure');
  }
}

/**
 * Lists the ids of so many places from a cursor on, in as many pages as that takes. Returns how many
 * of the places have none.
 */
export async function listPlaces(
  client: GithubClient,
  source: PageSource,
  { after, count }: { after: string | null; count: number },
): Promise<{ ids: string[]; unnamed: number }> {
  const ids: string[] = [];
  let places = 0;
  for (let from = after; places < count; ) {
    const options = { after: from, first: count - places, withChange: false };
    const page = await listPage(client, source, options);
    ids.push(...page.entries.map(({ id }) => id));
    places += page.length;
    if (!page.hasNextPage || page.endCursor === null || page.endCursor === from) break;
    from = page.endCursor;
  }
  return { ids, unnamed: places - ids.length };
}

function asListed(page: Page): ListedPage {
  const entries = page.nodes.flatMap((node, position) => {
    const entry = entrySchema.safeParse(node);
    return entry.success && !page.damage.has(position) ? [entry.data] : [];
  });
  const { length } = page.nodes;
  return { ...page, entries, length, isWhole: entries.length === length };
}

/** Where the list moved between two answers, they show different pages. */
function isSamePage(a: ListedPage, b: ListedPage): boolean {
  return (
    a.length === b.length &&
    a.endCursor === b.endCursor &&
    a.totalCount === b.totalCount &&
    a.hasNextPage === b.hasNextPage
  );
}

function together(before: ListedPage, now: ListedPage): ListedPage {
  // The later answer counts where something changed between the two.
  const byId = new Map([...before.entries, ...now.entries].map((entry) => [entry.id, entry]));
  const entries = [...byId.values()];
  return { ...now, entries, isWhole: entries.length >= now.length };
}
