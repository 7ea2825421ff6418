import { compareReports, differenceText } from '../api-report/compare-reports.ts';
import { extractReports } from '../api-report/extract-reports.ts';
import { readReports } from '../api-report/report-files.ts';
import type { PackageManifest } from '../package-build/package-manifest.ts';
import type { Figure } from './figure.ts';

/** Holds the declarations that were built against the committed API report. */
export async function judgeApi(packages: readonly PackageManifest[]): Promise<Figure> {
  const found = await extractReports(packages);
  const differences = compareReports(readReports(), found);
  return {
    what: 'public entries that differ from docs/api',
    found: `${differences.length} of ${found.size}`,
    limit: '0',
    ok: differences.length === 0,
    detail: differences.map(differenceText).join('\n'),
  };
}
