import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ReadContext } from '../reads/read-context.ts';
import { leads, ownedByTeam } from '../reads/repositories.ts';
import { readRows } from '../store/json-columns.ts';

/** Of a change with more files the first by name are looked at. */
const mostFiles = 300;

const requestSchema = z.object({
  id: z.string(),
  source: z.string(),
  externalId: z.string(),
  repositoryExternalId: z.string(),
  repositoryId: z.string().nullable(),
  author: z.string().nullable(),
});
const fileSchema = z.object({ id: z.string(), path: z.string() });
const committerSchema = z.object({ id: z.string(), account: z.string() });

/** An open pull request that somebody asks about. */
export interface AskedRequest extends z.infer<typeof requestSchema> {
  paths: string[];
  /** Accounts whose commits are on it. */
  committers: string[];
}

/** Returns the open pull requests of the ids, with what they change. */
export async function loadAskedRequests(
  context: ReadContext,
  ids: readonly string[],
): Promise<AskedRequest[]> {
  const { store, workspaceId } = context;
  const asked = sql`json_each(${JSON.stringify(ids)}) asked cross join pull_requests p
    on p.id = asked.value and p.workspace_id = ${workspaceId}`;
  const requests = await readRows(
    store.read,
    requestSchema,
    Object.keys(requestSchema.shape),
    sql`select p.id, p.source, p.external_id as "externalId",
        p.repository_external_id as "repositoryExternalId", r.id as "repositoryId",
        p.author_account_external_id as author
      from ${asked} left join repositories r on r.workspace_id = p.workspace_id
        and r.source = p.source and r.external_id = p.repository_external_id
      where p.state = 'open' and ${leads(workspaceId, 'p.repository_external_id', 'p.source')}
        and ${ownedByTeam(context, 'p.repository_external_id', 'p.source')}`,
  );
  const files = await readRows(
    store.read,
    fileSchema,
    Object.keys(fileSchema.shape),
    sql`select p.id, f.path from ${asked} cross join pull_request_files f
      on f.workspace_id = p.workspace_id and f.source = p.source
      and f.pull_request_external_id = p.external_id order by p.id, f.path`,
  );
  const committers = await readRows(
    store.read,
    committerSchema,
    Object.keys(committerSchema.shape),
    sql`select distinct p.id, c.author_account_external_id as account
      from ${asked} cross join pull_request_commits l
        on l.workspace_id = p.workspace_id and l.source = p.source
        and l.pull_request_external_id = p.external_id
      cross join commits c on c.workspace_id = l.workspace_id and c.source = l.source
        and c.repository_external_id = l.repository_external_id and c.sha = l.sha
      where c.author_account_external_id is not null order by 1, 2`,
  );
  const pathsOf = Map.groupBy(files, ({ id }) => id);
  const committersOf = Map.groupBy(committers, ({ id }) => id);
  return requests.map((request) => ({
    ...request,
    paths: (pathsOf.get(request.id) ?? []).slice(0, mostFiles).map(({ path }) => path),
    committers: (committersOf.get(request.id) ?? []).map(({ account }) => account),
  }));
}
