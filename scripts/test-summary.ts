// Prints "N passed, N failed" from vitest's JSON report. Usage: test-summary.ts <report>
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const reportSchema = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });

const [path = ''] = process.argv.slice(2);
try {
  const report = reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  console.log(`${report.numPassedTests} passed, ${report.numFailedTests} failed`);
} catch {
  // No report at all is a failure, never a silent success.
  console.log('0 passed, 1 failed');
}
