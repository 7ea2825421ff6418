import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ReadContext } from '../reads/read-context.ts';
import { readRows } from '../store/json-columns.ts';
import type { AskedRequest } from './asked-requests.ts';

const recentMs = 90 * 86_400_000;
const mostPaths = 60;
const mostChanges = 300;

const rowSchema = z.object({
  id: z.string(),
  account: z.string(),
  /** 0 the same file, 1 the same folder, 2 the same repository. */
  nearness: z.number(),
  hasWritten: z.number(),
});

/** That somebody changed or reviewed something near to what a pull request changes. */
export interface RecentWork {
  pullRequestId: string;
  /** Of the pull request's own source. */
  account: string;
  nearness: 'files' | 'folder' | 'repository';
  hasWritten: boolean;
}

const nearnesses = ['files', 'folder', 'repository'] as const;

/** Returns who worked lately on the files of a pull request or beside them; in its repository where no file is known. */
export async function loadRecentWork(
  { store, workspaceId }: ReadContext,
  request: AskedRequest,
  now: number,
): Promise<RecentWork[]> {
  const { source, repositoryExternalId, id } = request;
  const isRecent = sql`p.workspace_id = ${workspaceId} and p.source = ${source}
    and p.repository_external_id = ${repositoryExternalId} and p.id <> ${id}
    and coalesce(p.merged_at, p.updated_at, p.opened_at) between ${now - recentMs} and ${now}`;
  const near =
    request.paths.length === 0
      ? sql`select p.id, p.external_id, p.author_account_external_id as author, 2 as nearness
          from pull_requests p where ${isRecent} and p.state = 'merged'
          order by p.merged_at desc, p.id limit ${mostChanges}`
      : sql`select p.id, p.external_id, p.author_account_external_id as author,
            min(asked.value ->> 2) as nearness
          from json_each(${JSON.stringify(rangesOf(request.paths))}) asked
          cross join pull_request_files f on f.workspace_id = ${workspaceId}
            and f.path >= asked.value ->> 0 and f.path < asked.value ->> 1
          cross join pull_requests p on p.workspace_id = f.workspace_id and p.source = f.source
            and p.external_id = f.pull_request_external_id
          where ${isRecent} group by p.id
          order by nearness, coalesce(p.merged_at, p.updated_at, p.opened_at) desc, p.id
          limit ${mostChanges}`;
  const rows = await readRows(
    store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`with near as materialized (${near})
      select id, author as account, nearness, 1 as "hasWritten" from near
        where author is not null
      union select near.id, e.actor_account_external_id, near.nearness, 0
        from near cross join pull_request_events e on e.workspace_id = ${workspaceId}
          and e.source = ${source} and e.pull_request_external_id = near.external_id
        where e.kind = 'review' and e.actor_account_external_id is not null
          and e.actor_account_external_id is not near.author
      order by 3, 1, 2, 4`,
  );
  return rows.map(({ id: pullRequestId, account, nearness, hasWritten }) => ({
    pullRequestId,
    account,
    nearness: nearnesses[nearness] ?? 'repository',
    hasWritten: hasWritten === 1,
  }));
}

/** From and to of names to look for, with how near they are: each file itself, then its folder. */
function rangesOf(paths: readonly string[]): [string, string, number][] {
  const looked = paths.slice(0, mostPaths);
  const folders = new Set(
    looked.flatMap((path) => {
      const end = path.lastIndexOf('/');
      // Beside a file of the root lies everything.
      return end < 0 ? [] : [path.slice(0, end)];
    }),
  );
  return [
    ...looked.map((path): [string, string, number] => [path, `${path}\u0001`, 0]),
    // The sign after a slash in the order of texts.
    ...[...folders].map((folder): [string, string, number] => [`${folder}/`, `${folder}0`, 1]),
  ];
}
