import type { ConformanceCase } from './connector-conformance.ts';
import type { JobRunnerHarness } from './job-cases-support.ts';
import { jobCases } from './job-runner-cases.ts';
import { scheduleCases } from './job-schedule-cases.ts';

export type { JobRunnerHarness } from './job-cases-support.ts';

/**
 * Returns the cases that every job runner must pass, for any test runner:
 * `for (const { name, run } of jobRunnerConformance('mine', makeRunner)) test(name, run)`.
 */
export function jobRunnerConformance(
  name: string,
  makeRunner: () => Promise<JobRunnerHarness>,
): ConformanceCase[] {
  return [...jobCases, ...scheduleCases].map(([title, run]) => ({
    name: `${name}: ${title}`,
    run: async () => {
      const harness = await makeRunner();
      try {
        await run(harness);
      } finally {
        await harness.close();
      }
    },
  }));
}
