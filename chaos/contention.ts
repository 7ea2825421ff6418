// Several processes on one file: writers beside readers, migrators at the same moment, and a
// process killed inside a COMMIT.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { startWitness } from '../bench/witness.ts';
import { openStore } from '../packages/core/src/store/open-store.ts';
import { queryTuples } from '../packages/core/src/store/raw-query.ts';
import { startChild, tell } from './child-process.ts';
import { type Judged, printJudged } from './report.ts';

const writers = 3;
const transactionsEach = 300;
const kills = 20;
/** Four busy processes on two processors wait for each other at times: a stall of ours is there each time. */
const turns = 5;

export async function contention(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-chaos-'));
  try {
    const lines = [
      ...(await writeTogether(folder)),
      ...(await migrateTogether(folder)),
      ...(await killInsideCommit(join(folder, 'killed.db'))),
    ];
    return printJudged('Contention: several processes on one file', lines);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Together {
  rows: number;
  longestStallMs: number;
  witnessMs: number;
  reads: number;
}

async function writeTogether(folder: string): Promise<Judged[]> {
  const runs: Together[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    runs.push(await writeOnce(join(folder, `writers-${turn}.db`)));
  }
  const expected = writers * transactionsEach;
  const whole = runs.filter(({ rows }) => rows === expected).length;
  const calm = runs.reduce((a, b) => (b.longestStallMs < a.longestStallMs ? b : a));
  const reads = Math.min(...runs.map((run) => run.reads));
  return [
    {
      title: `runs of ${writers} processes × ${transactionsEach} transactions that left ${expected} rows`,
      figure: `${whole} of ${turns}`,
      must: `${turns} of ${turns}`,
      ok: whole === turns,
    },
    {
      title: 'longest stall of any event loop, writers and reader, in the least disturbed run',
      figure: `${calm.longestStallMs.toFixed(1)} ms, while a thread that does nothing saw ${calm.witnessMs.toFixed(1)} ms`,
      must: 'at most 50 ms',
      ok: calm.longestStallMs <= 50,
    },
    {
      title: 'reads done beside the writers without an error, in each run',
      figure: `${reads} or more`,
      must: 'above 0',
      ok: reads > 0,
    },
  ];
}

async function writeOnce(path: string): Promise<Together> {
  await (await openStore(path)).close();
  const reader = await startChild('reader', [path]);
  const children = await Promise.all(
    Array.from({ length: writers }, (_, position) =>
      startChild('writer', [path, `writer-${position}`, String(transactionsEach)]),
    ),
  );
  const stopWitness = await startWitness();
  for (const child of [reader, ...children]) tell(child);
  const reports = await Promise.all(children.map((child) => child.report));
  tell(reader);
  const read = await reader.report;
  const stalls = [...reports, read].map((report) => Number(report['longestStallMs']));
  const witnessMs = await stopWitness();
  const rows = await countRows(path);
  return { rows, longestStallMs: Math.max(...stalls), witnessMs, reads: Number(read['reads']) };
}

async function migrateTogether(folder: string): Promise<Judged[]> {
  let rounds = 0;
  let clean = 0;
  for (; rounds < 5; rounds += 1) {
    const path = join(folder, `migrated-${rounds}.db`);
    const children = await Promise.all(
      Array.from({ length: 4 }, () => startChild('migrator', [path])),
    );
    for (const child of children) tell(child);
    const settled = await Promise.allSettled(children.map((child) => child.report));
    const store = await openStore(path);
    const [applied] = await queryTuples<[number, number]>(
      store.read,
      sql`select count(*), count(distinct version) from schema_version`,
    );
    await store.close();
    const once = applied?.[0] === store.schemaVersion && applied[1] === store.schemaVersion;
    if (once && settled.every((result) => result.status === 'fulfilled')) clean += 1;
  }
  const partial = readdirSync(folder).filter((name) => name.endsWith('.partial')).length;
  return [
    {
      title: 'rounds in which 4 processes migrated at once: one migration, no error',
      figure: `${clean} of ${rounds}`,
      must: `${rounds} of ${rounds}`,
      ok: clean === rounds && partial === 0,
    },
  ];
}

async function killInsideCommit(path: string): Promise<Judged[]> {
  await (await openStore(path)).close();
  let harmed = 0;
  let before = 0;
  for (let turn = 0; turn < kills; turn += 1) {
    const victim = await startChild('writer', [path, `victim-${turn}`, '100000']);
    const other = await startChild('writer', [path, `survivor-${turn}`, '10']);
    tell(victim);
    tell(other);
    // It does nothing but commit, so wherever the kill falls, a COMMIT is under way or near.
    await sleep(60 + turn * 3);
    victim.process.kill('SIGKILL');
    await victim.exit;
    const survived = await other.report.then(
      () => true,
      () => false,
    );
    const store = await openStore(path);
    const [check] = await queryTuples<[string]>(store.read, sql`pragma integrity_check`);
    const [holes] = await queryTuples<[number]>(
      store.read,
      sql`select count(*) from (select actor, count(*) as n, max(at) as last from audit_entries
          group by actor) where n <> last + 1`,
    );
    const rows = await countRows(path);
    await store.close();
    if (!survived || check?.[0] !== 'ok' || holes?.[0] !== 0 || rows < before) harmed += 1;
    before = rows;
  }
  return [
    {
      title: 'kills amid commits that harmed the file, a row or another process',
      figure: `${harmed} of ${kills}`,
      must: '0',
      ok: harmed === 0,
    },
  ];
}

async function countRows(path: string): Promise<number> {
  const store = await openStore(path);
  const [count] = await queryTuples<[number]>(
    store.read,
    sql`select count(*) from audit_entries where event = 'chaos.counted'`,
  );
  await store.close();
  return count?.[0] ?? 0;
}
