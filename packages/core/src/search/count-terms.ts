import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { SearchAccess, SearchQuery } from './search-index.ts';

/** Parts that are ranked for one query at most: with more of them the event loop would stand still. */
export const mostCounted = 12_000;

/**
 * Returns in how many parts each term stands, of those that meet the conditions alone. A table of all
 * words would be quicker, but tells of words in parts that the viewer may not read. Counting ends at
 * `most`: a term with so many is common, however many more there are.
 */
export async function countTerms(
  database: Database,
  terms: readonly string[],
  conditions: SQL,
  most = mostCounted,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const term of new Set(terms)) {
    const [row] = await queryTuples<[number]>(
      database,
      sql`select count(*) from (${partsWithTerm(term, conditions, most)})`,
    );
    counts.set(term, row?.[0] ?? 0);
    await yieldToEventLoop();
  }
  return counts;
}

/** Returns a query for the keys of parts in which a term stands, of those that meet the conditions, at most so many. */
export function partsWithTerm(term: string, conditions: SQL, most: number): SQL {
  return sql`select e.source, e.external_id
    from search_words w cross join search_entries e on e.id = w.rowid
    where search_words match ${quotedTerm(term)} and ${conditions} limit ${most}`;
}

/** Returns a term as a match takes it: always quoted, so that nothing in it is syntax. */
export function quotedTerm(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}

/** Returns what an entry `e` has to meet to be among what was asked for. */
export function conditionsOf(
  workspaceId: string,
  { access, kinds, places }: Pick<SearchQuery, 'access' | 'kinds' | 'places'>,
): SQL {
  const ofKind =
    kinds === undefined
      ? sql`true`
      : sql`e.kind in (select value from json_each(${JSON.stringify(kinds)}))`;
  const ofPlace =
    places === undefined
      ? sql`true`
      : sql`(e.source, e.place) in (select value->>0, value->>1
          from json_each(${JSON.stringify(places.map(({ source, place }) => [source, place]))}))`;
  return sql`e.workspace_id = ${workspaceId} and ${mayFind(access)} and ${ofKind} and ${ofPlace}`;
}

function mayFind({ personId, teamIds, seesEveryTeam }: SearchAccess): SQL {
  const ofTeam = seesEveryTeam
    ? sql`e.visibility = 'team'`
    : sql`(e.visibility = 'team' and e.team_id in (select value from json_each(${JSON.stringify(teamIds)})))`;
  const own = personId === null ? sql`false` : sql`e.owner_person_id = ${personId}`;
  return sql`(e.visibility = 'workspace' or ${ofTeam} or ${own})`;
}
