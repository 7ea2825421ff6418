import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { SearchKey, SearchKind, SearchSubject } from './search-index.ts';

/** What one kind of thing is known by. */
export type SourceKey = Omit<SearchKey, 'kind'>;

/** Where things of one kind come from, and how they are to be found. */
export interface SearchFeed {
  kind: SearchKind;
  /** Another value makes everything be indexed anew: the way texts are split has changed. */
  version: number;
  /** Returns what these keys stand for now; what is gone is left out. */
  read(
    database: Database,
    workspaceId: string,
    keys: readonly SourceKey[],
  ): Promise<SearchSubject[]>;
  /** Returns the keys of everything there is, in order, after one of them. */
  list(
    database: Database,
    workspaceId: string,
    after: SourceKey | null,
    limit: number,
  ): Promise<SourceKey[]>;
}

/** Returns how the keys of a table of source rows are listed. */
export function listKeysOf(table: string): SearchFeed['list'] {
  return async (database, workspaceId, after, limit) => {
    const { source, externalId } = after ?? { source: '', externalId: '' };
    const rows = await queryTuples<[string, string]>(
      database,
      sql`select source, external_id from ${sql.raw(`"${table}"`)}
        where workspace_id = ${workspaceId} and (source, external_id) > (${source}, ${externalId})
        order by source, external_id limit ${limit}`,
    );
    return rows.map(([rowSource, rowExternalId]) => ({
      source: rowSource,
      externalId: rowExternalId,
    }));
  };
}

/** Returns keys as one JSON value, as queries take them. */
export function keysJson(keys: readonly SourceKey[]): string {
  return JSON.stringify(keys.map(({ source, externalId }) => [source, externalId]));
}
