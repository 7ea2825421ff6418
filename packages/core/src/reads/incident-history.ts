import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { incidentSchema } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { incidentLinks, lastDeploymentOf } from '../metrics/subjects/incident-links.ts';
import { incidentSubject } from '../metrics/subjects/incident-subject.ts';
import { parseInput } from '../parse-input.ts';
import { readRows } from '../store/json-columns.ts';
import { readAnswerMeta } from './answer-meta.ts';
import { readDeployments, toDeploymentSummary } from './find-deployments.ts';
import type { IncidentHistory } from './history-handle.ts';
import type { ReadContext } from './read-context.ts';

const rowSchema = incidentSchema.extend({
  id: z.string(),
  url: z.string().nullable(),
  assigneeAccountExternalIds: z
    .string()
    .nullable()
    .transform((text): unknown => (text === null ? null : JSON.parse(text)))
    .pipe(z.array(z.string()).nullable()),
  // SQLite keeps a flag as 0 or 1.
  isExternal: z.number().transform((flag) => flag === 1),
});
type IncidentRow = z.infer<typeof rowSchema>;
const linkSchema = z.object({ id: z.string(), method: z.enum(['explicit', 'time']) });

/** Returns an incident and the deployments that it comes from. @throws AdjutantError `NotFound` */
export async function readIncidentHistory(
  context: ReadContext,
  id: string,
): Promise<IncidentHistory> {
  const incident = await findIncident(context, parseInput(z.string().min(1).max(200), id));
  const links = await readLinks(context, incident);
  const lastId = await readLastId(context, incident);
  const ids = [...links.map((link) => link.id), ...(lastId === null ? [] : [lastId])];
  const rows = await readDeployments(
    context,
    sql`d.id in (select value from json_each(${JSON.stringify(ids)}))`,
  );
  const byId = new Map(rows.map((row) => [row.id, toDeploymentSummary(row)]));
  return {
    incident,
    deployments: links.flatMap(({ id: linked, method }) => {
      const deployment = byId.get(linked);
      return deployment === undefined ? [] : [{ deployment, method }];
    }),
    lastDeployment: byId.get(lastId ?? '') ?? null,
    meta: await readAnswerMeta(context),
  };
}

async function findIncident(context: ReadContext, id: string): Promise<IncidentRow> {
  const span = { from: 0, to: context.clock.now() };
  const { from, where } = await incidentSubject(context, span);
  const [found] = await readRows(
    context.store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`select f.id, f.source, f.external_id as "externalId", f.title,
          f.service_key as "serviceKey", f.severity, f.is_external as "isExternal",
          f.created_at as "createdAt", f.acknowledged_at as "acknowledgedAt",
          f.resolved_at as "resolvedAt", f.url,
          f.assignee_account_external_ids as "assigneeAccountExternalIds"
        from ${from} where f.id = ${id} and ${where}`,
  );
  if (found !== undefined) return found;
  throw new AdjutantError('NotFound', 'There is no incident of that id here.', {
    hint: 'List work of the kind incident; each has an id of its own.',
  });
}

async function readLinks(context: ReadContext, { id, createdAt }: IncidentRow) {
  const links = await incidentLinks(context, { from: createdAt, to: createdAt });
  return readRows(
    context.store.read,
    linkSchema,
    Object.keys(linkSchema.shape),
    sql`select l.deployment_id as "id", min(l.method) as "method"
        from (${links}) l join deployments d on d.id = l.deployment_id
        where l.incident_id = ${id} group by d.id order by d.finished_at, d.external_id`,
  );
}

async function readLastId(context: ReadContext, { id }: IncidentRow): Promise<string | null> {
  const [row] = await readRows(
    context.store.read,
    z.object({ id: z.string() }),
    ['id'],
    await lastDeploymentOf(context, id),
  );
  return row?.id ?? null;
}
