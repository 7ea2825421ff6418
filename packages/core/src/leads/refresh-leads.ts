import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { upsertRows } from '../store/bulk-write.ts';
import { readRows } from '../store/json-columns.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { markRepositoryDirty } from '../workspace/assign-teams.ts';
import { chooseLeads, type Follower, type LeadCandidate } from './choose-leads.ts';
import {
  findChanged,
  loadSentDelivery,
  sentGaps,
  toRows,
  writeNotCounted,
} from './delivery-followers.ts';
import { leadGap, leadStream } from './lead-gap.ts';
import { normaliseOrigin } from './repository-origin.ts';

const { gaps, repositories, repositoryLeads, repositoryOrigins } = tables;
const originTarget = {
  table: repositoryOrigins,
  key: ['source', 'repositoryExternalId', 'origin'],
};

/**
 * Works out which repositories two sources show, and which of the two counts, from the rows alone.
 * What changes its standing has its facts computed again. Returns how many repositories changed.
 */
export async function refreshLeads(store: Store, workspaceId: string): Promise<number> {
  await rememberOrigins(store, workspaceId);
  const candidates = await loadCandidates(store, workspaceId);
  const followers = chooseLeads(candidates);
  const titles = await loadTitles(store, workspaceId);
  const before = await store.read
    .select()
    .from(repositoryLeads)
    .where(eq(repositoryLeads.workspaceId, workspaceId));
  const wanted = new Map(followers.map((found) => [keyOf(found.follower), found]));
  const present = new Map(
    before.map((row) => [`${row.source}\n${row.repositoryExternalId}`, row] as const),
  );
  const changed = changedKeys(wanted, present);
  const sent = await loadSentDelivery(store, workspaceId, followers);
  const rows = toRows(workspaceId, sent);
  for (const one of await findChanged(store, workspaceId, rows, followers)) changed.add(keyOf(one));
  // Of what was sent, only what stands beside the same of another source needs to be told.
  const notes = [
    ...followers.flatMap((found) => (found.follower.showsCode ? [leadGap(found, titles)] : [])),
    ...sent.flatMap((found) => sentGaps(found, titles)),
  ];
  if (changed.size === 0 && !(await notesDiffer(store, workspaceId, notes))) return 0;
  await store.transaction(async (transaction) => {
    await transaction.delete(repositoryLeads).where(eq(repositoryLeads.workspaceId, workspaceId));
    await transaction
      .delete(gaps)
      .where(and(eq(gaps.workspaceId, workspaceId), eq(gaps.stream, leadStream)));
    for (const { follower, lead } of followers) {
      await transaction.insert(repositoryLeads).values({
        workspaceId,
        source: follower.source,
        repositoryExternalId: follower.externalId,
        leadSource: lead.source,
        leadRepositoryExternalId: lead.externalId,
      });
    }
    await writeNotCounted(transaction, workspaceId, rows);
    for (const note of notes) await transaction.insert(gaps).values({ workspaceId, ...note });
    for (const key of changed) {
      const [source = '', externalId = ''] = key.split('\n');
      await markRepositoryDirty(transaction, workspaceId, { source, externalId });
    }
  });
  return changed.size;
}

function keyOf(repository: { source: string; externalId: string }): string {
  return `${repository.source}\n${repository.externalId}`;
}

/** Both sides of every pair that came, went or changed: what one loses the other must gain. */
function changedKeys(
  wanted: ReadonlyMap<string, Follower>,
  present: ReadonlyMap<string, { leadSource: string; leadRepositoryExternalId: string }>,
): Set<string> {
  const changed = new Set<string>();
  for (const [key, { lead }] of wanted) {
    const known = present.get(key);
    const knownLead = known && `${known.leadSource}\n${known.leadRepositoryExternalId}`;
    if (knownLead === keyOf(lead)) continue;
    changed.add(key).add(keyOf(lead));
    if (knownLead !== undefined) changed.add(knownLead);
  }
  for (const [key, known] of present) {
    if (wanted.has(key)) continue;
    changed.add(key).add(`${known.leadSource}\n${known.leadRepositoryExternalId}`);
  }
  return changed;
}

async function notesDiffer(
  store: Store,
  workspaceId: string,
  notes: readonly object[],
): Promise<boolean> {
  const stored = await store.read
    .select()
    .from(gaps)
    .where(and(eq(gaps.workspaceId, workspaceId), eq(gaps.stream, leadStream)))
    .orderBy(gaps.source, gaps.scopeExternalId, gaps.code);
  const plain = stored.map(({ workspaceId: _, ...note }) =>
    JSON.stringify(Object.entries(note).toSorted()),
  );
  const due = notes.map((note) => JSON.stringify(Object.entries(note).toSorted()));
  return plain.toSorted().join('\n') !== due.toSorted().join('\n');
}

/** Keeps the address of each repository, so that it is known by it after a renaming too. */
async function rememberOrigins(store: Store, workspaceId: string): Promise<void> {
  const rows = await store.read
    .select()
    .from(repositories)
    .where(eq(repositories.workspaceId, workspaceId));
  const known = await store.read
    .select()
    .from(repositoryOrigins)
    .where(eq(repositoryOrigins.workspaceId, workspaceId));
  const stored = new Set(
    known.map((row) => [row.source, row.repositoryExternalId, row.origin].join('\n')),
  );
  const found = rows.flatMap(({ source, externalId, url }) => {
    const origin = url === null ? null : normaliseOrigin(url);
    if (origin === null || stored.has([source, externalId, origin].join('\n'))) return [];
    return [{ source, repositoryExternalId: externalId, origin }];
  });
  if (found.length === 0) return;
  await store.transaction(async (transaction) => {
    await upsertRows(transaction, originTarget, workspaceId, found);
  });
}

const candidateRowSchema = z.object({
  source: z.string(),
  externalId: z.string(),
  url: z.string().nullable(),
  origins: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  showsCode: z.number(),
  active: z.number(),
  showsReviews: z.number(),
  complete: z.number(),
});

async function loadCandidates(store: Store, workspaceId: string): Promise<LeadCandidate[]> {
  // The stream that brings reviews, else all of them, of the repository's own scope; of the whole
  // source where it reads no such scope.
  const rows = await readRows(
    store.read,
    candidateRowSchema,
    Object.keys(candidateRowSchema.shape),
    sql`select r.source, r.external_id as "externalId", r.url,
          (select json_group_array(origin) from repository_origins o
            where o.workspace_id = r.workspace_id and o.source = r.source
              and o.repository_external_id = r.external_id) as "origins",
          coalesce(s.shows_code, 1) as "showsCode", coalesce(s.active, 1) as "active", s.review_stream is not null as "showsReviews",
          coalesce(
            (select min(complete) from sync_cursors c where c.workspace_id = r.workspace_id
              and c.source = r.source and c.scope_external_id = r.external_id
              and c.stream = coalesce(s.review_stream, c.stream)),
            (select min(complete) from sync_cursors c where c.workspace_id = r.workspace_id
              and c.source = r.source and c.stream = coalesce(s.review_stream, c.stream)),
            0) as "complete"
        from repositories r
        left join sources s on s.workspace_id = r.workspace_id and s.source = r.source
        where r.workspace_id = ${workspaceId} order by r.source, r.external_id`,
  );
  return rows.map(({ url, origins, showsCode, active, showsReviews, complete, ...key }) => {
    const origin = url === null ? null : normaliseOrigin(url);
    return {
      ...key,
      origin,
      formerOrigins: origins.filter((former) => former !== origin).toSorted(),
      showsCode: showsCode === 1,
      active: active === 1,
      showsReviews: showsReviews === 1,
      complete: complete === 1,
    };
  });
}

async function loadTitles(store: Store, workspaceId: string): Promise<Map<string, string>> {
  const rows = await store.read
    .select({ source: tables.sources.source, title: tables.sources.title })
    .from(tables.sources)
    .where(eq(tables.sources.workspaceId, workspaceId));
  return new Map(rows.map(({ source, title }) => [source, title]));
}
