// Kills a sync a hundred times at named points, resumes it each time, and holds the rows against
// those of a sync that nobody disturbed. Once for each connector.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CrashPointName } from '@adjutant/core/testing';
import { kills, type KilledRuns } from './kill-and-resume.ts';
import type { TwinRuns } from './kill-over-twin.ts';
import { type Judged, printJudged } from './report.ts';

const connectors: Record<string, (folder: string) => Promise<KilledRuns>> = {
  git: async (folder) => (await import('./sync-git.ts')).killGitSync(folder),
  github: async (folder) => (await import('./sync-github.ts')).killGithubSync(folder),
};

type KillOverTwin = (folder: string, kills: number) => Promise<TwinRuns>;

/** Sources that fail and change while they are read. */
const disturbed: Record<string, () => Promise<KillOverTwin>> = {
  jira: async () => (await import('./sync-jira.ts')).killJiraSync,
  pagerduty: async () => (await import('./sync-pagerduty.ts')).killPagerdutySync,
  slack: async () => (await import('./sync-slack.ts')).killSlackSync,
};

const killsOverTwin = { whole: 40, short: 8 };
const mostRequests = 1.5;
const mostRequestsAgainAllowed = 3;

/** Between the first write of a transaction and its commit. */
const insideTransaction: ReadonlySet<CrashPointName> = new Set([
  'after_raw_records',
  'after_domain_rows',
  'after_cursor',
  'before_commit',
  'identity_written',
  'facts_written',
]);

export async function chaosSync(words: readonly string[]): Promise<number> {
  const names = words.filter((word) => word !== '--short');
  const all = [...Object.keys(connectors), ...Object.keys(disturbed)];
  if (names.some((name) => !all.includes(name))) {
    console.error(`Usage: pnpm chaos sync [${all.join('|')}]... [--short]`);
    return 2;
  }
  let exitCode = 0;
  for (const name of names.length > 0 ? names : all) {
    const folder = mkdtempSync(join(tmpdir(), 'adjutant-chaos-'));
    const startedAt = performance.now();
    try {
      const lines = await run(name, folder, words.includes('--short'));
      const seconds = Math.round((performance.now() - startedAt) / 1_000);
      exitCode = Math.max(
        exitCode,
        printJudged(`Sync over ${name} under SIGKILL, ${seconds} s`, lines),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return exitCode;
}

/** The short form is for every change; of git and GitHub there is only the whole one. */
async function run(name: string, folder: string, isShort: boolean): Promise<Judged[]> {
  const disturb = await disturbed[name]?.();
  if (disturb !== undefined) {
    const wanted = isShort ? killsOverTwin.short : killsOverTwin.whole;
    return judgeTwin(await disturb(folder, wanted), wanted);
  }
  const runs = await connectors[name]?.(folder);
  return runs === undefined ? [] : [...judge(runs), ...judgeRequests(runs)];
}

function judgeTwin(runs: TwinRuns, wanted: number): Judged[] {
  const { killed, killedAtRandom, faults, changes, stores } = runs;
  const inside = insideOf(runs.hits);
  const atLeast = (title: string, figure: number, least: number): Judged => {
    return { title, figure: String(figure), must: `at least ${least}`, ok: figure >= least };
  };
  const none = (title: string, figure: number, of = ''): Judged => {
    return { title, figure: `${figure}${of}`, must: '0', ok: figure === 0 };
  };
  return [
    { title: 'kills', figure: String(killed), must: String(wanted), ok: killed === wanted },
    atLeast('  at any moment', killedAtRandom, wanted / 8),
    atLeast('  between first write and commit', inside, Math.floor(wanted / 20)),
    atLeast('requests that were limited, failed, broken off, dropped', faults, wanted),
    atLeast('changes at the source meanwhile', changes, wanted / 8),
    atLeast('rows compared', runs.rows, 100),
    none('resumed stores whose rows differ from a calm one', runs.different, ` of ${stores}`),
    none('rows changed by one more sync of each store', runs.changedAgain),
    none('rows changed by building them again from the raw records', runs.renormalised),
    {
      title: 'requests of one more sync, of any store',
      figure: `${runs.mostRequestsAgain} at worst`,
      must: `fewer than those of a calm one from the start (${runs.calmRequests})`,
      ok: runs.mostRequestsAgain < runs.calmRequests,
    },
  ];
}

function insideOf(hits: ReadonlyMap<CrashPointName, number>): number {
  return [...hits].reduce(
    (sum, [name, count]) => sum + (insideTransaction.has(name) ? count : 0),
    0,
  );
}

function judge({ hits, killed, stores, different, changedAgain }: KilledRuns): Judged[] {
  const inside = insideOf(hits);
  return [
    { title: 'kills', figure: String(killed), must: String(kills), ok: killed === kills },
    ...[...hits].map(([name, count]) => ({
      title: `  at ${name}`,
      figure: String(count),
      must: 'at least 5',
      ok: count >= 5,
    })),
    {
      title: 'kills between first write and commit',
      figure: String(inside),
      must: 'at least 30',
      ok: inside >= 30,
    },
    {
      title: 'resumed stores whose rows differ from the undisturbed one',
      figure: `${different} of ${stores}`,
      must: '0',
      ok: different === 0,
    },
    {
      title: 'rows changed by one more sync of each store',
      figure: String(changedAgain),
      must: '0',
      ok: changedAgain === 0,
    },
  ];
}

/** What is compared: all requests of a backfill, its killed passes included, with an undisturbed one's. */
function judgeRequests(runs: KilledRuns): Judged[] {
  const { calmRequests, resumedRequests, killed, mostRequestsAgain } = runs;
  if (calmRequests === null || mostRequestsAgain === null) return [];
  const worst = Math.max(...resumedRequests) / calmRequests;
  const all = resumedRequests.reduce((sum, count) => sum + count, 0);
  const mean = all / resumedRequests.length / calmRequests;
  const each = (killed / resumedRequests.length).toFixed(1);
  return [
    {
      title: `requests of a backfill killed ${each} times ÷ those of an undisturbed one (${calmRequests})`,
      figure: `${worst.toFixed(2)} at worst, ${mean.toFixed(2)} on average`,
      must: `at most ${mostRequests.toFixed(2)} at worst`,
      ok: worst <= mostRequests,
    },
    {
      title: 'requests of one more sync, of any store',
      figure: `${mostRequestsAgain} at worst`,
      must: `at most ${mostRequestsAgainAllowed}`,
      ok: mostRequestsAgain <= mostRequestsAgainAllowed,
    },
  ];
}
