import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { incidentEventSchema } from '../domain.ts';
import { readAnswerMeta } from '../reads/answer-meta.ts';
import { readIncidentHistory } from '../reads/incident-history.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { readRows } from '../store/json-columns.ts';
import type { IncidentCourse, NearThread } from './handle.ts';
import { readIncidentFollowUps, readRoles } from './read-care.ts';
import { readNearDeployments } from './near-deployments.ts';

const mostEvents = 300;
const mostThreads = 50;

const eventSchema = incidentEventSchema
  .pick({ kind: true, at: true, summary: true })
  .extend({ id: z.string() });
const threadSchema = z.object({
  id: z.string(),
  channelId: z.string(),
  channel: z.string().nullable(),
  startedAt: z.number(),
  replyCount: z.number().nullable(),
  namesBlocker: z.number(),
  url: z.string().nullable(),
});

/** Returns everything that is known of an incident. @throws AdjutantError `NotFound` */
export async function readCourse(context: ReadContext, id: string): Promise<IncidentCourse> {
  const { store, workspaceId, clock } = context;
  const history = await readIncidentHistory(context, id);
  const { incident } = history;
  const until = incident.resolvedAt ?? clock.now();
  const events = await readRows(
    store.read,
    eventSchema,
    Object.keys(eventSchema.shape),
    sql`select id, kind, at, summary from incident_events where workspace_id = ${workspaceId}
      and source = ${incident.source} and incident_external_id = ${incident.externalId}
      order by at, id limit ${mostEvents}`,
  );
  return {
    incident,
    events,
    ...(await readNearDeployments(context, history, until)),
    threads: await readThreads(context, { from: incident.createdAt, to: until }),
    roles: await readRoles(store.read, workspaceId, incident.id),
    followUps: await readIncidentFollowUps(store.read, workspaceId, incident.id),
    meta: await readAnswerMeta(context),
  };
}

/** Threads of channels that hold many people's work: which of them are about it nobody tells. */
async function readThreads(
  { store, workspaceId }: ReadContext,
  { from, to }: { from: number; to: number },
): Promise<NearThread[]> {
  const rows = await readRows(
    store.read,
    threadSchema,
    Object.keys(threadSchema.shape),
    sql`select t.id, t.channel_external_id as "channelId", c.name as channel,
        t.started_at as "startedAt", t.reply_count as "replyCount",
        t.names_blocker as "namesBlocker", t.url
      from chat_threads t left join chat_channels c on c.workspace_id = t.workspace_id
        and c.source = t.source and c.external_id = t.channel_external_id
      where t.workspace_id = ${workspaceId} and t.started_at between ${from} and ${to}
      order by t.started_at, t.id limit ${mostThreads}`,
  );
  return rows.map(({ channel, namesBlocker, ...row }) => ({
    ...row,
    channel: channel ?? row.channelId,
    namesBlocker: namesBlocker === 1,
  }));
}
