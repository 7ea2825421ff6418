import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  type SignalFinding,
  signalHistoryKindSchema,
  signalSeveritySchema,
} from '../domain/signal.ts';
import { AdjutantError } from '../errors.ts';
import { readAnswerMeta } from '../reads/answer-meta.ts';
import { nextCursor, readCursor, readLimit } from '../reads/paging.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { readRows } from '../store/json-columns.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Page } from '../workspace/handle.ts';
import { findingColumns, flag, jsonText, storedFindingSchema } from './finding-columns.ts';
import type { SignalHistoryEntry, SignalQuery } from './handle.ts';
import { isOpenFinding } from './known-findings.ts';

const names = Object.keys(storedFindingSchema.shape);
const rowSchema = storedFindingSchema.extend({ isMuted: flag });
const rowNames = [...names, 'isMuted'];

const isMuted = sql`exists (select 1 from signal_mutes m where m.workspace_id = f.workspace_id
  and m.rule_id = f.rule_id and m.subject_id in ('', f.subject_id))`;
const columns = sql`${findingColumns(names)}, ${isMuted} as "isMuted"`;

const rank = sql`case f.severity when 'high' then 3 when 'medium' then 2 when 'low' then 1 else 0 end`;

/** Returns findings, the most severe first. @throws AdjutantError `InvalidInput` */
export async function listFindings(
  context: ReadContext,
  query: SignalQuery,
): Promise<Page<SignalFinding>> {
  const offset = readCursor(query.cursor);
  const limit = readLimit(query.limit);
  const where = sql.join(conditionsOf(context, query), sql` and `);
  const [counted] = await queryTuples<[number]>(
    context.store.read,
    sql`select count(*) from signal_findings f where ${where}`,
  );
  const items = await readRows(
    context.store.read,
    rowSchema,
    rowNames,
    sql`select ${columns} from signal_findings f where ${where}
      order by ${rank} desc, f.since, f.id limit ${limit} offset ${offset}`,
  );
  const total = counted?.[0] ?? 0;
  const meta = await readAnswerMeta(context);
  return { items, total, nextCursor: nextCursor(offset, items.length, total), meta };
}

function conditionsOf(context: ReadContext, query: SignalQuery): SQL[] {
  const { ruleId, subjectId, assignedPersonId, atLeast } = query;
  const parts: SQL[] = [
    inWorkspace(context),
    query.state === 'resolved' ? sql`f.state = 'resolved'` : isOpenFinding('f'),
  ];
  if (ruleId !== undefined) parts.push(sql`f.rule_id = ${ruleId}`);
  if (subjectId !== undefined) parts.push(sql`f.subject_id = ${subjectId}`);
  if (assignedPersonId !== undefined) parts.push(sql`f.assigned_person_id = ${assignedPersonId}`);
  if (atLeast !== undefined) {
    parts.push(sql`${rank} >= ${signalSeveritySchema.options.indexOf(atLeast)}`);
  }
  if (query.withHidden !== true) {
    parts.push(sql`coalesce(f.snoozed_until, 0) <= ${context.clock.now()}`, sql`not ${isMuted}`);
  }
  return parts;
}

/** The condition that the viewer's team owns what was found; what nobody owns is the default team's. */
function inWorkspace({ workspaceId, teamId }: ReadContext): SQL {
  const here = sql`f.workspace_id = ${workspaceId}`;
  if (teamId === null) return here;
  return sql`${here} and (f.team_id = ${teamId} or (f.team_id is null and ${teamId} =
    (select id from teams where workspace_id = ${workspaceId} and key = 'default')))`;
}

/** @throws AdjutantError `NotFound` */
export async function readFinding(context: ReadContext, id: string): Promise<SignalFinding> {
  const [finding] = await readRows(
    context.store.read,
    rowSchema,
    rowNames,
    sql`select ${columns} from signal_findings f where ${inWorkspace(context)} and f.id = ${id}`,
  );
  if (finding !== undefined) return finding;
  throw new AdjutantError('NotFound', 'There is no finding of that id here.', {
    hint: 'Run "adjutant signals" for those that are open.',
  });
}

const historySchema = z.object({
  at: z.number(),
  kind: signalHistoryKindSchema,
  actor: z.string(),
  detail: jsonText.pipe(z.record(z.string(), z.unknown())),
});

/** Returns what became of a finding, the newest first. */
export async function readFindingHistory(
  { store, workspaceId }: ReadContext,
  id: string,
): Promise<SignalHistoryEntry[]> {
  return readRows(
    store.read,
    historySchema,
    Object.keys(historySchema.shape),
    sql`select at, kind, actor, detail from signal_history
      where workspace_id = ${workspaceId} and finding_id = ${id} order by at desc, id desc limit 200`,
  );
}
