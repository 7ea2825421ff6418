import {
  ensure,
  expectList,
  type JobRunnerCase,
  pass,
  recording,
  workspaceId,
} from './job-cases-support.ts';

const daily = { workspaceId, name: 'daily', kind: 'work', cron: '30 7 * * *', timeZone: 'UTC' };

/** What every runner does with a schedule. */
export const scheduleCases: readonly JobRunnerCase[] = [
  [
    'a schedule runs once at each due time, whatever the number of processes',
    async (harness) => {
      const first = recording(harness);
      const second = recording(harness);
      for (const { runner } of [first, second]) await runner.schedule(daily);
      for (let day = 1; day <= 3; day += 1) {
        harness.advance(24 * 3_600_000);
        await Promise.all([pass(first.runner), pass(second.runner)]);
        await Promise.all([pass(first.runner), pass(second.runner)]);
        expectList([first.ran.length + second.ran.length], [day]);
      }
    },
  ],
  [
    'due times that passed while no process ran are made up for by one run',
    async (harness) => {
      await harness.createRunner().schedule(daily);
      harness.advance(5 * 24 * 3_600_000);
      const { runner, ran } = recording(harness);
      await runner.schedule(daily);
      await pass(runner);
      expectList(ran, ['daily']);
      await pass(runner);
      expectList(ran, ['daily']);
    },
  ],
  [
    'a due time that lies too far back is not made up for',
    async (harness) => {
      const yearly = { ...daily, cron: '0 0 1 1 *', catchUpMs: 3_600_000 };
      await harness.createRunner().schedule(yearly);
      harness.advance(400 * 24 * 3_600_000);
      const { runner, ran } = recording(harness);
      await pass(runner);
      expectList(ran, []);
    },
  ],
  [
    'a standing schedule tells when it is due and when it last ran',
    async (harness) => {
      const { runner } = recording(harness);
      await runner.schedule(daily);
      const [before] = await runner.schedules(workspaceId);
      expectList([before?.name, before?.kind, before?.cron], ['daily', 'work', daily.cron]);
      expectList([before?.lastRunAt], [null]);
      ensure((before?.nextRunAt ?? 0) > harness.now(), 'the next run was to lie ahead');
      harness.advance(24 * 3_600_000);
      await pass(runner);
      const [after] = await runner.schedules(workspaceId);
      ensure((after?.nextRunAt ?? 0) > (before?.nextRunAt ?? 0), 'the next run was to move on');
      ensure(after?.lastRunAt !== null, 'the last run was to be told');
      expectList(await runner.schedules('another'), []);
    },
  ],
  [
    'a schedule that is taken away runs no more',
    async (harness) => {
      const { runner, ran } = recording(harness);
      await runner.schedule(daily);
      await runner.unschedule(workspaceId, daily.name);
      harness.advance(48 * 3_600_000);
      await pass(runner);
      expectList(ran, []);
    },
  ],
];
