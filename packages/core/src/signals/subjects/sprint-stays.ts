import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { readRows } from '../../store/json-columns.ts';
import { queryTuples } from '../../store/raw-query.ts';
import { keyOf, type SubjectContext } from '../subject-context.ts';
import type { ItemChange } from './item-changes.ts';

const sprintSchema = z.object({
  id: z.string(),
  source: z.string(),
  externalId: z.string(),
  name: z.string(),
  state: z.enum(['future', 'active', 'closed']),
  startedAt: z.number().nullable(),
  plannedEndAt: z.number().nullable(),
  completedAt: z.number().nullable(),
});

/** A sprint as it stood at the instant of a pass. */
export type KnownSprint = z.infer<typeof sprintSchema>;

/** The sprints of a workspace, by source and external id. */
export interface KnownSprints {
  byKey: ReadonlyMap<string, KnownSprint>;
  /** Sources whose changes of sprints are recorded. */
  recorded: ReadonlySet<string>;
}

/** Returns all sprints, each in the state that it had at the instant of the pass. */
export async function readSprints({ read, now, isPast }: SubjectContext): Promise<KnownSprints> {
  const { store, workspaceId } = read;
  const rows = await readRows(
    store.read,
    sprintSchema,
    Object.keys(sprintSchema.shape),
    sql`select id, source, external_id as "externalId", name, state, started_at as "startedAt",
        planned_end_at as "plannedEndAt", completed_at as "completedAt"
      from sprints where workspace_id = ${workspaceId} order by started_at, id`,
  );
  const recorded = await queryTuples<[string]>(
    store.read,
    sql`select s.source from (select distinct source from sprints where workspace_id = ${workspaceId}) s
      where exists (select 1 from work_item_changes c where c.workspace_id = ${workspaceId}
        and c.source = s.source and c.field = 'sprint')`,
  );
  const sprints = rows.map((row) => (isPast ? { ...row, ...stateAt(row, now) } : row));
  return {
    byKey: new Map(sprints.map((sprint) => [keyOf(sprint.source, sprint.externalId), sprint])),
    recorded: new Set(recorded.map(([source]) => source)),
  };
}

function stateAt(sprint: KnownSprint, now: number): Pick<KnownSprint, 'state' | 'completedAt'> {
  const { startedAt, completedAt, plannedEndAt, state } = sprint;
  if (startedAt === null || startedAt > now) return { state: 'future', completedAt: null };
  const endedAt = completedAt ?? (state === 'closed' ? plannedEndAt : null);
  if (endedAt !== null && endedAt <= now) return { state: 'closed', completedAt: endedAt };
  return { state: 'active', completedAt: null };
}

/** What is left of a sprint is moved on while it is being closed. */
const closingMs = 60_000;

/** The time that an item spent in one sprint while that ran. */
export interface SprintStay {
  sprint: KnownSprint;
  since: number;
}

/** Which sprints a work item has been in at an instant. */
export interface SprintStays {
  /** Those at whose end it was in them, and those that run; the earliest first. */
  stays: SprintStay[];
  /** The running one that it is in. */
  active: SprintStay | null;
  isPlanned: boolean;
}

/** Returns the external ids that a value of the field `sprint` names. */
export function sprintIds(value: string | null): string[] {
  return (value ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}

/**
 * Returns the sprints that an item was in, from all of its changes of sprints. A tool that keeps closed
 * sprints names them on; they count once, for the time that they ran.
 */
export function sprintStays(
  item: { source: string; sprintExternalId: string | null; createdAt: number | null },
  changes: readonly ItemChange[],
  at: number,
  { byKey }: KnownSprints,
): SprintStays {
  const stays = new Map<string, SprintStay>();
  let current: KnownSprint[] = [];
  for (const { from, until, value } of stretches(item, changes, at)) {
    const named = sprintIds(value).flatMap((id) => byKey.get(keyOf(item.source, id)) ?? []);
    current = named;
    for (const sprint of named) {
      const stay = stayIn(sprint, from, until);
      if (stay !== null && !stays.has(sprint.id)) stays.set(sprint.id, stay);
    }
  }
  const known = [...stays.values()].toSorted((one, other) => one.since - other.since);
  return {
    stays: known,
    active: known.findLast(({ sprint }) => sprint.state === 'active') ?? null,
    isPlanned: current.some(({ state }) => state !== 'closed'),
  };
}

/** Null where it was not in the sprint at its end, or is not now in one that runs. */
function stayIn(sprint: KnownSprint, from: number, until: number): SprintStay | null {
  if (sprint.startedAt === null || sprint.state === 'future') return null;
  const endedAt =
    sprint.state === 'closed' ? (sprint.completedAt ?? sprint.plannedEndAt) : Number.MAX_VALUE;
  if (endedAt === null || from >= endedAt || until < endedAt - closingMs) return null;
  return { sprint, since: Math.max(from, sprint.startedAt) };
}

function stretches(
  { sprintExternalId, createdAt }: { sprintExternalId: string | null; createdAt: number | null },
  changes: readonly ItemChange[],
  at: number,
): { from: number; until: number; value: string | null }[] {
  const [first] = changes;
  const seen = changes.filter((change) => change.at <= at);
  const begun = { at: createdAt ?? 0, to: first === undefined ? sprintExternalId : first.from };
  const turns = [begun, ...seen];
  return turns.map((turn, position) => ({
    from: turn.at,
    until: turns[position + 1]?.at ?? Number.MAX_VALUE,
    value: turn.to,
  }));
}
