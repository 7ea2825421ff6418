import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { TeamSubject } from '../../domain/signal-subjects/team-subject.ts';
import { readRows } from '../../store/json-columns.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import { findDefaultTeam } from '../../workspace/default-team.ts';
import { keyOf, type SubjectContext } from '../subject-context.ts';
import { changesOf, noChanges, readItemChanges } from './item-changes.ts';
import { readLinkedRequests } from './linked-requests.ts';
import { type KnownSprint, type KnownSprints, readSprints, sprintIds } from './sprint-stays.ts';
import { timeSlices } from './time-slices.ts';
import { projectOf } from './work-item-rows.ts';

const weekMs = 7 * 86_400_000;
const recentMs = 4 * weekMs;
const earlierMs = 8 * weekMs;
const sliceMs = weekMs;
/** Below this many, one item more or less would move the share by a tenth. */
const fewestEarlier = 10;
const itemsAtOnce = 500;
const mostEvidence = 2_000;
/** What comes in while a sprint is being started was planned with it. */
const startingMs = 3_600_000;

const rowSchema = z.object({
  id: z.string(),
  source: z.string(),
  externalId: z.string(),
  key: z.string(),
  sprintExternalId: z.string().nullable(),
  createdAt: z.number().nullable(),
  startedAt: z.number(),
});
type Row = z.infer<typeof rowSchema>;

/** What a team took up, and how much of it no sprint had planned. */
export interface UnplannedWork {
  fields: Pick<
    TeamSubject,
    | 'startedItems'
    | 'unplannedItems'
    | 'unplannedShare'
    | 'earlierUnplannedShare'
    | 'unplannedSince'
  >;
  /** Ids of the items that were taken up in these twelve weeks, the last ones first, with what they are of. */
  evidence: readonly string[];
}

/** Of a team that took up nothing of a project with sprints. */
export const noUnplannedWork: UnplannedWork = {
  fields: {
    startedItems: null,
    unplannedItems: null,
    unplannedShare: null,
    earlierUnplannedShare: null,
    unplannedSince: null,
  },
  evidence: [],
};

interface Started {
  /** The item, its pull requests that say whose it is, and the sprints it was planned in. */
  rows: string[];
  at: number;
  isPlanned: boolean;
}

/**
 * Returns by team how much of what came into progress was planned. An item belongs to the team whose
 * repositories its pull requests are of, and to the default team where none or several are. Epics and
 * subtasks do not count, and neither do projects of which nothing was in a sprint in these weeks.
 */
export async function loadUnplannedWork(
  context: SubjectContext,
): Promise<Map<string, UnplannedWork>> {
  const { read, now } = context;
  const from = now - recentMs - earlierMs;
  const rows: Row[] = [];
  for (const slice of timeSlices(from + 1, now + 1, sliceMs)) {
    const started = await readRows(
      read.store.read,
      rowSchema,
      Object.keys(rowSchema.shape),
      sql`select w.id, w.source, w.external_id as "externalId", w.key,
          w.sprint_external_id as "sprintExternalId", w.created_at as "createdAt",
          w.started_at as "startedAt"
        from work_items w where w.workspace_id = ${read.workspaceId}
          and w.started_at >= ${slice.from} and w.started_at < ${slice.to}
          and w.kind not in ('epic', 'subtask') order by w.started_at, w.id`,
    );
    rows.push(...started);
    await yieldToEventLoop();
  }
  if (rows.length === 0) return new Map();
  const sprints = await readSprints(context);
  const byTeam = new Map<string, Started[]>();
  for (const [source, ofSource] of Map.groupBy(rows, (row) => row.source)) {
    if (!sprints.recorded.has(source)) continue;
    await addStarted(context, { source, rows: ofSource, sprints }, byTeam);
  }
  return new Map([...byTeam].map(([team, items]) => [team, shareOf(items, now)]));
}

interface OfSource {
  source: string;
  rows: readonly Row[];
  sprints: KnownSprints;
}

async function addStarted(
  context: SubjectContext,
  { source, rows, sprints }: OfSource,
  byTeam: Map<string, Started[]>,
): Promise<void> {
  const defaultTeamId = (await findDefaultTeam(context.read.store, context.read.workspaceId)) ?? '';
  const judged: { project: string; team: string; wasInSprint: boolean; started: Started }[] = [];
  for (let start = 0; start < rows.length; start += itemsAtOnce) {
    const some = rows.slice(start, start + itemsAtOnce);
    const ids = some.map(({ externalId }) => externalId);
    const changes = await readItemChanges(context, source, ids);
    const requests = await readLinkedRequests(
      context,
      source,
      ids.map((externalId) => ({ externalId, withActivity: false })),
    );
    for (const [position, row] of some.entries()) {
      const turns = changesOf(changes[position] ?? noChanges(), 'sprint');
      const ofItem = requests[position] ?? [];
      const teams = new Set(ofItem.flatMap(({ teamId }) => teamId ?? []));
      const planned = plannedIn(row, turns, sprints);
      judged.push({
        project: projectOf(row.key),
        team: (teams.size === 1 ? [...teams][0] : null) ?? defaultTeamId,
        wasInSprint: row.sprintExternalId !== null || turns.length > 0,
        started: {
          rows: [row.id, ...ofItem.map(({ id }) => id), ...planned.named],
          at: row.startedAt,
          isPlanned: planned.isPlanned,
        },
      });
    }
    await yieldToEventLoop();
  }
  const withSprints = new Set(
    judged.filter(({ wasInSprint }) => wasInSprint).map(({ project }) => project),
  );
  for (const { project, team, started } of judged) {
    if (!withSprints.has(project)) continue;
    const list = byTeam.get(team) ?? [];
    list.push(started);
    byTeam.set(team, list);
  }
}

/** Whether it was in a sprint when it was taken up, and had been since before that began. */
function plannedIn(
  row: Row,
  turns: ReturnType<typeof changesOf>,
  { byKey }: KnownSprints,
): { isPlanned: boolean; named: string[] } {
  const idsAt = (at: number): string[] => {
    const last = turns.findLast((turn) => turn.at <= at);
    return sprintIds(
      last?.to ?? (turns.length === 0 ? row.sprintExternalId : (turns[0]?.from ?? null)),
    );
  };
  const named = idsAt(row.startedAt).flatMap((id) => byKey.get(keyOf(row.source, id)) ?? []);
  const isPlanned = named.some((sprint) => {
    if (!ranOrToCome(sprint, row.startedAt)) return false;
    if (sprint.startedAt === null || sprint.startedAt > row.startedAt) return true;
    const plannedAt = sprint.startedAt + startingMs;
    if ((row.createdAt ?? 0) > plannedAt) return false;
    return idsAt(plannedAt).includes(sprint.externalId);
  });
  return { isPlanned, named: named.map(({ id }) => id) };
}

function ranOrToCome({ completedAt, plannedEndAt, state }: KnownSprint, at: number): boolean {
  const endedAt = completedAt ?? (state === 'closed' ? plannedEndAt : null);
  return endedAt === null || endedAt > at;
}

function shareOf(items: readonly Started[], now: number): UnplannedWork {
  const recent = items.filter(({ at }) => at > now - recentMs);
  const earlier = items.filter(({ at }) => at <= now - recentMs);
  const unplanned = recent.filter(({ isPlanned }) => !isPlanned);
  const earlierUnplanned = earlier.filter(({ isPlanned }) => !isPlanned).length;
  return {
    fields: {
      startedItems: recent.length,
      unplannedItems: unplanned.length,
      unplannedShare: recent.length === 0 ? null : unplanned.length / recent.length,
      earlierUnplannedShare:
        earlier.length < fewestEarlier ? null : earlierUnplanned / earlier.length,
      unplannedSince:
        earlier.length === 0
          ? (unplanned[0]?.at ?? null)
          : risenSince(recent, earlierUnplanned / earlier.length),
    },
    evidence: [...new Set(items.toReversed().flatMap(({ rows }) => rows))].slice(0, mostEvidence),
  };
}

/**
 * When more of it came to be unplanned than used to be: from the item on after which the most came in
 * beyond that share. Null where nothing was unplanned.
 */
function risenSince(items: readonly Started[], usualShare: number): number | null {
  let beyond = 0;
  let lowest = 0;
  let from = 0;
  for (const [position, { isPlanned }] of items.entries()) {
    beyond += (isPlanned ? 0 : 1) - usualShare;
    if (beyond >= lowest) continue;
    lowest = beyond;
    from = position + 1;
  }
  const later = items.slice(from).find(({ isPlanned }) => !isPlanned);
  return (later ?? items.findLast(({ isPlanned }) => !isPlanned))?.at ?? null;
}
