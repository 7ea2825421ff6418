import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Clock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import { createJobRunner, type JobRunnerOptions } from './create-job-runner.ts';
import type { JobRunner, NewJob } from './job-runner.ts';
import { runSteps } from './testing/run-steps.ts';

let store: Store;
let clock: FakeClock;
beforeEach(async () => {
  store = await openStore(':memory:');
  clock = createFakeClock();
});
afterEach(() => store.close());

const makeRunner = (options: Partial<JobRunnerOptions> = {}): JobRunner =>
  createJobRunner({ store, clock, random: () => 1, ...options });
const add = (runner: JobRunner, fields: Partial<NewJob> = {}): Promise<void> =>
  store.transaction((transaction) =>
    runner.enqueue(transaction, { workspaceId: 'w', kind: 'work', subjectId: 's', ...fields }),
  );
const pass = (runner: JobRunner): Promise<void> =>
  runner.work({ signal: new AbortController().signal, once: true });
const rows = () => store.read.select().from(tables.jobs);

/** Waits that end only when told, in the order in which they began, or when aborted. */
function manualWaits(): {
  wait: Clock['sleep'];
  asked: number[];
  endOldest: () => void;
} {
  const asked: number[] = [];
  const open: (() => void)[] = [];
  return {
    asked,
    endOldest: () => open.shift()?.(),
    wait: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(new Error('over'));
        asked.push(milliseconds);
        open.push(resolve);
        signal?.addEventListener('abort', () => reject(new Error('over')));
      }),
  };
}

test('an idle worker polls at its interval and is woken by work added in its process', async () => {
  const { wait, asked } = manualWaits();
  const runner = makeRunner({ clock: { now: () => clock.now(), sleep: wait }, pollMs: 700 });
  const stop = new AbortController();
  const ran = new Promise<string>((resolve) => {
    runner.handle('work', async ({ subjectId }) => {
      resolve(subjectId);
      return undefined;
    });
  });
  const working = runner.work({ signal: stop.signal });
  await expect.poll(() => asked.length).toBe(1);
  await add(runner, { subjectId: 'woken' });
  expect(await ran).toBe('woken');
  stop.abort();
  await working;
  expect(new Set(asked)).toEqual(new Set([700]));
});

test('a worker rests no longer than until the next job is due', async () => {
  const runner = makeRunner({ pollMs: 60_000 });
  const stop = new AbortController();
  const ranAt: number[] = [];
  runner.handle('work', async () => {
    ranAt.push(clock.now());
    stop.abort();
    return undefined;
  });
  const runAt = clock.now() + 90_000;
  await add(runner, { runAt });
  await runner.work({ signal: stop.signal });
  expect(ranAt).toEqual([runAt]);
  expect(clock.sleeps).toEqual([60_000, 30_000]);
});

test('the lease of a long job is renewed, so that no other worker takes it', async () => {
  const { wait, asked, endOldest } = manualWaits();
  const long = makeRunner({ wait, leaseMs: 30_000 });
  let finish: () => void = () => undefined;
  const aborted: boolean[] = [];
  long.handle('work', async ({ signal }) => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    aborted.push(signal.aborted);
    return undefined;
  });
  await add(long);
  const working = pass(long);
  await expect.poll(() => asked).toEqual([10_000]);
  const other = makeRunner();
  const stolen: string[] = [];
  other.handle('work', async ({ id }) => {
    stolen.push(id);
    return undefined;
  });
  for (let renewal = 1; renewal <= 5; renewal += 1) {
    clock.advance(20_000);
    endOldest();
    await expect.poll(() => asked.length).toBe(renewal + 1);
    await pass(other);
  }
  finish();
  await working;
  expect(stolen).toEqual([]);
  expect(aborted).toEqual([false]);
  expect((await rows()).map(({ status, attempts }) => [status, attempts])).toEqual([['done', 1]]);
});

test('a handler whose lease ran out hears that another took the job, and its end counts for nothing', async () => {
  const { wait, asked, endOldest } = manualWaits();
  const slow = makeRunner({ wait, leaseMs: 30_000 });
  const reasons: unknown[] = [];
  slow.handle('work', async ({ signal }) => {
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        reasons.push(signal.reason);
        reject(new Error('aborted'));
      });
    });
    return undefined;
  });
  await add(slow, { maxAttempts: 2 });
  const working = pass(slow);
  await expect.poll(() => asked.length).toBe(1);
  clock.advance(30_001);
  const other = makeRunner();
  other.handle('work', async () => undefined);
  await pass(other);
  endOldest();
  await working;
  expect(reasons).toEqual([expect.objectContaining({ code: 'Conflict' })]);
  expect((await rows()).map(({ status, attempts }) => [status, attempts])).toEqual([['done', 2]]);
});

test('a clock that leaps does not make a worker run again what it runs', async () => {
  const runner = makeRunner();
  const attempts: number[] = [];
  let finish: () => void = () => undefined;
  runner.handle('work', async ({ attempt, subjectId }) => {
    attempts.push(attempt);
    if (subjectId === 'long') {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    }
    return undefined;
  });
  await add(runner, { subjectId: 'long' });
  const working = pass(runner);
  await expect.poll(() => attempts).toEqual([1]);
  clock.advance(3_600_000);
  await add(runner, { subjectId: 'short' });
  await expect.poll(() => attempts).toEqual([1, 1]);
  finish();
  await working;
  expect((await rows()).map(({ status, attempts: count }) => [status, count])).toEqual([
    ['done', 1],
    ['done', 1],
  ]);
});

test('a handler that hears no abort is left to its lease', async () => {
  const { wait, asked, endOldest } = manualWaits();
  const runner = makeRunner({ wait, shutdownMs: 5_000, leaseMs: 30_000 });
  const stop = new AbortController();
  runner.handle('work', () => new Promise(() => {}));
  await add(runner);
  const working = runner.work({ signal: stop.signal });
  await expect.poll(() => asked).toEqual([10_000]);
  stop.abort();
  await expect.poll(() => asked).toEqual([10_000, 5_000]);
  endOldest();
  endOldest();
  await working;
  expect((await rows()).map(({ status }) => status)).toEqual(['running']);
});

test('an error is stored without secrets, on one line, and bounded', async () => {
  const redact = (text: string): string => text.replaceAll('hunter2-hunter2', '[secret]');
  const runner = makeRunner({ redact });
  runner.handle('work', async () => {
    throw new Error(`hunter2-hunter2\n${'x'.repeat(10_000)}`);
  });
  await add(runner, { maxAttempts: 1 });
  await pass(runner);
  const [dead] = await runner.dead('w');
  expect(dead?.lastError).toMatch(/^Error: \[secret\] x+…$/);
  expect(dead?.lastError).toHaveLength(500);
});

test('a failure that says when to come back is tried no earlier', async () => {
  const runner = makeRunner();
  runner.handle('work', async () => {
    throw new AdjutantError('RateLimited', 'Too many requests.', { retryAfterMs: 120_000 });
  });
  await add(runner);
  await pass(runner);
  expect((await rows()).map(({ runAt }) => runAt)).toEqual([clock.now() + 120_000]);
});

test('a handler that fails after it asked for a later run leaves one job, with its count of attempts', async () => {
  const runner = makeRunner();
  const attempts: number[] = [];
  runner.handle('work', async ({ attempt }) => {
    attempts.push(attempt);
    await add(runner, { dedupeKey: 'key', runAt: clock.now() + 60_000, maxAttempts: 3 });
    throw new Error('broken');
  });
  await add(runner, { dedupeKey: 'key', maxAttempts: 3 });
  for (let index = 0; index < 3; index += 1) {
    await pass(runner);
    const waiting = (await rows()).filter(({ status }) => status === 'queued');
    expect(waiting).toHaveLength(1);
    clock.advance(60_000);
  }
  expect(attempts).toEqual([1, 2, 3]);
  expect(await runner.dead('w')).toHaveLength(1);
});

test('putting a dead job back stands in the ledger', async () => {
  const runner = makeRunner();
  runner.handle('work', async () => {
    throw new Error('broken');
  });
  await add(runner, { maxAttempts: 1 });
  await pass(runner);
  const [dead] = await runner.dead('w');
  await runner.redrive(dead?.id ?? '');
  const entries = await store.read.select().from(tables.auditEntries);
  expect(entries.map(({ event, subject }) => [event, subject])).toEqual([['job.redriven', 's']]);
});

test('a kind has one handler', () => {
  const runner = makeRunner();
  runner.handle('work', async () => undefined);
  expect(() => runner.handle('work', async () => undefined)).toThrow(
    expect.objectContaining({ code: 'Configuration' }),
  );
});

test.each([{ maxAttempts: 0 }, { runAt: Number.NaN }, { runAt: 1.5 }])(
  'a job with %o is refused',
  async (fields) => {
    await expect(add(makeRunner(), fields)).rejects.toMatchObject({ code: 'InvalidInput' });
  },
);

test('done jobs are kept for a week, dead ones for good', async () => {
  const runner = makeRunner();
  runner.handle('work', async ({ subjectId }) => {
    if (subjectId === 'bad') throw new Error('broken');
    return undefined;
  });
  await add(runner, { subjectId: 'good' });
  await add(runner, { subjectId: 'bad', maxAttempts: 1 });
  await pass(runner);
  clock.advance(8 * 24 * 3_600_000);
  await add(runner, { subjectId: 'new' });
  await pass(runner);
  expect((await rows()).map(({ subjectId }) => subjectId)).toEqual(['bad', 'new']);
});

test('a run of a schedule is put off by jitter', async () => {
  const runner = makeRunner({ random: () => 0.5 });
  const schedule = { workspaceId: 'w', name: 'daily', kind: 'work', cron: '0 13 * * *' };
  await runner.schedule({ ...schedule, jitterMs: 600_000 });
  clock.advance(3_600_000);
  await pass(runner);
  expect((await rows()).map(({ runAt }) => runAt)).toEqual([clock.now() + 300_000]);
});

test('a schedule whose times change forgets the due time it had', async () => {
  const runner = makeRunner();
  const schedule = { workspaceId: 'w', name: 'daily', kind: 'work', cron: '0 13 * * *' };
  await runner.schedule(schedule);
  await runner.schedule({ ...schedule, cron: '0 15 * * *' });
  clock.advance(3_600_000);
  await pass(runner);
  expect(await rows()).toEqual([]);
  clock.advance(2 * 3_600_000);
  await pass(runner);
  expect((await rows()).map(({ subjectId }) => subjectId)).toEqual(['daily']);
});

test('a process that is killed between two steps of a job loses neither and doubles neither', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
  const shared = await openStore(join(folder, 'store.db'));
  try {
    const runner = createJobRunner({ store: shared });
    await shared.transaction((transaction) =>
      runner.enqueue(transaction, { workspaceId: 'w', kind: 'steps', subjectId: 's' }),
    );
    expect(() => runAndDieAfterFirstStep(join(folder, 'store.db'))).toThrow(
      expect.objectContaining({ signal: 'SIGKILL' }),
    );
    const stepsDone = async () =>
      (await shared.read.select().from(tables.outbox)).map(({ subjectId }) => subjectId);
    expect(await stepsDone()).toEqual(['step 1']);
    const attempts: number[] = [];
    runner.handle('steps', async ({ attempt }) => {
      attempts.push(attempt);
      return runSteps(shared);
    });
    await pass(runner);
    expect(await stepsDone()).toEqual(['step 1', 'step 2', 'step 3']);
    expect(attempts).toEqual([2]);
  } finally {
    await shared.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

function runAndDieAfterFirstStep(path: string): void {
  const at = (file: string): string => pathToFileURL(join(import.meta.dirname, file)).href;
  const script = `
    import { openStore } from '${at('../store/open-store.ts')}';
    import { createJobRunner } from '${at('create-job-runner.ts')}';
    import { runSteps } from '${at('testing/run-steps.ts')}';
    const store = await openStore(process.argv[1]);
    const runner = createJobRunner({ store });
    runner.handle('steps', () => runSteps(store, () => process.kill(process.pid, 'SIGKILL')));
    await runner.work({ signal: new AbortController().signal, once: true });
  `;
  execFileSync(
    process.execPath,
    ['--conditions=@adjutant/source', '--input-type=module', '-e', script, path],
    { stdio: 'ignore' },
  );
}
