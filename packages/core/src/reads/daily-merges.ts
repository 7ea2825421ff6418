import { sql } from 'drizzle-orm';
import type { Window } from '../domain.ts';
import { isOfRepository } from '../metrics/load-columns.ts';
import { subjects } from '../metrics/subjects/subjects.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { ReadContext } from './read-context.ts';
import { leads, ownedByTeam } from './repositories.ts';
import { dayMs, dayText, nextStartOfDay, startOfDay } from './utc-days.ts';

/** Farther back than this the past serves no backtest. */
const longestPastDays = 364;

/** What is known of the pull requests merged on each day, up to where everything was read. */
export interface DailyMerges {
  /** Merged on each full UTC day without a break, oldest first. */
  counts: number[];
  firstDayStart: number;
  /** How many of the last days lie in the history that was asked for. */
  historyDays: number;
  /** How many of those merged within that history were opened by bots. */
  botItems: number;
  caveats: string[];
}

interface Known {
  /** The first merge that is known. */
  firstAt: number | null;
  /** The newest instant up to which a repository was read; null where no pass has finished. */
  readUntil: number | null;
  repositories: number;
  /** Repositories that were read less far, or whose reading is not complete. */
  behind: number;
}

/**
 * Returns the merges per day. Days before the first known merge and after the last reading are no
 * days without a merge: nothing is known of them, so they are left out and a caveat says so.
 */
export async function readDailyMerges(
  context: ReadContext,
  query: { history: Window; now: number; repositoryExternalId: string | null },
): Promise<DailyMerges> {
  const { history, now, repositoryExternalId } = query;
  const { from, where } = await mergesOf(context, history, repositoryExternalId);
  const known: Known = {
    firstAt: await readFirstMerge(context, { from, where }),
    ...(await readReading(context, repositoryExternalId)),
  };
  const askedTo = startOfDay(Math.min(history.to, now));
  const to = startOfDay(Math.min(askedTo, known.readUntil ?? askedTo));
  const askedFrom = nextStartOfDay(history.from);
  const firstKnown = known.firstAt === null ? to : Math.min(to, nextStartOfDay(known.firstAt));
  const historyFrom = Math.min(to, Math.max(askedFrom, firstKnown));
  const pastFrom = Math.max(firstKnown, Math.min(historyFrom, to - longestPastDays * dayMs));
  const day = sql`f.merged_at / ${sql.raw(String(dayMs))}`;
  const rows = await queryTuples<[day: number, count: number]>(
    context.store.read,
    sql`select ${day}, count(*) from ${from}
        where ${where} and f.merged_at >= ${pastFrom} and f.merged_at < ${to} group by 1`,
  );
  // Apart from the counts, which an index answers alone and which go back much farther.
  const [bots] = await queryTuples<[number]>(
    context.store.read,
    sql`select count(*) from ${from} where ${where} and f.author_is_bot = 1
        and f.merged_at >= ${historyFrom} and f.merged_at < ${to}`,
  );
  const firstDay = pastFrom / dayMs;
  const counts = Array.from({ length: to / dayMs - firstDay }, () => 0);
  for (const [at, count] of rows) counts[at - firstDay] = count;
  return {
    counts,
    firstDayStart: pastFrom,
    historyDays: (to - historyFrom) / dayMs,
    botItems: bots?.[0] ?? 0,
    caveats: caveatsOf(known, { from: askedFrom, to: askedTo }, { from: historyFrom, to }),
  };
}

async function mergesOf(
  context: ReadContext,
  history: Window,
  repositoryExternalId: string | null,
) {
  const subject = await subjects.pull_request(context, history);
  const conditions = [subject.where, sql`f.merged_at is not null`];
  if (repositoryExternalId !== null) {
    conditions.push(isOfRepository(context, subject, repositoryExternalId));
  }
  return { from: subject.from, where: sql.join(conditions, sql` and `) };
}

async function readFirstMerge(
  context: ReadContext,
  { from, where }: Awaited<ReturnType<typeof mergesOf>>,
): Promise<number | null> {
  const [first] = await queryTuples<[number]>(
    context.store.read,
    sql`select f.merged_at from ${from} where ${where} order by f.merged_at limit 1`,
  );
  return first?.[0] ?? null;
}

/** Returns up to when the repositories were read. */
async function readReading(
  context: ReadContext,
  repositoryExternalId: string | null,
): Promise<Omit<Known, 'firstAt'>> {
  const { workspaceId } = context;
  const rows = await queryTuples<
    [isComplete: number | null, readUntil: number | null, denied: number]
  >(
    context.store.read,
    sql`select min(c.complete), min(c.last_finished_at),
          exists (select 1 from gaps g where g.workspace_id = ${workspaceId}
            and g.source = r.source and g.scope_external_id = r.external_id
            and (g.code = 'not_permitted' or substr(g.code, -14) = '_not_permitted'))
        from repositories r
        left join sync_cursors c on c.workspace_id = r.workspace_id and c.source = r.source
          and c.scope_external_id = r.external_id
        where r.workspace_id = ${workspaceId} and ${ownedByTeam(context, 'r.external_id', 'r.source')}
          and ${leads(workspaceId, 'r.external_id', 'r.source')}
          and ${repositoryExternalId === null ? sql`true` : sql`r.external_id = ${repositoryExternalId}`}
        group by r.source, r.external_id`,
  );
  const read = rows.flatMap(([, until]) => (until === null ? [] : [until]));
  const readUntil = read.length === 0 ? null : Math.max(...read);
  const lastDay = readUntil === null ? 0 : startOfDay(readUntil);
  const behind = rows.filter(
    ([isComplete, until, denied]) =>
      isComplete !== 1 || denied === 1 || until === null || until < lastDay,
  ).length;
  return { readUntil, repositories: rows.length, behind };
}

function caveatsOf(known: Known, asked: Window, used: Window): string[] {
  if (known.firstAt === null) return ['No merged pull request is known here.'];
  const caveats: string[] = [];
  if (used.from > asked.from) {
    caveats.push(
      `The first merge known here is of ${dayText(known.firstAt)}: the history begins after it.`,
    );
  }
  if (used.to < asked.to) {
    caveats.push(`Last read on ${dayText(used.to)}: the days from then on are no history.`);
  }
  if (known.behind > 0) {
    caveats.push(
      `${known.behind} of ${known.repositories} ${known.repositories === 1 ? 'repository' : 'repositories'} ${known.behind === 1 ? 'was' : 'were'} not read to the end: merges of the newest days may be missing.`,
    );
  }
  return caveats;
}
