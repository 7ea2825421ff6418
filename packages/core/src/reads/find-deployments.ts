import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { deploymentSchema } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import { readRows } from '../store/json-columns.ts';
import type { DeploymentSummary } from './history-handle.ts';
import type { ReadContext } from './read-context.ts';
import { ownedByTeam } from './repositories.ts';

const rowSchema = deploymentSchema.extend({ id: z.string() });
export type DeploymentRow = z.infer<typeof rowSchema>;
const idSchema = z.string().min(1).max(200);

/** Returns the deployments `d` that the viewer's team owns and that a condition, order and limit pick. */
export async function readDeployments(context: ReadContext, picked: SQL): Promise<DeploymentRow[]> {
  return readRows(
    context.store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`select d.id, d.source, d.external_id as "externalId",
          d.repository_external_id as "repositoryExternalId", d.service_key as "serviceKey",
          d.environment, d.result, d.original_result as "originalResult", d.kind, d.sha,
          d.previous_external_id as "previousExternalId", d.queued_at as "queuedAt",
          d.started_at as "startedAt", d.finished_at as "finishedAt", d.origin
        from deployments d where d.workspace_id = ${context.workspaceId}
          and ${ownedByTeam(context, 'd.repository_external_id', 'd.source')} and ${picked}`,
  );
}

/** @throws AdjutantError `NotFound` */
export async function findDeployment(context: ReadContext, id: string): Promise<DeploymentRow> {
  const [found] = await readDeployments(context, sql`d.id = ${parseInput(idSchema, id)}`);
  if (found !== undefined) return found;
  throw new AdjutantError('NotFound', 'There is no deployment of that id here.', {
    hint: 'List work of the kind deployment; each has an id of its own.',
  });
}

/**
 * Returns the successful deployment before another one: the one that its source names, else the last
 * of its line that ended before it. A line is a service in an environment of a repository.
 */
export async function findPrevious(
  context: ReadContext,
  { source, externalId, ...row }: DeploymentRow,
): Promise<{ row: DeploymentRow; knownBy: 'stated' | 'order' } | null> {
  const { previousExternalId: named, repositoryExternalId: repository, serviceKey: service } = row;
  if (named !== null) {
    const [stated] = await readDeployments(
      context,
      sql`d.source = ${source} and d.external_id = ${named}`,
    );
    if (stated !== undefined) return { row: stated, knownBy: 'stated' };
  }
  const at = row.finishedAt ?? row.startedAt ?? row.queuedAt;
  // What names neither a repository nor a service belongs to no line.
  if (at === null || (repository === null && service === null)) return null;
  const [before] = await readDeployments(
    context,
    sql`d.source = ${source} and d.result = 'success' and d.environment = ${row.environment}
        and ${isSame('d.repository_external_id', repository)} and ${isSame('d.service_key', service)}
        and (d.finished_at, d.external_id) < (${at}, ${externalId})
      order by d.finished_at desc, d.external_id desc limit 1`,
  );
  return before === undefined ? null : { row: before, knownBy: 'order' };
}

function isSame(column: string, value: string | null): SQL {
  return value === null ? sql`${sql.raw(column)} is null` : sql`${sql.raw(column)} = ${value}`;
}

export function toDeploymentSummary(row: DeploymentRow): DeploymentSummary {
  const { previousExternalId: _, ...summary } = row;
  return summary;
}
