import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { conditionsOf, countTerms, mostCounted, quotedTerm } from './count-terms.ts';
import { type QuestionTerm, questionTerms } from './question-terms.ts';
import type { SearchHit, SearchKind, SearchQuery, SearchResult } from './search-index.ts';

const defaultLimit = 10;
const mostHits = 200;
/** A heading says most of what stands below it, then the title, then the path. */
const weights = '1.0, 0.8, 4.0, 0.5';

type HitTuple = [
  kind: SearchKind,
  source: string,
  externalId: string,
  part: number,
  title: string,
  heading: string,
  path: string,
  place: string | null,
  lineFrom: number | null,
  lineTo: number | null,
  updatedAt: number | null,
];

/**
 * Finds the parts in which the asked words stand: first those that hold all of them, then those that
 * hold some, the rarer the better. Who may not read a part neither gets nor counts it.
 */
export async function searchFts5(
  store: Store,
  workspaceId: string,
  query: SearchQuery,
): Promise<SearchResult> {
  const limit = Math.min(Math.max(1, query.limit ?? defaultLimit), mostHits);
  const asked = questionTerms(query.text);
  const terms = asked.map(({ term }) => term);
  if (asked.length === 0) return { hits: [], hasMore: false, terms };
  const conditions = conditionsOf(workspaceId, query);
  const hits = new Map<string, SearchHit>();
  for (const match of await matchesOf(store.read, asked, conditions)) {
    if (hits.size > limit) break;
    for (const hit of await readHits(store.read, match, conditions, limit + 1)) {
      const key = JSON.stringify([hit.kind, hit.source, hit.externalId, hit.part]);
      if (!hits.has(key)) hits.set(key, hit);
    }
  }
  return { hits: [...hits.values()].slice(0, limit), hasMore: hits.size > limit, terms };
}

/** The matches to try, the strictest first. */
async function matchesOf(
  database: Database,
  asked: readonly QuestionTerm[],
  conditions: SQL,
): Promise<string[]> {
  const terms = asked.map(({ term }) => term);
  const counts = await countTerms(database, terms, conditions);
  const known = asked.filter(({ term, isBeginning }) => isBeginning || (counts.get(term) ?? 0) > 0);
  const rarestFirst = known.toSorted(
    (left, right) => (counts.get(left.term) ?? 0) - (counts.get(right.term) ?? 0),
  );
  const some: QuestionTerm[] = [];
  let ranked = 0;
  for (const term of rarestFirst) {
    ranked += counts.get(term.term) ?? 0;
    if (some.length > 0 && ranked > mostCounted) break;
    some.push(term);
  }
  const all = known.length === asked.length ? [known.map(quoted).join(' AND ')] : [];
  return [...all, ...(some.length > 0 ? [some.map(quoted).join(' OR ')] : [])];
}

function quoted({ term, isBeginning }: QuestionTerm): string {
  return `${quotedTerm(term)}${isBeginning ? '*' : ''}`;
}

async function readHits(
  database: Database,
  match: string,
  conditions: SQL,
  limit: number,
): Promise<SearchHit[]> {
  const rows = await queryTuples<HitTuple>(
    database,
    // What may not be read is left out before anything is ranked or counted.
    sql`
    select e.kind, e.source, e.external_id, e.part, e.title, e.heading, e.path, e.place,
      e.line_from, e.line_to, e.updated_at
    from (
      select w.rowid as id, bm25(search_words, ${sql.raw(weights)}) as score
      from search_words w cross join search_entries e on e.id = w.rowid
      where search_words match ${match} and ${conditions}
      order by w.rowid desc limit ${mostCounted}
    ) found cross join search_entries e on e.id = found.id
    order by found.score, e.source, e.external_id, e.part limit ${limit}`,
  );
  return rows.map(toHit);
}

function toHit([
  kind,
  source,
  externalId,
  part,
  title,
  heading,
  path,
  place,
  lineFrom,
  lineTo,
  updatedAt,
]: HitTuple): SearchHit {
  const lines = lineFrom === null || lineTo === null ? null : { from: lineFrom, to: lineTo };
  return { kind, source, externalId, part, title, heading, path, place, lines, updatedAt };
}
