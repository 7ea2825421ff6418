import type { RunningJob } from '../jobs/job-runner.ts';
import {
  add,
  ensure,
  expectList,
  expectRejection,
  job,
  type JobRunnerCase,
  pass,
  passUntilQuiet,
  recording,
  workspaceId,
} from './job-cases-support.ts';

/** What every runner does with a job. */
export const jobCases: readonly JobRunnerCase[] = [
  [
    'a job exists exactly if its transaction is committed',
    async (harness) => {
      const { runner, ran } = recording(harness);
      const undone = harness.transaction(async (transaction) => {
        await runner.enqueue(transaction, job('undone'));
        throw new Error('taken back');
      });
      await expectRejection(undone, 'the transaction was to fail');
      await add(harness, runner, job('kept'));
      await pass(runner);
      expectList(ran, ['kept']);
    },
  ],
  [
    'a job is not run before its time',
    async (harness) => {
      const { runner, ran } = recording(harness);
      await add(harness, runner, job('later', { runAt: harness.now() + 60_000 }));
      await pass(runner);
      expectList(ran, []);
      harness.advance(60_000);
      await pass(runner);
      expectList(ran, ['later']);
    },
  ],
  [
    'a key waits once, and may wait again when its job has run',
    async (harness) => {
      const { runner, ran } = recording(harness);
      const keyed = job('subject', { dedupeKey: 'key' });
      await add(harness, runner, keyed, keyed, job('other', { dedupeKey: 'other' }));
      await pass(runner);
      expectList(ran.toSorted(), ['other', 'subject']);
      await add(harness, runner, keyed);
      await pass(runner);
      expectList(ran.toSorted(), ['other', 'subject', 'subject']);
    },
  ],
  [
    'a waiting key is moved forward, never back',
    async (harness) => {
      const { runner, ran } = recording(harness);
      const keyed = (runAt: number) => job('subject', { dedupeKey: 'key', runAt });
      await add(harness, runner, keyed(harness.now() + 3_600_000), keyed(harness.now()));
      await add(harness, runner, keyed(harness.now() + 7_200_000));
      await pass(runner);
      expectList(ran, ['subject']);
    },
  ],
  [
    'a failing job is tried again after a wait, and then done',
    async (harness) => {
      const runner = harness.createRunner();
      const attempts: number[] = [];
      runner.handle('work', async ({ attempt }) => {
        attempts.push(attempt);
        if (attempt < 4) throw new Error('not yet');
        return undefined;
      });
      await add(harness, runner, job('subject', { maxAttempts: 5 }));
      await pass(runner);
      expectList(attempts, [1]);
      await passUntilQuiet(harness, runner, 6);
      expectList(attempts, [1, 2, 3, 4]);
      expectList(await runner.dead(workspaceId), []);
    },
  ],
  [
    'a job that fails at every attempt is dead, and runs anew when it is put back',
    async (harness) => {
      const runner = harness.createRunner();
      let attempts = 0;
      let isFixed = false;
      runner.handle('work', async () => {
        attempts += 1;
        if (!isFixed) throw new Error('broken');
        return undefined;
      });
      await add(harness, runner, job('subject', { maxAttempts: 3 }));
      await passUntilQuiet(harness, runner, 5);
      expectList([attempts], [3]);
      const [dead] = await runner.dead(workspaceId);
      expectList([dead?.subjectId, dead?.attempts], ['subject', 3]);
      ensure(dead?.lastError?.includes('broken') === true, 'the last error is not told');
      expectList(await runner.dead('another'), []);
      isFixed = true;
      await runner.redrive(dead?.id ?? '');
      await pass(runner);
      expectList([attempts], [4]);
      expectList(await runner.dead(workspaceId), []);
      await expectRejection(runner.redrive(dead?.id ?? ''), 'what is not dead was put back');
    },
  ],
  [
    'a handler may ask to run again, which is no failure',
    async (harness) => {
      const runner = harness.createRunner();
      const attempts: number[] = [];
      runner.handle('work', async ({ attempt }) => {
        attempts.push(attempt);
        return attempts.length < 5 ? { runAgainAt: harness.now() + 1_000 } : undefined;
      });
      await add(harness, runner, job('subject', { maxAttempts: 2 }));
      await passUntilQuiet(harness, runner, 6);
      expectList([attempts.length], [5]);
      expectList(await runner.dead(workspaceId), []);
    },
  ],
  [
    'a few jobs of one group do not wait behind many of another',
    async (harness) => {
      const { runner, ran } = recording(harness);
      for (let index = 0; index < 120; index += 1) {
        await add(harness, runner, job('many', { groupKey: 'busy' }));
      }
      for (let index = 0; index < 5; index += 1) {
        await add(harness, runner, job('few', { groupKey: 'quiet' }));
      }
      await pass(runner, 1);
      expectList([ran.length], [125]);
      const lastOfFew = ran.lastIndexOf('few');
      ensure(lastOfFew < 15, `the last of five came as number ${lastOfFew + 1}`);
    },
  ],
  [
    'groups whose jobs are for later do not hold up one that is due',
    async (harness) => {
      const { runner, ran } = recording(harness);
      await add(harness, runner, job('first', { groupKey: 'due' }));
      await pass(runner, 1);
      for (let index = 0; index < 5; index += 1) {
        const later = { groupKey: `later ${index}`, runAt: harness.now() + 3_600_000 };
        await add(harness, runner, job('later', later));
      }
      await add(harness, runner, job('second', { groupKey: 'due' }));
      await pass(runner, 1);
      expectList(ran, ['first', 'second']);
    },
  ],
  [
    'two workers never run one job at the same time, and every job runs',
    async (harness) => {
      const ran: string[] = [];
      const runners = [harness.createRunner(), harness.createRunner()];
      for (const runner of runners) {
        runner.handle('work', async ({ id }) => {
          ran.push(id);
          await Promise.resolve();
          return undefined;
        });
      }
      const [first] = runners;
      if (first === undefined) return;
      for (let index = 0; index < 40; index += 1) await add(harness, first, job(`job ${index}`));
      await Promise.all(runners.map((runner) => pass(runner)));
      expectList([ran.length, new Set(ran).size], [40, 40]);
    },
  ],
  [
    'the job of a lost worker is run by another once its lease is over',
    async (harness) => {
      const lost = harness.createRunner();
      const stop = new AbortController();
      const started = new Promise<RunningJob>((resolve) => {
        lost.handle('work', (running) => {
          resolve(running);
          // Hangs, as a worker does that was killed; it ends so that the test may.
          return new Promise((_, reject) => {
            stop.signal.addEventListener('abort', () => reject(new Error('killed')));
          });
        });
      });
      await add(harness, lost, job('subject', { maxAttempts: 3 }));
      const working = lost.work({ signal: stop.signal, once: true });
      const first = await started;
      const { runner, ran } = recording(harness);
      await pass(runner);
      expectList(ran, []);
      harness.advance(harness.lostAfterMs);
      await pass(runner);
      expectList(ran, ['subject']);
      expectList([first.attempt], [1]);
      stop.abort();
      await working;
      await pass(runner);
      expectList(ran, ['subject']);
    },
  ],
  [
    'an abort is heard by what runs, which then waits again with its attempts as before',
    async (harness) => {
      const stopped = harness.createRunner();
      const stop = new AbortController();
      stopped.handle('work', async ({ signal }) => {
        queueMicrotask(() => stop.abort());
        await new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        });
        return undefined;
      });
      await add(harness, stopped, job('subject', { maxAttempts: 1 }));
      await stopped.work({ signal: stop.signal });
      expectList(await stopped.dead(workspaceId), []);
      const attempts: number[] = [];
      const runner = harness.createRunner();
      runner.handle('work', async ({ attempt }) => {
        attempts.push(attempt);
        return undefined;
      });
      await pass(runner);
      expectList(attempts, [1]);
    },
  ],
  [
    'a worker leaves kinds that it has no handler for to others',
    async (harness) => {
      const other = harness.createRunner();
      other.handle('something else', async () => undefined);
      await add(harness, other, job('subject'));
      await pass(other);
      const { runner, ran } = recording(harness);
      await pass(runner);
      expectList(ran, ['subject']);
    },
  ],
];
