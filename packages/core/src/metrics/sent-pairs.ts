import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';

interface Place {
  source: string;
  repository: string | null;
}

/** A repository as a source that shows no code names it, and as the source that leads it does. */
export interface SentPair {
  sent: Place;
  lead: Place;
}

/** Returns the repositories of which deployments were sent beside what another source shows. */
export async function loadSentPairs(database: Database, workspaceId: string): Promise<SentPair[]> {
  const rows = await queryTuples<[string, string, string, string]>(
    database,
    sql`select f.source, f.repository_external_id, f.lead_source, f.lead_repository_external_id
      from sources s cross join repository_leads f on f.workspace_id = s.workspace_id
        and f.source = s.source
      where s.workspace_id = ${workspaceId} and s.shows_code = 0`,
  );
  return rows.map(([source, repository, leadSource, leadRepository]) => ({
    sent: { source, repository },
    lead: { source: leadSource, repository: leadRepository },
  }));
}

/** Returns the places that have a mark, with those that stand for the same repository. */
export function withPairs(
  marked: ReadonlySet<string>,
  pairs: readonly SentPair[],
  keyOf: (place: Place) => string,
): Set<string> {
  const all = new Set(marked);
  // A lead may have several: what one of them has, all have.
  for (const [from, to] of [
    ['sent', 'lead'],
    ['lead', 'sent'],
  ] as const) {
    for (const pair of pairs) if (all.has(keyOf(pair[from]))) all.add(keyOf(pair[to]));
  }
  return all;
}
