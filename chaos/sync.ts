// Kills a sync a hundred times at named points, resumes it each time, and holds the rows against
// those of a sync that nobody disturbed. Once for each connector.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CrashPointName } from '@adjutant/core/testing';
import { kills, type KilledRuns } from './kill-and-resume.ts';
import { type Judged, printJudged } from './report.ts';

const connectors: Record<string, (folder: string) => Promise<KilledRuns>> = {
  git: async (folder) => (await import('./sync-git.ts')).killGitSync(folder),
  github: async (folder) => (await import('./sync-github.ts')).killGithubSync(folder),
};

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

export async function chaosSync(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => connectors[name] === undefined);
  if (unknown.length > 0) {
    console.error(`Usage: pnpm chaos sync [${Object.keys(connectors).join('|')}]`);
    return 2;
  }
  let exitCode = 0;
  for (const name of names.length > 0 ? names : Object.keys(connectors)) {
    const folder = mkdtempSync(join(tmpdir(), 'adjutant-chaos-'));
    const startedAt = performance.now();
    try {
      const runs = await connectors[name]?.(folder);
      if (runs === undefined) continue;
      const seconds = Math.round((performance.now() - startedAt) / 1_000);
      const heading = `Sync over ${name} under SIGKILL, ${seconds} s`;
      exitCode = Math.max(exitCode, printJudged(heading, [...judge(runs), ...judgeRequests(runs)]));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return exitCode;
}

function judge({ hits, killed, stores, different, changedAgain }: KilledRuns): Judged[] {
  const inside = [...hits].reduce(
    (sum, [name, count]) => sum + (insideTransaction.has(name) ? count : 0),
    0,
  );
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
