import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { IncidentSubject } from '../../domain/signal-subjects/incident-subject.ts';
import { readRows } from '../../store/json-columns.ts';
import { type IncidentCare, loadIncidentCare } from '../../incidents/read-care.ts';
import { type FollowUp, type NamedIncident, readFollowUps } from './follow-ups.ts';
import { isOpenFinding } from '../known-findings.ts';
import { isSevere, severityNumber } from './incident-severity.ts';
import type { SubjectContext } from '../subject-context.ts';
import type { SubjectLoader } from './subject-source.ts';
import { projectOf } from './work-item-rows.ts';

const resolvedForMs = 30 * 86_400_000;
/** A pass after a sync looks at these, and at those of which a finding is open. */
const recentForMs = 2 * 86_400_000;
const similarForMs = resolvedForMs;
/** So many resolved ones that nobody ever took say that the source does not tell. */
const fewestResolved = 5;
const longestKey = 60;

const rowSchema = z.object({
  id: z.string(),
  source: z.string(),
  externalId: z.string(),
  title: z.string(),
  serviceKey: z.string().nullable(),
  severity: z.string().nullable(),
  isExternal: z.number(),
  createdAt: z.number(),
  acknowledgedAt: z.number().nullable(),
  resolvedAt: z.number().nullable(),
  teamId: z.string().nullable(),
  similar: z.number(),
});
type Row = z.infer<typeof rowSchema>;
const namedSchema = rowSchema.pick({ id: true, externalId: true, title: true, createdAt: true });

const habitSchema = z.object({
  source: z.string(),
  resolved: z.number(),
  acknowledged: z.number(),
  severities: z.string(),
});
const textsSchema = z.array(z.string());

/** What all incidents of a source show of it. */
interface SourceHabit {
  tellsAcknowledgement: boolean;
  lowestNumber: number;
}

/** Returns incidents that are open or were resolved in the last thirty days, the oldest first. */
export const loadIncidents: SubjectLoader<'incident'> = async (context) => {
  const rows = await readIncidents(context);
  if (rows.length === 0) return [];
  const habits = await readHabits(context);
  const named = context.onlyRecent ? await readNamed(context) : rows;
  const followUps = await readFollowUps(context, named);
  const care = await loadIncidentCare(context.read, context.now);
  const project = projectOfMost([...(followUps?.values() ?? [])].flat());
  return rows.map((row) => ({
    ...toIncident(context, row, habits.get(row.source), { followUps, care }),
    followUpProject: project,
  }));
};

function projectOfMost(followUps: readonly FollowUp[]): string | null {
  const byProject = [...Map.groupBy(followUps, ({ key }) => projectOf(key))];
  const [most] = byProject.toSorted(
    ([one, many], [other, more]) => more.length - many.length || (one < other ? -1 : 1),
  );
  return most?.[0] ?? null;
}

async function readIncidents({ read, now, onlyRecent }: SubjectContext): Promise<Row[]> {
  const { store, workspaceId } = read;
  const resolved = sql`coalesce(i.resolved_at > ${now - resolvedForMs}, 1)`;
  const wanted = onlyRecent
    ? sql`(coalesce(i.resolved_at > ${now - recentForMs}, 1) or (${resolved} and i.id in
        (select s.subject_id from signal_findings s where s.workspace_id = ${workspaceId}
          and ${isOpenFinding('s')} and s.subject_kind = 'incident')))`
    : resolved;
  return readRows(
    store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`select i.id, i.source, i.external_id as "externalId", i.title,
        i.service_key as "serviceKey", i.severity, i.is_external as "isExternal",
        i.created_at as "createdAt", i.acknowledged_at as "acknowledgedAt",
        i.resolved_at as "resolvedAt", t.team_id as "teamId",
        (select count(*) from incidents o where o.workspace_id = i.workspace_id
          and o.service_key = i.service_key and o.created_at < i.created_at
          and o.created_at >= i.created_at - ${similarForMs}) as similar
      from incidents i left join incident_teams t on t.workspace_id = i.workspace_id
        and t.incident_id = i.id
      where i.workspace_id = ${workspaceId} and i.created_at <= ${now}
        and ${wanted}
      order by i.created_at, i.id`,
  );
}

/**
 * All of the thirty days, for a pass that looks at recent ones only: where follow-ups go is worked out
 * from those of all, and would be another project, or none, from a few.
 */
async function readNamed({ read, now }: SubjectContext): Promise<NamedIncident[]> {
  return readRows(
    read.store.read,
    namedSchema,
    Object.keys(namedSchema.shape),
    sql`select i.id, i.external_id as "externalId", i.title, i.created_at as "createdAt"
      from incidents i where i.workspace_id = ${read.workspaceId} and i.created_at <= ${now}
        and coalesce(i.resolved_at > ${now - resolvedForMs}, 1) order by i.created_at, i.id`,
  );
}

async function readHabits({ read, now }: SubjectContext): Promise<Map<string, SourceHabit>> {
  const rows = await readRows(
    read.store.read,
    habitSchema,
    Object.keys(habitSchema.shape),
    sql`select source, sum(coalesce(resolved_at <= ${now}, 0)) as resolved,
        sum(coalesce(acknowledged_at <= ${now}, 0)) as acknowledged,
        json_group_array(distinct coalesce(severity, '')) as severities
      from incidents where workspace_id = ${read.workspaceId} group by source`,
  );
  return new Map(
    rows.map(({ source, resolved, acknowledged, severities }): [string, SourceHabit] => [
      source,
      {
        tellsAcknowledgement: acknowledged > 0 || resolved < fewestResolved,
        lowestNumber: textsSchema
          .parse(JSON.parse(severities))
          .reduce((lowest, severity) => Math.min(lowest, severityNumber(severity) ?? 1), 1),
      },
    ]),
  );
}

function toIncident(
  context: SubjectContext,
  row: Row,
  habit: SourceHabit | undefined,
  { followUps, care }: { followUps: ReadonlyMap<string, FollowUp[]> | null; care: IncidentCare },
): Omit<IncidentSubject, 'followUpProject'> {
  const asOf = context.asOf(row.source);
  const isPast = (at: number | null): at is number => at !== null && at <= asOf;
  const resolvedAt = isPast(row.resolvedAt) ? row.resolvedAt : null;
  const isTaken = isPast(row.acknowledgedAt);
  const named = followUps?.get(row.id) ?? [];
  const said = care.followUps(row.id).filter(({ id }) => !named.some((known) => known.id === id));
  const ownFollowUps = [...named, ...said];
  const followUpIds = ownFollowUps.flatMap(({ id }) => id ?? []);
  // What people wrote down is known, whether or not work items are read.
  const isTold = followUps !== null || said.length > 0;
  const isStateTold = isTold && ownFollowUps.every(({ isOpen }) => isOpen !== null);
  return {
    id: row.id,
    key: row.externalId.slice(0, longestKey),
    title: row.title,
    repository: null,
    teamId: row.teamId,
    asOf,
    evidence: [row.id, ...followUpIds],
    source: row.source,
    externalId: row.externalId,
    service: row.serviceKey,
    severity: row.severity,
    isSevere: isSevere(row.severity, habit?.lowestNumber ?? 1),
    isExternal: row.isExternal === 1,
    isOpen: resolvedAt === null,
    isAcknowledged: isTaken || habit?.tellsAcknowledgement !== false ? isTaken : null,
    hasLead: care.hasLead(row.id),
    createdAt: row.createdAt,
    openHours: context.hoursSince(row.createdAt, resolvedAt ?? asOf),
    resolvedAt,
    resolvedWeekdayHours: context.weekdayHoursSince(resolvedAt, asOf),
    followUpCount: isTold ? ownFollowUps.length : null,
    followUpIds,
    openFollowUpCount: isStateTold ? ownFollowUps.filter(({ isOpen }) => isOpen).length : null,
    similarCount: row.serviceKey === null ? null : row.similar,
  };
}
