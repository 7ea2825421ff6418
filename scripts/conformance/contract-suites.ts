import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from '../package-build/repository-root.ts';
import { runCommand } from '../run-command.ts';
import type { SuiteRow } from './suite-table.ts';

const testSchema = z.object({ fullName: z.string(), status: z.string() });
const reportSchema = z.object({
  testResults: z.array(z.object({ name: z.string(), assertionResults: z.array(testSchema) })),
});
type TestResult = z.infer<typeof testSchema> & { file: string };

const clientMark = 'a client of revision';

interface Suite {
  title: string;
  revision: string;
  covers: (test: TestResult) => boolean;
}

/**
 * Runs every connector against the connector contract, and the server against clients of both eras
 * over stdio and over HTTP, by the tests of their packages. @returns one row each; a suite that ran nothing fails
 */
export async function runContractSuites(): Promise<SuiteRow[]> {
  const connectorTests = testFiles('packages/connectors', 'testConnector(');
  const clientTests = testFiles('packages/mcp-server', clientMark);
  const mountedTests = testFiles('examples/mount-mcp', clientMark);
  const { results, exitCode } = await runTests([
    ...connectorTests,
    ...clientTests,
    ...mountedTests,
  ]);
  const suites: Suite[] = [
    ...connectorTests.map((path) => ({
      title: `connector contract: ${path.split('/')[3] ?? path}`,
      revision: '',
      covers: ({ file, fullName }: TestResult) =>
        file.endsWith(path) && fullName.startsWith('conformance'),
    })),
    ...clientSuites('client over stdio, every tool', clientTests),
    ...clientSuites('client over HTTP, mounted', mountedTests),
  ];
  const rows = suites.map((suite) => rowOf(suite, results));
  const isExplained = exitCode === 0 || rows.some(({ unexpected }) => unexpected.length > 0);
  if (!isExplained) rows[0]?.unexpected.push(`the test run itself ended with ${exitCode}`);
  return rows;
}

function rowOf({ title, revision, covers }: Suite, results: readonly TestResult[]): SuiteRow {
  const covered = results.filter((test) => covers(test));
  const failed = covered.filter(({ status }) => status !== 'passed');
  const unexpected = failed.map(({ fullName }) => fullName);
  if (covered.length === 0) unexpected.push('it ran nothing, which proves nothing');
  return {
    ...{ title, revision, passed: covered.length - failed.length, mustPass: covered.length },
    ...{ failedAsExpected: [], mustFail: 0, warnedAsExpected: [], unexpected },
  };
}

function clientSuites(title: string, files: readonly string[]): Suite[] {
  return ['2025-11-25', '2026-07-28'].map((revision) => ({
    title,
    revision,
    covers: ({ file, fullName }) =>
      files.some((path) => file.endsWith(path)) && fullName.startsWith(`${clientMark} ${revision}`),
  }));
}

/** Returns the test files below a folder that mention something. */
function testFiles(folder: string, mark: string): string[] {
  return globSync(`${folder}/src/**/*.test.ts`, { cwd: repositoryRoot })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => readFileSync(join(repositoryRoot, file), 'utf8').includes(mark));
}

async function runTests(
  files: readonly string[],
): Promise<{ results: TestResult[]; exitCode: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-conformance-'));
  try {
    const report = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { exitCode } = await runCommand('vitest', ['run', ...files, ...reporters], {
      cwd: repositoryRoot,
      show: true,
    });
    const { testResults } = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
    const results = testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.map((test) => ({ ...test, file: name.replaceAll('\\', '/') })),
    );
    return { results, exitCode };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
