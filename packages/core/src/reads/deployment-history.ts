import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { incidentLinks, spanAfter } from '../metrics/subjects/incident-links.ts';
import { readRows } from '../store/json-columns.ts';
import { readAnswerMeta } from './answer-meta.ts';
import {
  type DeploymentRow,
  findDeployment,
  findPrevious,
  toDeploymentSummary,
} from './find-deployments.ts';
import type { DeploymentHistory } from './history-handle.ts';
import type { ReadContext } from './read-context.ts';

const carriedSchema = z.object({
  sha: z.string(),
  method: z.enum(['exact_sha', 'graph_diff', 'time']),
});
const brokenSchema = z.object({
  id: z.string(),
  externalId: z.string(),
  method: z.enum(['explicit', 'time']),
});

/** Returns a deployment, which one it followed and what broke after it. @throws AdjutantError `NotFound` */
export async function readDeploymentHistory(
  context: ReadContext,
  id: string,
): Promise<DeploymentHistory> {
  const row = await findDeployment(context, id);
  const previous = await findPrevious(context, row);
  return {
    deployment: toDeploymentSummary(row),
    previous: previous === null ? null : toDeploymentSummary(previous.row),
    previousKnownBy: previous?.knownBy ?? null,
    firstCarried: await readFirstCarried(context, row),
    incidents: await readIncidents(context, row),
    meta: await readAnswerMeta(context),
  };
}

function readFirstCarried({ store, workspaceId }: ReadContext, row: DeploymentRow) {
  return readRows(
    store.read,
    carriedSchema,
    Object.keys(carriedSchema.shape),
    sql`select l.sha, l.method from deployment_changes l
        where l.workspace_id = ${workspaceId} and l.source = ${row.source}
          and l.repository_external_id = ${row.repositoryExternalId}
          and l.deployment_external_id = ${row.externalId} order by l.sha`,
  );
}

async function readIncidents(context: ReadContext, { id, finishedAt }: DeploymentRow) {
  const at = finishedAt ?? 0;
  const links = await incidentLinks(context, spanAfter({ from: at, to: at }));
  return readRows(
    context.store.read,
    brokenSchema,
    Object.keys(brokenSchema.shape),
    sql`select i.id, i.external_id as "externalId", min(l.method) as "method"
        from (${links}) l join incidents i on i.id = l.incident_id
        where l.deployment_id = ${id} group by i.id order by i.created_at, i.external_id`,
  );
}
