import { and, eq, sql } from 'drizzle-orm';
import { markByMergeSha } from '../sync/mark-dirty.ts';
import { deleteRows, upsertRows } from '../store/bulk-write.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { type Carrier, type Claim, claimCommits, type DatedMerge } from './claim-commits.ts';
import { loadHistory, type RepositoryKey } from './load-history.ts';

const { dirtySubjects } = tables;
const rowsPerTransaction = 2_000;
const linksPerRead = 5_000;

/** What carries commits, where its carriers are, and where it is written which commits they carry. */
const kinds = [
  {
    link: 'deployment_changes',
    column: 'deployment_external_id',
    target: {
      table: tables.deploymentChanges,
      key: ['source', 'repositoryExternalId', 'sha', 'deploymentExternalId'],
    },
    // Each environment of each service has a line of deployments of its own.
    carriers: sql`select external_id, sha, finished_at,
        environment || char(10) || coalesce(service_key, '') as line from deployments
      where result = 'success' and finished_at is not null`,
    toRow: (place: object, claim: Claim) => ({
      ...place,
      sha: claim.sha,
      deploymentExternalId: claim.carrier,
      method: claim.method,
    }),
  },
  {
    link: 'release_commits',
    column: 'release_external_id',
    target: { table: tables.releaseCommits, key: ['source', 'repositoryExternalId', 'sha'] },
    carriers: sql`select external_id, sha, released_at, '' as line from releases where true`,
    toRow: (place: object, claim: Claim) => ({
      ...place,
      sha: claim.sha,
      releaseExternalId: claim.carrier,
    }),
  },
] as const;
type Kind = (typeof kinds)[number];

/**
 * Works out which commits each deployment and release of the repositories marked dirty was the first
 * to carry, and returns how many rows changed. Sources that say so themselves are left alone.
 */
export async function linkDelivery(
  store: Store,
  workspaceId: string,
  sources: ReadonlySet<string>,
): Promise<number> {
  const marked = await store.read
    .select({ source: dirtySubjects.source, externalId: dirtySubjects.externalId })
    .from(dirtySubjects)
    .where(and(eq(dirtySubjects.workspaceId, workspaceId), eq(dirtySubjects.kind, 'delivery')));
  let changed = 0;
  for (const repository of marked) {
    if (sources.has(repository.source)) {
      for (const kind of kinds)
        changed += await linkRepository(store, workspaceId, repository, kind);
    }
    await store.transaction(async (transaction) => {
      await transaction
        .delete(dirtySubjects)
        .where(
          and(
            eq(dirtySubjects.workspaceId, workspaceId),
            eq(dirtySubjects.kind, 'delivery'),
            eq(dirtySubjects.source, repository.source),
            eq(dirtySubjects.externalId, repository.externalId),
          ),
        );
    });
  }
  return changed;
}

async function linkRepository(
  store: Store,
  workspaceId: string,
  repository: RepositoryKey,
  kind: Kind,
): Promise<number> {
  const lines = await loadLines(store, workspaceId, repository, kind);
  const present = await loadPresent(store, workspaceId, repository, kind);
  if (lines.size === 0 && present.size === 0) return 0;
  const wanted = await claimLines(store, workspaceId, repository, kind, lines);
  const place = { source: repository.source, repositoryExternalId: repository.externalId };
  const added = [...wanted].filter(([key, claim]) => present.get(key)?.method !== claim.method);
  const gone = [...present].filter(([key]) => !wanted.has(key));
  const rowsOf = (found: readonly (readonly [string, Claim])[]) =>
    found.map(([, claim]) => kind.toRow(place, claim));
  return writeDifference(store, workspaceId, kind, rowsOf(added), rowsOf(gone));
}

async function claimLines(
  store: Store,
  workspaceId: string,
  repository: RepositoryKey,
  kind: Kind,
  lines: ReadonlyMap<string, readonly Carrier[]>,
): Promise<Map<string, Claim>> {
  const wanted = new Map<string, Claim>();
  if (lines.size === 0) return wanted;
  const parentsOf = await loadHistory(store.read, workspaceId, repository);
  const merges = await loadMerges(store, workspaceId, repository);
  for (const carriers of lines.values()) {
    const input = { carriers, parentsOf, merges, pause: yieldToEventLoop };
    for (const claim of await claimCommits(input)) {
      // A release does not say how its commits were found, so a guess by time is not made of it.
      if (kind.link === 'release_commits' && claim.method === 'time') continue;
      wanted.set(keyOf(claim), kind.link === 'release_commits' ? asExact(claim) : claim);
    }
  }
  return wanted;
}

const asExact = (claim: Claim): Claim => ({ ...claim, method: 'exact_sha' });
const keyOf = ({ carrier, sha }: Claim): string => `${carrier}\n${sha}`;

async function loadLines(
  store: Store,
  workspaceId: string,
  { source, externalId }: RepositoryKey,
  kind: Kind,
): Promise<Map<string, Carrier[]>> {
  const rows = await queryTuples<[string, string | null, number, string]>(
    store.read,
    sql`${kind.carriers} and workspace_id = ${workspaceId} and source = ${source}
      and repository_external_id = ${externalId} order by 3, 1`,
  );
  const lines = new Map<string, Carrier[]>();
  for (const [id, sha, finishedAt, line] of rows) {
    const carrier = { externalId: id, sha, finishedAt };
    const known = lines.get(line);
    if (known === undefined) lines.set(line, [carrier]);
    else known.push(carrier);
  }
  return lines;
}

/** In parts: all links of a long history at once would hold up the event loop. */
async function loadPresent(
  store: Store,
  workspaceId: string,
  { source, externalId }: RepositoryKey,
  kind: Kind,
): Promise<Map<string, Claim>> {
  const method = kind.link === 'deployment_changes' ? sql`method` : sql`'exact_sha'`;
  const column = sql.raw(kind.column);
  const present = new Map<string, Claim>();
  let after: readonly [sha: string, carrier: string] = ['', ''];
  for (;;) {
    const rows = await queryTuples<[string, string, Claim['method']]>(
      store.read,
      sql`select ${column}, sha, ${method} from ${sql.raw(kind.link)}
        where workspace_id = ${workspaceId} and source = ${source}
          and repository_external_id = ${externalId}
          and (sha, ${column}) > (${after[0]}, ${after[1]})
        order by sha, ${column} limit ${linksPerRead}`,
    );
    for (const [carrier, sha, how] of rows) {
      const claim: Claim = { carrier, sha, method: how };
      present.set(keyOf(claim), claim);
      after = [sha, carrier];
    }
    if (rows.length < linksPerRead) return present;
    await yieldToEventLoop();
  }
}

async function loadMerges(
  store: Store,
  workspaceId: string,
  { source, externalId }: RepositoryKey,
): Promise<DatedMerge[]> {
  const rows = await queryTuples<[string, number]>(
    store.read,
    sql`select p.merge_sha, p.merged_at from pull_requests p left join repositories r
        on r.workspace_id = p.workspace_id and r.source = p.source
        and r.external_id = p.repository_external_id
      where p.workspace_id = ${workspaceId} and p.source = ${source}
        and p.repository_external_id = ${externalId}
        and p.merge_sha is not null and p.merged_at is not null
        and (p.base_ref is null or r.default_branch is null or p.base_ref = r.default_branch)
      order by p.merged_at`,
  );
  return rows.map(([sha, mergedAt]) => ({ sha, mergedAt }));
}

async function writeDifference(
  store: Store,
  workspaceId: string,
  { target }: Kind,
  added: readonly { sha: string }[],
  gone: readonly { sha: string }[],
): Promise<number> {
  let changed = 0;
  const passes = [
    [gone, deleteRows],
    [added, upsertRows],
  ] as const;
  for (const [rows, write] of passes) {
    for (let start = 0; start < rows.length; start += rowsPerTransaction) {
      const part = rows.slice(start, start + rowsPerTransaction);
      changed += await store.transaction(async (transaction) => {
        const written = await write(transaction, target, workspaceId, part);
        const shas = JSON.stringify(part.map((row) => row.sha));
        await markByMergeSha(transaction, workspaceId, shas);
        return written;
      });
      await yieldToEventLoop();
    }
  }
  return changed;
}
