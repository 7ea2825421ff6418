import { test } from 'vitest';
import { openStore } from '../store/open-store.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { jobRunnerConformance, type JobRunnerHarness } from '../testing/job-runner-conformance.ts';
import { createJobRunner } from './create-job-runner.ts';

const leaseMs = 30_000;
const longestMs = 60_000;

async function makeRunner(): Promise<JobRunnerHarness> {
  const store = await openStore(':memory:');
  const clock = createFakeClock();
  return {
    createRunner: () =>
      createJobRunner({ store, clock, random: () => 0.5, leaseMs, backoff: { longestMs } }),
    transaction: (work) => store.transaction(work),
    now: () => clock.now(),
    advance: (milliseconds) => clock.advance(milliseconds),
    lostAfterMs: leaseMs + 1,
    longestBackoffMs: longestMs,
    close: () => store.close(),
  };
}

for (const { name, run } of jobRunnerConformance('the default runner', makeRunner)) test(name, run);
