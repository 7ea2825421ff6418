import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { installTool } from '../install-tool.ts';
import {
  type Expectations,
  fixtureExpectations,
  genericScenarios,
  realExpectations,
} from './expectations.ts';
import { type Checks, judgeScenario, readChecks } from './judge-scenario.ts';
import { suitePrograms, withSuiteServer } from './suite-server.ts';
import type { SuiteRow } from './suite-table.ts';

const run = promisify(execFile);
const scenarioTimeoutMs = 3_000;
// Far beyond what a run takes, so that nothing can hang.
const runTimeoutMs = 40_000;
const requirementsSchema = z.object({ server: z.array(z.string()) });

/**
 * Runs the protocol's own conformance suite over HTTP, against the fixture, the real server, and the
 * real server where the gateway mounts it.
 */
export async function runProtocolSuites(): Promise<SuiteRow[]> {
  const tool = await installTool('conformance');
  const suite = join(tool, 'node_modules/@modelcontextprotocol/conformance');
  const rows = await withSuiteServer(suitePrograms.handler, async (origin) => [
    ...(await runRequired(suite, `${origin}/suite`)),
    ...(await runGeneric(suite, `${origin}/mcp`, 'real server and tools, over HTTP')),
  ]);
  const mounted = await withSuiteServer(suitePrograms.gateway, (origin) =>
    runGeneric(suite, `${origin}/mcp`, 'the same, mounted by the gateway'),
  );
  return [...rows, ...mounted];
}

async function runRequired(suite: string, url: string): Promise<SuiteRow[]> {
  const rows: SuiteRow[] = [];
  for (const [revision, expectations] of Object.entries(fixtureExpectations)) {
    const scenarios = requiredScenarios(suite, revision);
    const checks = await runSuite(suite, url, ['--requirements', revision]);
    rows.push(judge('everything required, over HTTP', revision, scenarios, checks, expectations));
  }
  return rows;
}

async function runGeneric(suite: string, url: string, title: string): Promise<SuiteRow[]> {
  const rows: SuiteRow[] = [];
  for (const [revision, scenarios] of Object.entries(genericScenarios)) {
    const checks = new Map<string, NonNullable<ReturnType<Checks['get']>>>();
    for (const scenario of scenarios) {
      const chosen = ['--scenario', scenario, '--spec-version', revision];
      for (const [name, list] of await runSuite(suite, url, chosen)) checks.set(name, list);
    }
    const expectations = ofScenarios(realExpectations, scenarios);
    rows.push(judge(title, revision, scenarios, checks, expectations));
  }
  return rows;
}

function requiredScenarios(suite: string, revision: string): string[] {
  const text = readFileSync(join(suite, 'requirements', `${revision}.yaml`), 'utf8');
  return requirementsSchema.parse(parse(text)).server;
}

/** What the suite says of itself is not needed: its checks are read and judged one by one. */
async function runSuite(suite: string, url: string, chosen: readonly string[]): Promise<Checks> {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-conformance-'));
  const program = join(suite, 'dist/index.js');
  const parameters = ['--url', url, '--timeout', String(scenarioTimeoutMs), '-o', folder];
  try {
    await run(process.execPath, [program, 'server', ...chosen, ...parameters], {
      timeout: runTimeoutMs,
      killSignal: 'SIGKILL',
      maxBuffer: 64 * 1024 * 1024,
    }).catch((error: unknown) => {
      if (error instanceof Error && 'killed' in error && error.killed === true) throw error;
    });
    return readChecks(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ofScenarios(expectations: Expectations, scenarios: readonly string[]): Expectations {
  return Object.fromEntries(
    Object.entries(expectations).filter(([key]) => scenarios.includes(key.split(':')[0] ?? '')),
  );
}

function judge(
  title: string,
  revision: string,
  scenarios: readonly string[],
  checks: Checks,
  expectations: Expectations,
): SuiteRow {
  const verdicts = scenarios.map((scenario) => judgeScenario(scenario, checks, expectations));
  const named = new Set(Object.keys(expectations).map((key) => key.split(':')[0]));
  return {
    title,
    revision,
    passed: verdicts.filter(({ passed }) => passed).length,
    mustPass: scenarios.filter((scenario) => !named.has(scenario)).length,
    failedAsExpected: verdicts.flatMap(({ failedAsExpected }) => failedAsExpected),
    mustFail: Object.values(expectations).filter(({ status }) => status === 'FAILURE').length,
    warnedAsExpected: verdicts.flatMap(({ warnedAsExpected }) => warnedAsExpected),
    unexpected: verdicts.flatMap(({ unexpected }) => unexpected),
  };
}
