// Runs the suites that hold an implementation against a contract: every connector against the
// connector contract, the MCP server against clients of both protocol eras. One line for each.
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from './package-build/repository-root.ts';
import { runCommand } from './run-command.ts';

const testSchema = z.object({ fullName: z.string(), status: z.string() });
const reportSchema = z.object({
  testResults: z.array(z.object({ name: z.string(), assertionResults: z.array(testSchema) })),
});
type TestResult = z.infer<typeof testSchema> & { file: string };

interface Suite {
  contract: string;
  covers: (test: TestResult) => boolean;
}

/** Returns the test files of a package that mention something. */
function testFiles(packageName: string, mark: string): string[] {
  return globSync(`packages/${packageName}/src/**/*.test.ts`, { cwd: repositoryRoot })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => readFileSync(join(repositoryRoot, file), 'utf8').includes(mark));
}

function readResults(report: string): TestResult[] {
  const { testResults } = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, file: name.replaceAll('\\', '/') })),
  );
}

const connectorTests = testFiles('connectors', 'testConnector(');
const clientTests = testFiles('mcp-server', 'a client of revision');
const suites: readonly Suite[] = [
  ...connectorTests.map((path) => ({
    contract: `connector ${path.split('/')[3] ?? path}`,
    covers: ({ file, fullName }: TestResult) =>
      file.endsWith(path) && fullName.startsWith('conformance'),
  })),
  ...['2025', '2026-07-28'].map((revision) => ({
    contract: `MCP client of revision ${revision}`,
    covers: ({ fullName }: TestResult) => fullName.startsWith(`a client of revision ${revision}`),
  })),
];

const folder = mkdtempSync(join(tmpdir(), 'adjutant-conformance-'));
try {
  const report = join(folder, 'report.json');
  const { exitCode } = await runCommand(
    'vitest',
    [
      ...['run', ...connectorTests, ...clientTests],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ],
    { cwd: repositoryRoot, show: true },
  );
  const results = readResults(report);
  if (exitCode !== 0) process.exitCode = 1;
  for (const { contract, covers } of suites) {
    const covered = results.filter((test) => covers(test));
    const passed = covered.filter(({ status }) => status === 'passed').length;
    console.log(`${contract}: ${passed} of ${covered.length} passed`);
    // A suite that runs nothing proves nothing.
    if (passed === 0 || passed < covered.length) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
