import { z } from 'zod';
import type { GithubClient } from '../client/client.ts';
import type { PageSize } from './page-size.ts';
import { createPageSize } from './page-size.ts';
import { type Page, type PageSource, readPage } from './page-source.ts';

const attempts = 8;
const entrySchema = z.object({
  id: z.string(),
  updatedAt: z.string().nullish(),
  createdAt: z.string().nullish(),
});
export type ListEntry = z.infer<typeof entrySchema>;

/** Reads a page of ids alone until every place in it has one: what is not listed cannot be fetched. */
export async function listPage(
  client: GithubClient,
  source: PageSource,
  options: { after: string | null; first: number; withChange: boolean },
): Promise<
  Pick<Page, 'totalCount' | 'endCursor' | 'hasNextPage' | 'serverNow'> & {
    entries: ListEntry[];
    isWhole: boolean;
  }
> {
  const size: PageSize = { value: options.first, halve: () => false, succeed: () => undefined };
  const selection = options.withChange ? 'id updatedAt createdAt' : 'id';
  for (let attempt = 1; ; attempt += 1) {
    const page = await readPage(
      client,
      { ...source, name: `${source.name}Ids` },
      options.first > 25 ? createPageSize(options.first) : size,
      { after: options.after, selection, parts: [] },
    );
    const entries = page.nodes.flatMap((node) => {
      const entry = entrySchema.safeParse(node);
      return entry.success ? [entry.data] : [];
    });
    const isWhole = entries.length === page.nodes.length && page.damage.size === 0;
    if (isWhole || attempt >= attempts) return { ...page, entries, isWhole };
    await client.governor.wait(250 * attempt, 'failure');
  }
}
