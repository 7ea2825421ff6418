import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  type SprintDefinition,
  type SprintFigures,
  type SprintSummary,
  sprintSummarySchema,
} from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import { readRows } from '../store/json-columns.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Page } from '../workspace/handle.ts';
import { readAnswerMeta } from './answer-meta.ts';
import { nextCursor, readCursor, readLimit } from './paging.ts';
import type { ReadContext } from './read-context.ts';
import { ownedByTeam } from './repositories.ts';
import { readSprintItems, type SprintItems } from './sprint-items.ts';
import type { SprintReport, Sprints, SprintVelocityAnswer } from './sprints-handle.ts';
import { readTouchingGaps } from './touching-gaps.ts';

const defaultLast = 5;
const velocityQuerySchema = z.strictObject({
  last: z.number().int().min(1).max(50).default(defaultLast),
});
const listQuerySchema = z.strictObject({
  limit: z.number().optional(),
  cursor: z.string().optional(),
});

/** What of the source a replay rests on, as gaps name it. */
const replayed = {
  subject: 'work_item',
  columns: ['sprint', 'work_item_change', 'points', 'status', 'sprintExternalId', 'doneAt'],
};

/** Returns the reads of sprints of one workspace. */
export function createSprints(context: ReadContext): Sprints {
  return {
    list: (query = {}) => listSprints(context, query),
    report: (sprintId) => reportSprint(context, sprintId),
    velocity: (query = {}) => sprintVelocity(context, query),
  };
}

async function listSprints(
  context: ReadContext,
  query: { limit?: number | undefined; cursor?: string | undefined },
): Promise<Page<SprintSummary>> {
  const { limit, cursor } = parseInput(listQuerySchema, query);
  const offset = readCursor(cursor);
  const items = await readSprints(
    context,
    sql`true order by case s.state when 'active' then 0 when 'future' then 1 else 2 end,
          coalesce(s.completed_at, s.started_at, s.planned_end_at, 0) desc, s.id desc
        limit ${readLimit(limit)} offset ${offset}`,
  );
  const [row] = await queryTuples<[number]>(
    context.store.read,
    sql`select count(*) from sprints s where ${seen(context)}`,
  );
  const total = row?.[0] ?? 0;
  const meta = await readAnswerMeta(context);
  return { items, total, nextCursor: nextCursor(offset, items.length, total), meta };
}

async function reportSprint(context: ReadContext, sprintId: string): Promise<SprintReport> {
  const definition = definitionOf(context);
  const id = parseInput(z.string().min(1).max(200), sprintId);
  const [sprint] = await readSprints(context, sql`s.id = ${id}`);
  if (sprint === undefined) {
    throw new AdjutantError('NotFound', 'There is no sprint of that id here.', {
      hint: 'List the sprints; each has an id of its own.',
    });
  }
  const read = await readSprintItems(context, sprint.source, [sprint]);
  const { items, ...figures } = replay(context, definition, sprint, read);
  const named = new Map(read.items.map((item) => [item.externalId, item]));
  return {
    sprint,
    ...figures,
    items: items.flatMap((item) => {
      const row = named.get(item.externalId);
      return row === undefined ? [] : [{ id: row.id, key: row.key, title: row.title, ...item }];
    }),
    ...(await described(context, definition)),
  };
}

async function sprintVelocity(
  context: ReadContext,
  query: { last?: number | undefined },
): Promise<SprintVelocityAnswer> {
  const definition = definitionOf(context);
  const { last } = parseInput(velocityQuerySchema, query);
  const sprints = await readSprints(
    context,
    sql`s.state = 'closed'
        order by coalesce(s.completed_at, s.planned_end_at, s.started_at, 0) desc, s.id desc
        limit ${last}`,
  );
  const figuresOf = new Map<string, SprintFigures>();
  for (const source of new Set(sprints.map((sprint) => sprint.source))) {
    const ofSource = sprints.filter((sprint) => sprint.source === source);
    const read = await readSprintItems(context, source, ofSource);
    for (const sprint of ofSource) {
      figuresOf.set(sprint.id, replay(context, definition, sprint, read));
    }
  }
  return {
    ...definition.velocity([...figuresOf.values()]),
    sprints: sprints.flatMap((sprint) => {
      const figures = figuresOf.get(sprint.id);
      if (figures === undefined) return [];
      const { commitment, velocity, reliability, caveats } = figures;
      return [{ ...sprint, commitment, velocity, reliability, caveats }];
    }),
    ...(await described(context, definition)),
  };
}

function replay(
  { clock }: ReadContext,
  definition: SprintDefinition,
  sprint: SprintSummary,
  read: SprintItems,
): SprintFigures {
  return definition.replay({ sprint, ...read, now: clock.now() });
}

/** A sprint is of no repository, so it belongs to the team that has what no other team owns. */
function seen(context: ReadContext): SQL {
  return sql`s.workspace_id = ${context.workspaceId} and ${ownedByTeam(context, 'null', 's.source')}`;
}

async function readSprints(context: ReadContext, rest: SQL): Promise<SprintSummary[]> {
  return readRows(
    context.store.read,
    sprintSummarySchema,
    Object.keys(sprintSummarySchema.shape),
    sql`select s.id, s.source, s.external_id as "externalId", s.name, s.state,
          s.started_at as "startedAt", s.planned_end_at as "plannedEndAt",
          s.completed_at as "completedAt"
        from sprints s where ${seen(context)} and ${rest}`,
  );
}

async function described(
  context: ReadContext,
  { definition, version }: SprintDefinition,
): Promise<Pick<SprintReport, 'definition' | 'definitionVersion' | 'gaps' | 'meta'>> {
  return {
    definition,
    definitionVersion: version,
    gaps: await readTouchingGaps(context, replayed, null),
    meta: await readAnswerMeta(context),
  };
}

function definitionOf({ metrics }: ReadContext): SprintDefinition {
  if (metrics.sprints !== undefined) return metrics.sprints;
  throw new AdjutantError('Configuration', 'This instance was given nothing that knows sprints.', {
    hint: 'Give createAdjutant a set of metrics with "sprints" in it, such as allMetrics.',
  });
}
