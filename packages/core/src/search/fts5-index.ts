import type { Store } from '../store/store.ts';
import { putSubjects, removeSubjects } from './fts5-write.ts';
import { searchFts5 } from './fts5-query.ts';
import { runStatement } from '../store/raw-query.ts';
import { sql } from 'drizzle-orm';
import type { SearchIndex } from './search-index.ts';

/**
 * Returns the default index: FTS5 beside the rows. It keeps no text, only which words stand in which
 * part; a trigger takes them out when the part's entry goes, whoever deletes it.
 */
export function createFts5Index(store: Store): SearchIndex {
  return {
    put: (workspaceId, subjects) => putSubjects(store, workspaceId, subjects),
    remove: (workspaceId, keys) => removeSubjects(store, workspaceId, keys),
    search: (workspaceId, query) => searchFts5(store, workspaceId, query),
    async clear(workspaceId) {
      const deleted = sql`delete from search_entries where id in (
        select id from search_entries where workspace_id = ${workspaceId} limit 2000)`;
      while ((await store.transaction((transaction) => runStatement(transaction, deleted))) > 0);
    },
  };
}
