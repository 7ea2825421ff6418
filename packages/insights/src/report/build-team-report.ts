import type { GapNote, TeamOverview, WorkspaceHandle } from '@adjutant/core';
import type { Window } from '@adjutant/core/domain';
import { selectFindings } from '../findings/select-findings.ts';
import { listNames } from '../format.ts';
import { plainText } from '../outside-text/plain-text.ts';
import { collectAiMarks } from './collect-ai-marks.ts';
import { collectFigures } from './collect-figures.ts';
import { describeRepository } from './collect-repositories.ts';
import { collectComparisons } from './compare-weeks.ts';
import { countContributors, type Roster, readRoster } from './contributors.ts';
import { indexWork, rowsEvidence, workRow } from './evidence-rows.ts';
import { instantOf } from './list-work.ts';
import { orderGaps } from './order-gaps.ts';
import { type ActivitySpan, chooseReportWindow } from './report-window.ts';
import { type RepositoryWork, readRepositoryWork } from './repository-work.ts';
import type { ReportFacts, ReportGap, TeamReport } from './team-report.ts';
import { mergeStyleNotes, showsOpenWork, tokenWouldAdd } from './what-sources-show.ts';

/** Repositories beyond this many, by last commit, count in the figures but have no section of their own. */
const mostRepositories = 50;
const rosterShown = 200;

export interface TeamReportOptions {
  /** Left out: the last days, or, where nothing happened in them, those before the last commit. */
  window?: Window | undefined;
  /** How many days a window that is left out has; ninety if this is left out too. */
  days?: number | undefined;
  /** The instant the report is made for, in epoch milliseconds. */
  now: number;
}

/** Reads a workspace through its handle and returns a report of it as plain data. */
export async function buildTeamReport(
  handle: WorkspaceHandle,
  options: TeamReportOptions,
): Promise<TeamReport> {
  const facts = await collectReportFacts(handle, options);
  return { ...facts, ...selectFindings(facts) };
}

async function collectReportFacts(
  handle: WorkspaceHandle,
  { window: asked, now, days }: TeamReportOptions,
): Promise<ReportFacts> {
  const { timeZone } = handle;
  const overview = await handle.overview({ window: asked });
  const chosen = chooseReportWindow(await activitySpan(handle, overview), { now, days, timeZone });
  const window = asked ?? chosen.window;
  const roster = await readRoster(handle);
  const works = await readAllWork(handle, overview, window);
  return {
    schemaVersion: 1,
    title: titleOf(overview),
    team: overview.team === null ? null : plainText(overview.team.name, 120),
    asOf: now,
    syncedAt: overview.meta.syncedAt,
    window,
    timeZone,
    windowNote: asked === undefined ? chosen.note : null,
    people: { ...overview.people, ...shownRoster(roster) },
    contributors: countContributors(works, roster, window),
    repositories: works.map((work) => describeRepository(work, roster)),
    figures: await collectFigures(handle, window, indexWork(works)),
    comparisons: await collectComparisons(handle, window),
    openWork: describeOpenWork(overview, works, now),
    aiMarks: await collectAiMarks(handle, works, roster, window),
    mergeStyleNotes: mergeStyleNotes(overview.repositories),
    tokenWouldAdd: tokenWouldAdd(overview.repositories),
    gaps: collectGaps(overview, works),
  };
}

/** From the first commit to the last, or to a later merge of which no commit is known. */
async function activitySpan(
  handle: WorkspaceHandle,
  { repositories }: TeamOverview,
): Promise<ActivitySpan> {
  const newest = await handle.listWork({ kind: 'pull_request', limit: 1 });
  const merged = newest.items.flatMap((item) => instantOf(item) ?? []);
  const lasts = [...merged, ...repositories.flatMap(({ lastCommitAt }) => lastCommitAt ?? [])];
  const firsts = repositories.flatMap(({ firstCommitAt }) => firstCommitAt ?? []);
  return {
    first: firsts.length === 0 ? null : Math.min(...firsts),
    last: lasts.length === 0 ? null : Math.max(...lasts),
  };
}

async function readAllWork(
  handle: WorkspaceHandle,
  overview: TeamOverview,
  window: Window,
): Promise<RepositoryWork[]> {
  const latestFirst = overview.repositories.toSorted(
    (left, right) => (right.lastCommitAt ?? 0) - (left.lastCommitAt ?? 0),
  );
  const works: RepositoryWork[] = [];
  for (const repository of latestFirst.slice(0, mostRepositories)) {
    works.push(await readRepositoryWork(handle, repository, window));
  }
  return works;
}

function titleOf(overview: TeamOverview): string {
  const names = overview.repositories.map((repository) => plainText(repository.name, 60));
  if (overview.team !== null) return plainText(overview.team.name, 120);
  return names.length === 0 ? 'No repository yet' : listNames(names);
}

function shownRoster(roster: Roster) {
  const names = roster.names.map((name) => plainText(name, 120)).toSorted();
  return { roster: names.slice(0, rosterShown), rosterTotal: roster.total };
}

function describeOpenWork(
  overview: TeamOverview,
  works: readonly RepositoryWork[],
  now: number,
): ReportFacts['openWork'] {
  const rows = works.flatMap((work) =>
    work.open.items.map((item) => ({
      ...workRow(item, work.page),
      at: item.startedAt,
    })),
  );
  if (!showsOpenWork(overview.repositories) && rows.length === 0) {
    return { count: null, oldestHours: null, evidence: rowsEvidence([], 'oldest first') };
  }
  rows.sort((left, right) => (left.at ?? now) - (right.at ?? now));
  const isBounded = works.some((work) => !work.open.isComplete);
  return {
    count: overview.openWork.count,
    oldestHours: overview.openWork.oldestHours,
    evidence: rowsEvidence(rows, 'oldest first', rows.length, isBounded),
  };
}

function collectGaps(overview: TeamOverview, works: readonly RepositoryWork[]): ReportGap[] {
  const touching = overview.metrics.flatMap((metric) => metric.gaps);
  const gaps = orderGaps(overview.meta.gaps.map(plainGap), touching);
  const left = overview.repositories.length - works.length;
  if (left === 0) return gaps;
  const message = `${left} repositories count in the figures but are not described one by one.`;
  const own = { code: 'report_bounded', message, source: 'report', scope: 'repositories' };
  return [...gaps, { ...own, affectedCount: left }];
}

function plainGap(gap: GapNote): ReportGap {
  return {
    code: plainText(gap.code, 80),
    message: plainText(gap.message, 400),
    source: plainText(gap.source, 40),
    scope: plainText(gap.scope, 120),
    affectedCount: gap.affectedCount,
  };
}
