import type { GithubClient } from '../client/client.ts';
import type { ProbedSection } from '../discovery/probed.ts';
import { type ListEntry, listPage } from './list-page.ts';
import type { PageSource } from './page-source.ts';
import type { Order } from './tracked-stream.ts';

const listedAtOnce = 100;

export interface Listed {
  entries: ListEntry[];
  total: number | null;
  isWhole: boolean;
  /** Places that nothing gave an id for. */
  unnamed: number;
}

/**
 * Lists what has changed since an instant, newest first. What the probe saw often is all of it, and
 * then nothing is asked.
 */
export async function listChanges({
  client,
  section,
  newestBy,
  highWater,
  source: sourceOf,
}: {
  client: GithubClient;
  /** What the probe saw; null where it could not. */
  section: ProbedSection | null;
  newestBy: 'updatedAt' | 'createdAt';
  highWater: number;
  source: (order: Order) => PageSource;
}): Promise<Listed> {
  if (section !== null) {
    const { newest, totalCount } = section;
    const reachesBack =
      newest.length >= totalCount || newest.some((entry) => !isSince(entry[newestBy], highWater));
    const entries = newest.filter(({ updatedAt }) => isSince(updatedAt, highWater));
    if (reachesBack) return { entries, total: totalCount, isWhole: true, unnamed: 0 };
  }
  const order = newestBy === 'updatedAt' ? 'UPDATED_AT' : 'CREATED_AT';
  const source = sourceOf(`${order}, direction: DESC`);
  const entries = new Map<string, ListEntry>();
  let total: number | null = null;
  let unnamed = 0;
  for (let after: string | null = null; ; ) {
    const page = await listPage(client, source, { after, first: listedAtOnce, withChange: true });
    total = page.totalCount;
    const recent = page.entries.filter((entry) => isSince(entry[newestBy], highWater));
    for (const entry of page.entries) {
      if (isSince(entry.updatedAt, highWater) && !entries.has(entry.id)) {
        entries.set(entry.id, entry);
      }
    }
    if (!page.isWhole) unnamed += Math.max(1, page.length - page.entries.length);
    const isOver = !page.hasNextPage || page.endCursor === null || page.endCursor === after;
    if (recent.length < page.entries.length || isOver) {
      return { entries: [...entries.values()], total, isWhole: unnamed === 0, unnamed };
    }
    after = page.endCursor;
  }
}

function isSince(instant: string | null | undefined, highWater: number): boolean {
  return typeof instant !== 'string' || Date.parse(instant) >= highWater;
}
