// Prints what failed, each by name and reason, then "N passed, N failed", from vitest's JSON report.
// Usage: test-summary.ts <report>
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const reasonLengthAtMost = 1500;

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

type Report = z.infer<typeof reportSchema>;

/** A file that failed as a whole has no test that did; it is named all the same. */
function* failuresOf(report: Report): Generator<string> {
  for (const file of report.testResults) {
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    for (const test of failed) {
      const reason = (test.failureMessages ?? []).join('\n').slice(0, reasonLengthAtMost);
      yield `${file.name}: ${test.fullName}\n${reason}`;
    }
    if (failed.length === 0 && file.status === 'failed') {
      yield `${file.name}\n${file.message.slice(0, reasonLengthAtMost)}`;
    }
  }
}

const [path = ''] = process.argv.slice(2);
try {
  const report = reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  for (const failure of failuresOf(report)) console.log(failure);
  console.log(`${report.numPassedTests} passed, ${report.numFailedTests} failed`);
} catch {
  // No report at all is a failure, never a silent success.
  console.log('0 passed, 1 failed');
}
