import { queryTuples } from '../store/raw-query.ts';
import { and, eq, sql } from 'drizzle-orm';
import type { Citation } from '../citations/cite-answer.ts';
import { keepCitations } from '../citations/keep-citations.ts';
import { computeOrLeaveUnknown, readWindow } from '../metrics/compute-metric.ts';
import { tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { MetricAnswer, TeamOverview } from '../workspace/handle.ts';
import type { MetricFilter, Window } from '../domain.ts';
import { readAnswerMeta } from './answer-meta.ts';
import type { ReadContext } from './read-context.ts';
import { readRepositories } from './repositories.ts';
import { readWorker } from './sync-status.ts';

const { accounts, teams } = tables;
const hourMs = 3_600_000;

/** Returns the state of the team: who, what, how fast, and what is not known. */
export async function readTeamOverview(
  context: ReadContext,
  query: {
    window?: Window | undefined;
    timeZone?: string | undefined;
    filter?: MetricFilter | undefined;
    withDetails?: boolean | undefined;
  },
): Promise<TeamOverview> {
  const now = context.clock.now();
  const window = readWindow(query.window, now);
  const meta = await readAnswerMeta(context);
  const metrics: MetricAnswer[] = [];
  const citations: Citation[] = [];
  // Who looks at a team without naming people or a label has asked nothing about people.
  const asking = query.filter === undefined ? { ...context, noteRefusal: undefined } : context;
  for (const definition of context.metrics.metrics) {
    if (definition.isDetail === true && query.withDetails !== true) continue;
    const { timeZone, filter } = query;
    const asked = { metricId: definition.id, window, timeZone, filter };
    const { answer, citation } = await computeOrLeaveUnknown(asking, asked, meta);
    metrics.push(answer);
    citations.push(citation);
    await yieldToEventLoop();
  }
  keepCitations(context.store, citations);
  return {
    team: await readTeam(context),
    window,
    people: await countPeople(context),
    repositories: await readRepositories(context),
    openWork: await readOpenWork(context, now),
    metrics,
    worker: await readWorker(context, now),
    meta,
  };
}

async function readTeam(context: ReadContext) {
  if (context.teamId === null) return null;
  const [team] = await context.store.read
    .select()
    .from(teams)
    .where(and(eq(teams.workspaceId, context.workspaceId), eq(teams.id, context.teamId)));
  if (team === undefined) return null;
  const { workspaceId: _, ...told } = team;
  return told;
}

async function countPeople(context: ReadContext): Promise<TeamOverview['people']> {
  const rows = await context.store.read
    // Two sources know a bot by one number; it is one bot.
    .select({
      kind: accounts.kind,
      count: sql<number>`count(distinct coalesce(${accounts.vendorId}, ${accounts.source} || char(10) || ${accounts.externalId}))`,
    })
    .from(accounts)
    .where(eq(accounts.workspaceId, context.workspaceId))
    .groupBy(accounts.kind);
  const [people] = await queryTuples<[number]>(
    context.store.read,
    sql`
    select count(distinct person_id) from person_accounts
    where workspace_id = ${context.workspaceId}`,
  );
  const countOf = (kind: string): number => rows.find((row) => row.kind === kind)?.count ?? 0;
  return {
    humans: people?.[0] ?? 0,
    codingAgents: countOf('coding_agent'),
    serviceBots: countOf('service_bot'),
  };
}

async function readOpenWork(context: ReadContext, now: number): Promise<TeamOverview['openWork']> {
  const team = context.teamId === null ? sql`true` : sql`team_id = ${context.teamId}`;
  const ours = sql`workspace_id = ${context.workspaceId} and ${team}`;
  const [row] = await queryTuples<[number, number | null, number]>(
    context.store.read,
    sql`
    select count(*), min(opened_at),
      exists (select 1 from pull_request_facts where ${ours} and opened_at is not null)
    from pull_request_facts where ${ours} and merged_at is null and closed_at is null`,
  );
  const [open = 0, oldest = null, showsOpening = 0] = row ?? [];
  return {
    // A source that shows no opening, such as a bare clone, does not show what is open either.
    count: open === 0 && showsOpening === 0 ? null : open,
    oldestHours: oldest === null ? null : (now - oldest) / hourMs,
  };
}
