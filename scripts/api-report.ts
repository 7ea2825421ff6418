// Holds what the packages export against the API report in docs/api, one page per public entry, so
// that a change of the public interface is seen where it is reviewed. `--update` writes the pages.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareReports, differenceText } from './api-report/compare-reports.ts';
import { extractReports } from './api-report/extract-reports.ts';
import { readReports, reportFolder } from './api-report/report-files.ts';
import { publishedPackages } from './package-build/package-manifest.ts';
import { repositoryRoot } from './package-build/repository-root.ts';
import { runOrThrow } from './run-command.ts';

await runOrThrow('tsc', ['-b', 'tsconfig.build.json'], { cwd: repositoryRoot });
const found = await extractReports(publishedPackages());
if (process.argv.includes('--update')) {
  mkdirSync(reportFolder, { recursive: true });
  const differences = compareReports(readReports(), found);
  for (const name of readdirSync(reportFolder)) {
    if (name.endsWith('.api.md') && !found.has(name)) rmSync(join(reportFolder, name));
  }
  // What differs by the order of its lines alone stays as it is.
  for (const { name } of differences) {
    const text = found.get(name);
    if (text !== undefined) writeFileSync(join(reportFolder, name), text);
  }
  console.log(`docs/api: ${found.size} reports, ${differences.length} written or removed.`);
} else {
  const differences = compareReports(readReports(), found);
  for (const difference of differences) console.error(differenceText(difference));
  console.log(`docs/api: ${found.size} reports, ${differences.length} differ from the packages.`);
  if (differences.length > 0) process.exitCode = 1;
}
