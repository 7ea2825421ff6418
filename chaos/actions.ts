// Two workers carry actions of all classes out against a target that misbehaves, and are killed over
// and over. Afterwards what the target applied is held against what the rows say.
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import {
  type ActionCrashPointName,
  actionCrashPointNames,
} from '../packages/core/src/actions/crash-point.ts';
import { verifyLedger } from '../packages/core/src/audit/verify-ledger.ts';
import { openStore } from '../packages/core/src/store/open-store.ts';
import { queryTuples, runStatement } from '../packages/core/src/store/raw-query.ts';
import type { Store } from '../packages/core/src/store/store.ts';
import { judgeActions, type ActionsRun } from './actions/judge-actions.ts';
import { actionsOfEachClass, classes, isShort } from './actions/scenario.ts';
import { type Child, startChild, tell } from './child-process.ts';
import { printJudged } from './report.ts';

const workers = 2;
const kills = isShort ? 20 : 104;
const killsOfProposer = isShort ? 4 : 12;
const naiveKills = isShort ? 4 : 12;
/** It ends by itself where something hangs; a slow machine needs most of it for its many starts. */
const longestRunMs = 540_000;
const total = actionsOfEachClass * classes.length;
const proposerPoints: readonly ActionCrashPointName[] = [
  'after_propose_commit',
  'after_decide_commit',
];
const workerPoints = actionCrashPointNames.filter((name) => !proposerPoints.includes(name));

/** `pnpm chaos actions`, in the short form with `ADJUTANT_CHAOS=short` in the environment */
export async function chaosActionsRun(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-chaos-'));
  const startedAt = performance.now();
  const path = join(folder, 'store.db');
  const store = await openStore(path);
  const target = await startChild('action-target', []);
  try {
    const { url } = (await target.report) as { url: string };
    await doubleJobs(store);
    const run = await killWorkers(store, path, url);
    const naive = await sendNaively(join(folder, 'naive.txt'), url);
    const seen = await askTarget(target);
    // What this run itself has put into the store is a finding too.
    await store.transaction((transaction) =>
      runStatement(transaction, sql`drop trigger jobs_doubled`),
    );
    const findings = (await verifyLedger(store, 'default', {})).findings.length;
    const rows = await readRows(store);
    const jobsTwice = await countDoubled(store);
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    const lines = judgeActions({ ...run, naive, ...seen, rows, findings, jobsTwice });
    return printJudged(
      `Actions under SIGKILL${isShort ? ', short form' : ''}, ${seconds} s`,
      lines,
    );
  } finally {
    target.process.kill();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lets every job be delivered twice, so that both workers may take the same action at once. */
async function doubleJobs(store: Store): Promise<void> {
  await store.transaction((transaction) =>
    runStatement(
      transaction,
      sql`create trigger jobs_doubled after insert on jobs when new.dedupe_key is not null
        begin
          insert into jobs (id, workspace_id, kind, subject_id, group_key, dedupe_key, status,
            run_at, attempts, max_attempts, fence, created_at)
          values (new.id || '-again', new.workspace_id, new.kind, new.subject_id,
            new.group_key || '-again', null, new.status, new.run_at, 0, new.max_attempts, 0,
            new.created_at);
        end`,
    ),
  );
}

type Killed = Pick<ActionsRun, 'hits' | 'isComplete'>;

async function killWorkers(store: Store, path: string, url: string): Promise<Killed> {
  const hits = new Map<ActionCrashPointName, number>(
    actionCrashPointNames.map((name) => [name, 0]),
  );
  const killed = (): number => [...hits.values()].reduce((sum, count) => sum + count, 0);
  const deadline = performance.now() + longestRunMs;
  const isOver = async (): Promise<boolean> =>
    performance.now() > deadline || (await countSettled(store)) === total;
  let started = 0;
  const next = (points: readonly ActionCrashPointName[], most: number) => {
    started += 1;
    const point = points[started % points.length];
    return killed() < most && point !== undefined
      ? { point, nth: 1 + (started % 3) }
      : { point: 'none' as const, nth: 1 };
  };
  const note = (point: ActionCrashPointName | 'none', signal: string | null): void => {
    if (signal === 'SIGKILL' && point !== 'none') hits.set(point, (hits.get(point) ?? 0) + 1);
  };
  const propose = async (): Promise<void> => {
    for (let turn = 0; ; turn += 1) {
      const point = turn < killsOfProposer ? proposerPoints[turn % 2] : undefined;
      const words = [path, url, point ?? 'none', String(2 + (turn % 5))];
      const child = await startChild('action-proposer', words);
      // Without workers nothing is prepared, and it would wait for ever.
      const patience = setTimeout(() => child.process.kill(), deadline - performance.now());
      const { signal } = await child.exit;
      clearTimeout(patience);
      note(point ?? 'none', signal);
      if (signal !== 'SIGKILL') return;
    }
  };
  const work = async (): Promise<void> => {
    const prepare = () => {
      const { point, nth } = next(workerPoints, kills);
      return { point, child: startChild('action-worker', [path, url, point, String(nth)]) };
    };
    // The one that takes over is loaded before the one at work is dead.
    let following = prepare();
    while (!(await isOver())) {
      const { point, child: starting } = following;
      const child = await starting;
      tell(child);
      following = prepare();
      note(point, await untilEnd(child, isOver));
    }
    (await following.child).process.kill();
  };
  await Promise.all([propose(), ...Array.from({ length: workers }, work)]);
  return { hits, isComplete: (await countSettled(store)) === total };
}

/** Waits until the child has killed itself, or tells it to stop when all is done. */
async function untilEnd(child: Child, isOver: () => Promise<boolean>): Promise<string | null> {
  const watched = new AbortController();
  const watch = async (): Promise<void> => {
    while (!watched.signal.aborted) {
      if (await isOver()) return tell(child);
      await sleep(200);
    }
  };
  const watching = watch();
  const { signal } = await child.exit;
  watched.abort();
  await watching.catch(() => undefined);
  return signal;
}

/** The control: as many kills as the engine's claims get, and a loop that tries again. */
async function sendNaively(notes: string, url: string): Promise<number> {
  for (let turn = 0; ; turn += 1) {
    const killAt = turn < naiveKills ? String(3 + (turn % 5)) : '0';
    const { exit } = await startChild('naive-sender', [url, notes, killAt]);
    if ((await exit).signal === null) return turn;
  }
}

type Seen = Pick<ActionsRun, 'applied' | 'counts' | 'doubled' | 'late'>;

async function askTarget(target: Child): Promise<Seen> {
  const answer = once(target.process, 'message');
  tell(target);
  const [seen] = (await answer) as [Seen];
  return seen;
}

async function countSettled(store: Store): Promise<number> {
  const [row] = await queryTuples<[number]>(
    store.read,
    sql`select count(*) from actions where status in
      ('executed', 'failed', 'needs_human', 'expired', 'declined', 'revoked', 'blocked')`,
  );
  return row?.[0] ?? 0;
}

async function countDoubled(store: Store): Promise<number> {
  const [row] = await queryTuples<[number]>(
    store.read,
    sql`select count(*) from jobs where id like '%-again' and status = 'done'`,
  );
  return row?.[0] ?? 0;
}

async function readRows(store: Store): Promise<ActionsRun['rows']> {
  const rows = await queryTuples<[string, string, string, number]>(
    store.read,
    sql`select a.target_ref, a.effect_class, a.status, count(t.id) from actions a
      left join action_attempts t on t.action_id = a.id and t.kind = 'execute'
      where a.type like 'chaos.%' group by a.id`,
  );
  return rows.map(([name, effectClass, status, attempts]) => ({
    name,
    effectClass,
    status,
    attempts,
  }));
}
