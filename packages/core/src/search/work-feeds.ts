import { sql } from 'drizzle-orm';
import { queryTuples } from '../store/raw-query.ts';
import { keysJson, listKeysOf, type SearchFeed } from './search-feed.ts';
import type { SearchSubject } from './search-index.ts';

const everybody = { visibility: 'workspace', ownerPersonId: null, teamId: null } as const;
/** All that is known of them in words is their title. */
const titleOnly = [{ heading: '', text: '', lines: null }];

/** Pull requests, found by title, number and branch. */
export const pullRequestFeed: SearchFeed = {
  kind: 'pull_request',
  version: 1,
  list: listKeysOf('pull_requests'),
  async read(database, workspaceId, keys) {
    const rows = await queryTuples<
      [string, string, string, number | null, string, string | null, number | null]
    >(
      database,
      sql`select p.source, p.external_id, p.repository_external_id, p.number, p.title, p.head_ref,
          coalesce(p.updated_at, p.merged_at, p.closed_at, p.opened_at)
        from json_each(${keysJson(keys)}) k cross join pull_requests p
          on p.workspace_id = ${workspaceId} and p.source = k.value->>0
            and p.external_id = k.value->>1`,
    );
    return rows.map(
      ([source, externalId, place, number, title, headRef, updatedAt]): SearchSubject => ({
        ...everybody,
        kind: 'pull_request',
        source,
        externalId,
        title,
        path: [number === null ? '' : `#${number}`, headRef ?? ''].join(' ').trim(),
        place,
        updatedAt,
        parts: titleOnly,
      }),
    );
  },
};

/** Issues and stories, found by title and key. */
export const workItemFeed: SearchFeed = {
  kind: 'work_item',
  version: 1,
  list: listKeysOf('work_items'),
  async read(database, workspaceId, keys) {
    const rows = await queryTuples<[string, string, string, string, number | null]>(
      database,
      sql`select w.source, w.external_id, w.key, w.title,
          coalesce(w.done_at, w.started_at, w.created_at)
        from json_each(${keysJson(keys)}) k cross join work_items w
          on w.workspace_id = ${workspaceId} and w.source = k.value->>0
            and w.external_id = k.value->>1`,
    );
    return rows.map(
      ([source, externalId, key, title, updatedAt]): SearchSubject => ({
        ...everybody,
        kind: 'work_item',
        source,
        externalId,
        title,
        path: key,
        place: null,
        updatedAt,
        parts: titleOnly,
      }),
    );
  },
};
