// Kills a sync a hundred times at named points, resumes it each time, and holds the rows against
// those of a sync that nobody disturbed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalDump, crashPointNames, type CrashPointName } from '@adjutant/core/testing';
import { generateLargeRepository } from '@adjutant/connectors/testing';
import { startChild, tell } from './child-process.ts';
import { type Judged, printJudged } from './report.ts';

const kills = 100;
const commits = 6_000;
/** Between the first write of a transaction and its commit. */
const insideTransaction: ReadonlySet<CrashPointName> = new Set([
  'after_raw_records',
  'after_domain_rows',
  'after_cursor',
  'before_commit',
  'identity_written',
  'facts_written',
]);

const oncePerPass: ReadonlySet<CrashPointName> = new Set(['identity_written', 'facts_written']);

export async function chaosSync(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-chaos-'));
  try {
    const clone = join(folder, 'clone.git');
    await generateLargeRepository({ commits, seed: 11, directory: clone });
    const calm = join(folder, 'calm.db');
    await sync(calm, clone, 'none', 1);
    const hits = new Map<CrashPointName, number>(crashPointNames.map((name) => [name, 0]));
    const expected = await canonicalDump(calm);
    let different = 0;
    let rounds = 0;
    let killed = 0;
    // A store takes several kills before it is done; then the next one begins.
    while (killed < kills) {
      const store = join(folder, `disturbed-${rounds}.db`);
      killed += await disturb(store, clone, hits, kills - killed, rounds);
      await sync(store, clone, 'none', 1);
      if ((await canonicalDump(store)) !== expected) different += 1;
      rounds += 1;
    }
    const again = await sync(calm, clone, 'none', 1);
    return printJudged('Sync under SIGKILL', judge(hits, killed, rounds, different, again));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Kills passes over one store at one point after another, as long as passes get there. */
async function disturb(
  store: string,
  clone: string,
  hits: Map<CrashPointName, number>,
  atMost: number,
  round: number,
): Promise<number> {
  let killed = 0;
  for (const [position, point] of crashPointNames.entries()) {
    if (killed === atMost) break;
    // A later hit of a point reaches deeper into the pass; some points are reached only once.
    const nth = oncePerPass.has(point) ? 1 : 1 + ((round + position) % 3);
    const outcome = await sync(store, clone, point, nth);
    if (outcome !== 'killed') continue;
    hits.set(point, (hits.get(point) ?? 0) + 1);
    killed += 1;
  }
  return killed;
}

async function sync(
  store: string,
  clone: string,
  point: CrashPointName | 'none',
  nth: number,
): Promise<Record<string, unknown> | 'killed'> {
  const child = await startChild('syncer', [store, point, String(nth), clone]);
  tell(child);
  const report = child.report.catch(() => null);
  const { signal } = await child.exit;
  if (signal === 'SIGKILL') return 'killed';
  const reported = await report;
  if (reported === null || reported['failed'] !== 0) throw new Error('a sync failed by itself');
  return reported;
}

function judge(
  hits: ReadonlyMap<CrashPointName, number>,
  killed: number,
  rounds: number,
  different: number,
  again: Record<string, unknown> | 'killed',
): Judged[] {
  const inside = [...hits].reduce(
    (sum, [name, count]) => sum + (insideTransaction.has(name) ? count : 0),
    0,
  );
  const rowsChanged = again === 'killed' ? Number.NaN : Number(again['rowsChanged']);
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
      figure: `${different} of ${rounds}`,
      must: '0',
      ok: different === 0,
    },
    {
      title: 'rows changed by a second sync',
      figure: String(rowsChanged),
      must: '0',
      ok: rowsChanged === 0,
    },
  ];
}
