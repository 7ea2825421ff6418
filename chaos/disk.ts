// A disk that gets full while a process syncs, takes decisions and carries actions out, over and over; and
// a store that another process keeps locked. The process lives, says so, goes on by itself, and in the end
// there is what would be there without.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { generateJiraSite, startJiraTwin } from '@adjutant/connectors/testing';
import { sql } from 'drizzle-orm';
import { openStore } from '../packages/core/src/store/open-store.ts';
import { queryTuples } from '../packages/core/src/store/raw-query.ts';
import type { Store } from '../packages/core/src/store/store.ts';
import { createDice, type Dice } from './dice.ts';
import { type CountingTarget, startTarget } from './disk/counting-target.ts';
import { driver } from './disk/injected-fault.ts';
import { canMount, isInside, makeDisk, runInside, type SmallDisk } from './disk/small-disk.ts';
import { type DiskWorker, startWorker } from './disk/worker.ts';
import { comparedDump } from './kill-over-twin.ts';
import { type Judged, printJudged } from './report.ts';
import { createSyncers } from './syncers.ts';

const rounds = { whole: 20, short: 3 };
/** Longer than a write waits for another process, so that it is said; shorter where CI waits for it. */
const lockedMs = { whole: 65_000, short: 5_000 };
const lockedRounds = { whole: 2, short: 1 };
const patienceMs = 60_000;
const longestUnsaidMs = 20_000;
const settledHours = 49;
const types = ['chaos.keyed', 'chaos.probeable', 'chaos.blind'];

type Phase = 'sync' | 'decision' | 'execution';

/** What came of one kind of round. */
interface Ran {
  rounds: number;
  lived: number;
  said: number;
  wentOn: number;
  refused: string[];
}

interface Scene {
  worker: DiskWorker;
  store: Store;
  path: string;
  disk: SmallDisk;
  dice: Dice;
  target: CountingTarget;
  /** Something new at the source; returns how many issues it has. */
  change(): number;
  names: string[];
}

/** `pnpm chaos disk`, with `--short` three rounds of each. */
export async function chaosDisk(words: readonly string[]): Promise<number> {
  if (!isInside && !words.includes('--injected') && canMount()) return runInside(words);
  const size = words.includes('--short') ? 'short' : 'whole';
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-chaos-disk-'));
  const startedAt = performance.now();
  try {
    const disk = makeDisk(folder);
    console.log(disk.kind);
    const lines = await run(folder, disk, size);
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    return printJudged(`A full disk, and a locked store, ${seconds} s`, lines);
  } finally {
    // A mount of this process is gone with it; what lies in it goes first.
    removeAll(folder);
  }
}

function removeAll(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // The mount itself stays until this process ends; it is empty.
  }
}

async function run(folder: string, disk: SmallDisk, size: 'whole' | 'short'): Promise<Judged[]> {
  const dice = createDice(26);
  const site = generateJiraSite({ issues: 60, to: Date.now() });
  const twin = await startJiraTwin({ ...site, clock: { now: () => Date.now() + aheadMs } });
  let aheadMs = 0;
  const target = await startTarget((bound) => dice.below(bound));
  const source = ['jira', twin.url, twin.token, twin.email];
  const path = join(disk.folder, 'store.db');
  const worker = await startWorker([path, target.url, ...source]);
  const store = await openStore(path);
  const change = (): number => {
    for (let more = 0; more < 20; more += 1) {
      const summary = `Meanwhile ${site.data.issues.size}`;
      site.data.addIssue(site.project, { summary, at: Date.now(), by: site.owner });
    }
    return site.data.issues.size;
  };
  const scene: Scene = { worker, store, path, disk, dice, target, change, names: [] };
  const lines: Judged[] = [];
  try {
    for (const phase of ['sync', 'decision', 'execution'] as const) {
      const ran = newRan();
      for (; ran.rounds < rounds[size]; ran.rounds += 1) await fillRound(scene, phase, ran);
      lines.push(...ranLines(`disk full during ${phase}`, ran, rounds[size], true));
    }
    const locked = newRan();
    for (; locked.rounds < lockedRounds[size]; locked.rounds += 1) {
      await lockRound(scene, lockedMs[size], locked);
    }
    lines.push(...ranLines('store locked', locked, lockedRounds[size], size === 'whole'));
    lines.push(...(await effectLines(scene)));
    const ended = await worker.end();
    lines.push({
      title: 'findings of audit verify',
      figure: String(ended.findings),
      must: '0',
      ok: ended.ok && ended.findings === 0,
    });
    await store.close();
    aheadMs = settledHours * 3_600_000;
    lines.push(await compareRows(path, join(folder, 'calm.db'), source));
  } finally {
    worker.process.kill();
    target.close();
    await twin.close();
  }
  return lines;
}

function newRan(): Ran {
  return { rounds: 0, lived: 0, said: 0, wentOn: 0, refused: [] };
}

/** Fills the disk at some moment of it, leaves it so until that is said, and frees it. */
async function fillRound(scene: Scene, phase: Phase, ran: Ran): Promise<void> {
  const { worker, dice, disk } = scene;
  const fill = (): void => (disk.fill === null ? worker.fail('SQLITE_FULL') : disk.fill());
  const free = (): void => (disk.fill === null ? worker.fail(null) : disk.free());
  // What the log has room for already would be written on a full disk too.
  await scene.store.emptyLog();
  const begun = begin(scene, phase);
  await begun.moment;
  await pause(dice.below(phase === 'sync' ? 700 : 60));
  fill();
  try {
    // What came since has made room in the log again.
    await scene.store.emptyLog();
    fill();
    if (await worker.untilHealth(503, longestUnsaidMs)) ran.said += 1;
    await pause(dice.below(800));
  } finally {
    free();
  }
  const { refused } = await begun.done;
  ran.refused.push(...refused);
  if (await worker.untilHealth(200, patienceMs)) ran.wentOn += 1;
  if (worker.lives()) ran.lived += 1;
}

async function lockRound(scene: Scene, heldMs: number, ran: Ran): Promise<void> {
  const Database = driver();
  const other = new Database(scene.path);
  const begun = begin(scene, 'decision');
  await pause(scene.dice.below(60));
  let isSaid = false;
  for (let isHeld = false; !isHeld; ) {
    try {
      other.exec('begin immediate');
      isHeld = true;
    } catch {
      await pause(5);
    }
  }
  const until = performance.now() + heldMs;
  while (performance.now() < until) {
    isSaid ||= (await scene.worker.health()) === 503;
    await pause(100);
  }
  other.exec('rollback');
  other.close();
  if (isSaid) ran.said += 1;
  ran.refused.push(...(await begun.done).refused);
  if (await scene.worker.untilHealth(200, patienceMs)) ran.wentOn += 1;
  if (scene.worker.lives()) ran.lived += 1;
}

interface Begun {
  /** When what is to be disturbed is under way. */
  moment: Promise<void>;
  /** When all of it has come to its end. */
  done: Promise<{ refused: string[] }>;
}

function begin(scene: Scene, phase: Phase): Begun {
  if (phase === 'sync') {
    const wanted = scene.change();
    const done = untilTrue(async () => (await countIssues(scene.store)) >= wanted);
    return { moment: Promise.resolve(), done: done.then(() => ({ refused: [] })) };
  }
  const names = types.map((_, place) => `effect-${scene.names.length + place}`);
  scene.names.push(...names);
  const sent = new Promise<void>((resolve) => {
    scene.target.onSend = resolve;
  });
  const decided = scene.worker.decide(types, names);
  const done = decided.then(async (told) => {
    await untilTrue(async () => (await countSettled(scene.store)) >= scene.names.length);
    return told;
  });
  const moment = phase === 'execution' ? sent : Promise.resolve();
  return { moment, done };
}

async function untilTrue(ask: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + patienceMs * 2;
  while (!(await ask())) {
    if (performance.now() > deadline) throw new Error('It did not come to its end in time.');
    await pause(100);
  }
}

async function countIssues(store: Store): Promise<number> {
  const [row] = await queryTuples<[number]>(store.read, sql`select count(*) from work_items`);
  return row?.[0] ?? 0;
}

async function countSettled(store: Store): Promise<number> {
  const [row] = await queryTuples<[number]>(
    store.read,
    sql`select count(*) from actions where status in ('executed', 'failed', 'needs_human')`,
  );
  return row?.[0] ?? 0;
}

async function effectLines({ store, target, names }: Scene): Promise<Judged[]> {
  const rows = await queryTuples<[string, string, string]>(
    store.read,
    sql`select target_ref, effect_class, status from actions where type like 'chaos.%'`,
  );
  const times = (name: string): number => target.applied.get(name) ?? 0;
  const wrong = rows.filter(
    ([name, kind, status]) =>
      times(name) > 1 ||
      (status === 'executed' && times(name) !== 1) ||
      (status !== 'executed' && kind !== 'blind'),
  );
  const humans = rows.filter(([, , status]) => status === 'needs_human').length;
  return [
    {
      title: 'actions that are there',
      figure: String(rows.length),
      must: String(names.length),
      ok: rows.length === names.length,
    },
    {
      title: 'effects that ran twice or not at all, or wait for a person without need',
      figure: `${wrong.length} (${humans} blind ones with a person)`,
      must: '0',
      ok: wrong.length === 0,
    },
  ];
}

function ranLines(title: string, ran: Ran, wanted: number, mustSay: boolean): Judged[] {
  const all = (what: string, count: number): Judged => ({
    title: `${title}: ${what}`,
    figure: `${count} of ${wanted}`,
    must: 'all',
    ok: count === wanted,
  });
  const codes = new Map<string, number>();
  for (const code of ran.refused) codes.set(code, (codes.get(code) ?? 0) + 1);
  const foreign = [...codes.keys()].filter((code) => !/^Store(?:Unavailable|Busy)$/.test(code));
  return [
    all('the process lives', ran.lived),
    ...(mustSay ? [all('/health says so', ran.said)] : []),
    all('it goes on by itself', ran.wentOn),
    {
      title: `${title}: refusals that say nothing to a person, and decisions lost`,
      figure: `${foreign.join(', ') || 'none'}; refused meanwhile: ${[...codes].map(([code, count]) => `${count} × ${code}`).join(', ') || 'none'}`,
      must: 'none',
      ok: foreign.length === 0,
    },
  ];
}

/** Both are read once more, much later, as whatever was deleted is known only then. */
async function compareRows(path: string, calm: string, source: readonly string[]): Promise<Judged> {
  const syncers = createSyncers(source);
  try {
    await syncers.sync(path, { hoursAhead: settledHours });
    await syncers.sync(calm, { hoursAhead: settledHours });
  } finally {
    await syncers.close();
  }
  const ofSource = (line: string): boolean =>
    !/^(?:action|approver|jobs|outbox|job_|policy)/.test(line);
  const has = (await comparedDump(path)).filter(ofSource);
  const wants = (await comparedDump(calm)).filter(ofSource);
  const [hasSet, wantsSet] = [new Set(has), new Set(wants)];
  const different = [
    ...has.filter((line) => !wantsSet.has(line)),
    ...wants.filter((line) => !hasSet.has(line)),
  ];
  for (const line of different.slice(0, 6)) console.error(line.slice(0, 200));
  return {
    title: 'rows that differ from a sync without a fault',
    figure: `${different.length} of ${wants.length}`,
    must: '0, of more than 60',
    ok: different.length === 0 && wants.length > 60,
  };
}
