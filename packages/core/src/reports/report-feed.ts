import { sql } from 'drizzle-orm';
import { keysJson, type SearchFeed } from '../search/search-feed.ts';
import type { SearchPart, SearchSubject } from '../search/search-index.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { ReportVisibility } from '../domain.ts';

type ReportTuple = [
  id: string,
  authorPersonId: string,
  day: string,
  did: string | null,
  next: string | null,
  blockers: string | null,
  visibility: ReportVisibility,
  updatedAt: number,
  teamId: string | null,
];

/**
 * Progress reports, found by what they say now: a private one by its author alone. One that was shared
 * is found by the author's team; where there are several, by the first, and read by all of them.
 */
export const reportFeed: SearchFeed = {
  kind: 'report',
  version: 1,
  async list(database, workspaceId, after, limit) {
    const rows = await queryTuples<[string]>(
      database,
      sql`select id from progress_reports
        where workspace_id = ${workspaceId} and id > ${after?.externalId ?? ''}
        order by id limit ${limit}`,
    );
    return rows.map(([externalId]) => ({ source: '', externalId }));
  },
  async read(database, workspaceId, keys) {
    const rows = await queryTuples<ReportTuple>(
      database,
      sql`select p.id, p.author_person_id, p.day, p.did, p.next, p.blockers, p.visibility,
          p.updated_at, (select min(m.team_id) from memberships m
            where m.workspace_id = ${workspaceId} and m.person_id = p.author_person_id
              and m.to_day is null)
        from json_each(${keysJson(keys)}) k cross join progress_reports p
          on p.workspace_id = ${workspaceId} and p.id = k.value->>1`,
    );
    return rows.map(toSubject);
  },
};

function toSubject(row: ReportTuple): SearchSubject {
  const [externalId, ownerPersonId, day, did, next, blockers, shown, updatedAt, teamId] = row;
  const ofColleagues = teamId === null ? 'workspace' : 'team';
  return {
    kind: 'report',
    source: '',
    externalId,
    title: 'Progress report',
    path: day,
    place: null,
    visibility: shown === 'private' ? 'private' : ofColleagues,
    ownerPersonId,
    teamId,
    updatedAt,
    parts: [...partOf('Did', did), ...partOf('Next', next), ...partOf('Blockers', blockers)],
  };
}

function partOf(heading: string, text: string | null): SearchPart[] {
  return text === null ? [] : [{ heading, text, lines: null }];
}
