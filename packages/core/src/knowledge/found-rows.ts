import { type SQL, sql } from 'drizzle-orm';
import type { ReadContext } from '../reads/read-context.ts';
import type { SearchHit, SearchKey } from '../search/search-index.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { FoundKind } from './handle.ts';
import { documentKey } from './stored-documents.ts';

/** What is found here, and where the row of each kind stands. */
const tables: Readonly<Record<FoundKind, SQL>> = {
  document: sql`documents`,
  pull_request: sql`pull_requests`,
  work_item: sql`work_items`,
};
export const foundKinds = [
  'document',
  'pull_request',
  'work_item',
] as const satisfies readonly FoundKind[];

/** The row behind a hit, and the repository that it lies in. */
export interface FoundRow {
  id: string;
  repository: string | null;
  repositoryUrl: string | null;
}

/** Returns the rows behind hits; what is gone since it was indexed is left out. */
export async function readFoundRows(
  { store, workspaceId }: ReadContext,
  hits: readonly SearchHit[],
): Promise<(hit: SearchKey) => FoundRow | undefined> {
  const found = new Map<string, FoundRow>();
  for (const kind of foundKinds) {
    const keys = hits.flatMap((hit) =>
      hit.kind === kind ? [[hit.source, hit.externalId, hit.place]] : [],
    );
    if (keys.length === 0) continue;
    const rows = await queryTuples<[string, string, string, string | null, string | null]>(
      store.read,
      sql`select x.id, x.source, x.external_id, coalesce(r.full_name, r.name), r.url
        from json_each(${JSON.stringify(keys)}) k cross join ${tables[kind]} x
          on x.workspace_id = ${workspaceId} and x.source = k.value->>0 and x.external_id = k.value->>1
        left join repositories r on r.workspace_id = ${workspaceId} and r.source = x.source
          and r.external_id = k.value->>2`,
    );
    for (const [id, source, externalId, repository, repositoryUrl] of rows) {
      found.set(keyOf({ kind, source, externalId }), { id, repository, repositoryUrl });
    }
  }
  return (hit) => found.get(keyOf(hit));
}

function keyOf({ kind, source, externalId }: SearchKey): string {
  return `${kind}\n${documentKey({ source, externalId })}`;
}
