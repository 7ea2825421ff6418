import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { countedEnvironments } from '../metrics/counted-environments.ts';
import { linkedWithinMs } from '../metrics/subjects/incident-links.ts';
import {
  type DeploymentRow,
  findPrevious,
  readDeployments,
  toDeploymentSummary,
} from '../reads/find-deployments.ts';
import type { IncidentHistory } from '../reads/history-handle.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { countsOnce } from '../reads/repositories.ts';
import { readRows } from '../store/json-columns.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { CarriedRequest, IncidentCourse, NearDeployment } from './handle.ts';

const mostDeployments = 60;

const placeSchema = z.object({
  id: z.string(),
  repository: z.string().nullable(),
  isProduction: z.number(),
  isOfService: z.number().nullable(),
});
const commitSchema = z.object({ deploymentId: z.string(), commitId: z.string() });
const requestSchema = z.object({
  deploymentId: z.string(),
  id: z.string(),
  repository: z.string(),
  number: z.number().nullable(),
  title: z.string(),
  mergedAt: z.number().nullable(),
  additions: z.number().nullable(),
  deletions: z.number().nullable(),
  isRevert: z.number().nullable(),
});

/**
 * Returns the deployments that ended from 72 hours before an incident until it was over, and those that
 * its source names. Of very many those of its service come first.
 */
export async function readNearDeployments(
  context: ReadContext,
  { incident, deployments }: IncidentHistory,
  until: number,
): Promise<Pick<IncidentCourse, 'deployments' | 'hasMoreDeployments'>> {
  const span = { from: incident.createdAt - linkedWithinMs, to: until };
  const named = new Set(
    deployments
      .filter(({ method }) => method === 'explicit')
      .map(({ deployment }) => deployment.id),
  );
  const ofService = isOfService(context.workspaceId, incident.serviceKey);
  const rows = await readDeployments(
    context,
    sql`(d.finished_at between ${span.from} and ${span.to}
        or d.id in (select value from json_each(${JSON.stringify([...named])})))
      and ${countsOnce(context.workspaceId, 'deployments', 'd')}
      order by coalesce(${ofService}, 0) desc, abs(d.finished_at - ${incident.createdAt}), d.id
      limit ${mostDeployments + 1}`,
  );
  const kept = rows.slice(0, mostDeployments);
  const places = await readPlaces(context, kept, span, incident.serviceKey);
  const commits = Map.groupBy(await readCommits(context, kept), (row) => row.deploymentId);
  const requests = Map.groupBy(await readRequests(context, kept), (row) => row.deploymentId);
  const near: NearDeployment[] = [];
  for (const row of kept) {
    const place = places.get(row.id);
    const previous = await findPrevious(context, row);
    await yieldToEventLoop();
    near.push({
      ...toDeploymentSummary(row),
      repository: place?.repository ?? null,
      isProduction: place?.isProduction === 1,
      isOfService:
        place === undefined || place.isOfService === null ? null : place.isOfService === 1,
      isNamed: named.has(row.id),
      previousAt: previous?.row.finishedAt ?? null,
      previous: previous === null ? null : toDeploymentSummary(previous.row),
      commitIds: (commits.get(row.id) ?? []).map(({ commitId }) => commitId),
      requests: (requests.get(row.id) ?? []).map(toRequest),
    });
  }
  return {
    deployments: near.toSorted(
      (one, other) =>
        (one.finishedAt ?? 0) - (other.finishedAt ?? 0) || (one.id < other.id ? -1 : 1),
    ),
    hasMoreDeployments: rows.length > mostDeployments,
  };
}

/** Whether a deployment `d` is of a service: it names it, or its repository is one of the service's. */
function isOfService(workspaceId: string, service: string | null) {
  if (service === null) return sql`null`;
  return sql`(d.service_key is ${service} or (d.service_key is null and exists (
    select 1 from services s join service_repositories built
      on built.workspace_id = s.workspace_id and built.service_id = s.id
    where s.workspace_id = ${workspaceId} and s.key = ${service} and built.source = d.source
      and built.repository_external_id = d.repository_external_id)))`;
}

async function readPlaces(
  { store, workspaceId }: ReadContext,
  rows: readonly DeploymentRow[],
  span: { from: number; to: number },
  service: string | null,
): Promise<Map<string, z.infer<typeof placeSchema>>> {
  const environments = await countedEnvironments(store.read, workspaceId, span);
  const found = await readRows(
    store.read,
    placeSchema,
    Object.keys(placeSchema.shape),
    sql`select d.id, r.name as repository, ${environments.where('d')} as "isProduction",
        ${isOfService(workspaceId, service)} as "isOfService"
      from ${asked(rows)} cross join deployments d on d.id = asked.value
        and d.workspace_id = ${workspaceId}
      left join repositories r on r.workspace_id = d.workspace_id and r.source = d.source
        and r.external_id = d.repository_external_id`,
  );
  return new Map(found.map((place) => [place.id, place]));
}

function readCommits({ store, workspaceId }: ReadContext, rows: readonly DeploymentRow[]) {
  return readRows(
    store.read,
    commitSchema,
    Object.keys(commitSchema.shape),
    sql`select d.id as "deploymentId", c.id as "commitId" from ${carried(workspaceId, rows)}
      join commits c on c.workspace_id = l.workspace_id and c.source = l.source
        and c.repository_external_id = l.repository_external_id and c.sha = l.sha
      order by d.id, c.committed_at, c.id limit 2000`,
  );
}

function readRequests({ store, workspaceId }: ReadContext, rows: readonly DeploymentRow[]) {
  return readRows(
    store.read,
    requestSchema,
    Object.keys(requestSchema.shape),
    sql`select distinct d.id as "deploymentId", p.id, coalesce(r.name, p.repository_external_id) as repository,
        p.number, p.title, p.merged_at as "mergedAt", p.additions, p.deletions,
        f.is_revert as "isRevert"
      from ${carried(workspaceId, rows)}
      join pull_requests p on p.workspace_id = l.workspace_id and p.source = l.source
        and p.merge_sha = l.sha and p.repository_external_id = l.repository_external_id
      left join repositories r on r.workspace_id = p.workspace_id and r.source = p.source
        and r.external_id = p.repository_external_id
      left join pull_request_facts f on f.workspace_id = p.workspace_id and f.source = p.source
        and f.pull_request_external_id = p.external_id
      order by p.merged_at, p.id limit 1000`,
  );
}

function asked(rows: readonly DeploymentRow[]) {
  return sql`json_each(${JSON.stringify(rows.map(({ id }) => id))}) asked`;
}

function carried(workspaceId: string, rows: readonly DeploymentRow[]) {
  return sql`${asked(rows)} cross join deployments d on d.id = asked.value
      and d.workspace_id = ${workspaceId}
    cross join deployment_changes l on l.workspace_id = d.workspace_id and l.source = d.source
      and l.repository_external_id = d.repository_external_id
      and l.deployment_external_id = d.external_id`;
}

function toRequest(row: z.infer<typeof requestSchema>): CarriedRequest {
  const { id, repository, number, title, mergedAt, additions, deletions, isRevert } = row;
  return {
    id,
    key: number === null ? `${repository} ${id.slice(-8)}` : `${repository}#${number}`,
    title,
    mergedAt,
    sizeLines: additions === null || deletions === null ? null : additions + deletions,
    isRevert: isRevert === 1,
  };
}
