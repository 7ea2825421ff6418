import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Adjutant, Clock, WorkspaceHandle } from '@adjutant/core';
import { absolute, type BenchLine, median, time } from '../measure.ts';
import { openReports, reportingPeople, seedReports } from '../seed-reports.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const people = 500;
const days = 365;
const submissions = 500;
const rounds = 5;
const mostReadMs = 2_000;
const mostLagMs = 120_000;
const startAt = Date.UTC(2026, 8, 15, 12);

/** A clock that begins at a fixed instant and goes with the machine's: what indexing takes is in it. */
function runningClock(): Clock {
  const begunAt = performance.now();
  const passed = (): number => performance.now() - begunAt;
  return {
    now: () => startAt + Math.floor(passed()),
    monotonic: passed,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

/** A year of reports of 500 people: every read, and how long what is submitted waits to be found. */
export async function benchReports(): Promise<BenchLine[]> {
  return withTemporaryFolder(async (folder) => {
    const members = reportingPeople(people);
    const adjutant = await openReports(folder, members, runningClock());
    try {
      await adjutant.sync();
      const owner = adjutant.workspace().as(await adjutant.owner());
      const ids = await idsByName(owner);
      const personIds = members.map(({ name }) => ids.get(name) ?? name);
      const accounts = members.map(({ account }) => account);
      const total = await seedReports(folder, { personIds, accounts, days, now: startAt });
      const indexingMs = await time(() => adjutant.sync());
      return [
        absolute(
          `${total} reports indexed anew`,
          `${(indexingMs / 1_000).toFixed(1)} s`,
          'told only',
          true,
        ),
        ...(await submit(adjutant, personIds)),
        ...(await reads(adjutant, personIds)),
        ...(await deletion(adjutant, personIds)),
      ];
    } finally {
      await adjutant.close();
    }
  });
}

async function idsByName(owner: WorkspaceHandle): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const page = await owner.findPeople({ limit: 200, cursor });
    for (const { id, displayName } of page.items) ids.set(displayName, id);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

function handleOf(adjutant: Adjutant, personId: string, role: 'member' | 'lead' = 'member') {
  return adjutant.workspace().as({ kind: 'person', personId, role });
}

async function submit(adjutant: Adjutant, personIds: readonly string[]): Promise<BenchLine[]> {
  const took: number[] = [];
  for (const personId of personIds.slice(0, submissions)) {
    const { reports } = handleOf(adjutant, personId);
    const report = { did: 'Chased a heisenbug through the queue', visibility: 'team' } as const;
    took.push(await time(() => reports.submit(report)));
  }
  const lag = await handleOf(adjutant, personIds[0] ?? '').reports.indexLag();
  const p95Ms = took.toSorted((one, other) => one - other)[Math.ceil(took.length * 0.95) - 1] ?? 0;
  return [
    absolute(
      `${submissions} submissions, each with the work of its day`,
      `median ${median(took).toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms`,
      `p95 under ${mostReadMs} ms`,
      p95Ms < mostReadMs,
    ),
    absolute(
      `index lag, p95 over all ${lag.sampleSize} that were written or indexed in the last day`,
      `${lag.p95Ms} ms, ${lag.waiting} waiting`,
      `at most ${mostLagMs} ms`,
      lag.p95Ms !== null && lag.p95Ms <= mostLagMs && lag.waiting === 0,
    ),
  ];
}

async function reads(adjutant: Adjutant, personIds: readonly string[]): Promise<BenchLine[]> {
  const member = handleOf(adjutant, personIds[7] ?? '');
  const lead = handleOf(adjutant, personIds[8] ?? '', 'lead');
  const { items } = await member.reports.list({ of: 'me', limit: 1 });
  const reportId = items[0]?.id ?? '';
  const week = { fromDay: '2026-09-08', toDay: '2026-09-14' };
  const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['list, of everybody', () => lead.reports.list({ limit: 200 })],
    ['list, of oneself', () => member.reports.list({ of: 'me', limit: 200 })],
    ['show, with the work of its day', () => member.reports.get(reportId)],
    ['digest of a day', () => lead.reports.shared({ fromDay: '2026-09-14', toDay: '2026-09-14' })],
    ['digest of a week', () => lead.reports.shared(week)],
    ['search, a rare word', () => lead.reports.search({ text: 'heisenbug' })],
    ['search, words of every report', () => lead.reports.search({ text: 'flaky deploy' })],
    ['load, of oneself', () => member.load.mine()],
    ['load, of everybody in a week', () => lead.load.team({ week: '2026-09-07' })],
    ['index lag', () => member.reports.indexLag()],
  ];
  const lines: BenchLine[] = [];
  for (const [title, call] of calls) lines.push(await measured(title, call));
  return lines;
}

async function measured(title: string, call: () => Promise<unknown>): Promise<BenchLine> {
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    stalls.enable();
    took.push(await time(call));
    await new Promise((resolve) => setTimeout(resolve, 5));
    stalls.disable();
  }
  const longest = Math.max(...took);
  return absolute(
    title,
    `median ${median(took).toFixed(1)} ms, longest ${longest.toFixed(1)} ms, stall ${(stalls.max / 1e6).toFixed(0)} ms`,
    `under ${mostReadMs} ms`,
    longest < mostReadMs,
  );
}

async function deletion(adjutant: Adjutant, personIds: readonly string[]): Promise<BenchLine[]> {
  const { reports } = handleOf(adjutant, personIds[9] ?? '');
  const { items } = await reports.list({ of: 'me', limit: 3 });
  const took: number[] = [];
  for (const { id } of items) took.push(await time(() => reports.delete(id)));
  return [
    absolute(
      'deleting one, its words out of the whole index',
      took.map((each) => `${each.toFixed(0)} ms`).join(', '),
      'told only',
      true,
    ),
  ];
}
