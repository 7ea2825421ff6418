import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { repositoryRoot } from './package-build/repository-root.ts';

// A tiny repository of the same shape with planted faults, held against the real
// .dependency-cruiser.cjs: a rule that cannot fail is no rule.
const depcruise = join(
  repositoryRoot,
  'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
);
const violationSchema = z.object({ from: z.string(), rule: z.object({ name: z.string() }) });
const outputSchema = z.object({ summary: z.object({ violations: z.array(violationSchema) }) });

const faults: readonly [rule: string, file: string, specifier: string][] = [
  ['layer-core', 'packages/core/src/up.ts', '@adjutant/metrics'],
  ['layer-connectors', 'packages/connectors/src/git/up.ts', '@adjutant/metrics'],
  ['layer-metrics', 'packages/metrics/src/up.ts', '@adjutant/connectors'],
  ['layer-insights', 'packages/insights/src/up.ts', '@adjutant/connectors'],
  ['layer-mcp-server', 'packages/mcp-server/src/up.ts', '@adjutant/cli'],
  ['layer-mcp-server', 'packages/mcp-server/src/page.ts', '@adjutant/gateway'],
  ['layer-gateway', 'packages/gateway/src/up.ts', '@adjutant/connectors'],
  ['domain-imports-zod-only', 'packages/core/src/domain/team.ts', 'node:fs'],
  ['connectors-do-not-meet', 'packages/connectors/src/git/across.ts', '../jira/client.ts'],
  ['connectors-do-not-meet', 'packages/connectors/src/user-tokens/down.ts', '../jira/client.ts'],
  ['metrics-are-pure', 'packages/metrics/src/reads-files.ts', 'node:fs'],
  ['metrics-are-pure', 'packages/metrics/src/reads-store.ts', '@adjutant/core'],
  ['no-deep-import', 'packages/cli/src/deep.ts', '../../core/src/index.ts'],
  ['examples-use-public-packages', 'examples/one/src/private.ts', '@adjutant/core/testing'],
  ['test-support-stays-in-tests', 'packages/cli/src/look.ts', '@adjutant/core/testing'],
  ['could-not-resolve', 'packages/core/src/missing.ts', 'no-such-package'],
  ['could-not-resolve', 'packages/cli/src/behind.ts', '@adjutant/core/src/index.ts'],
  ['no-undeclared-package', 'packages/core/src/undeclared.ts', 'left-over'],
  ['no-circular', 'packages/core/src/one.ts', './two.ts'],
];
const sound: readonly [file: string, specifier: string][] = [
  ['packages/connectors/src/git/keeps.ts', '../user-tokens/keep.ts'],
  ['packages/metrics/src/flow.ts', '@adjutant/core/domain'],
  ['packages/insights/src/brief.ts', '@adjutant/metrics'],
  ['packages/cli/src/report.ts', '@adjutant/insights'],
  ['packages/gateway/src/mount.ts', '@adjutant/mcp-server'],
  ['packages/cli/src/serve.ts', '@adjutant/gateway'],
  ['packages/cli/src/report.test.ts', '@adjutant/core/testing'],
  ['examples/one/src/main.ts', '@adjutant/core'],
];

let root: string;
let violations: z.infer<typeof violationSchema>[];

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function writePackage(name: string): void {
  const files = ['index', 'domain', 'testing'];
  const exports = files.map((file) => [
    file === 'index' ? '.' : `./${file}`,
    { '@adjutant/source': `./src/${file}.ts` },
  ]);
  write(
    `packages/${name}/package.json`,
    JSON.stringify({ name: `@adjutant/${name}`, exports: Object.fromEntries(exports) }),
  );
  for (const file of files) write(`packages/${name}/src/${file}.ts`, 'export {};');
  symlinkSync(join(root, 'packages', name), join(root, 'node_modules/@adjutant', name), 'junction');
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'adjutant-layers-'));
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'tsconfig.base.json']) {
    cpSync(join(repositoryRoot, file), join(root, file));
  }
  write('node_modules/left-over/package.json', '{"name":"left-over","main":"index.js"}');
  write('node_modules/left-over/index.js', '');
  mkdirSync(join(root, 'node_modules/@adjutant'));
  for (const name of [
    'core',
    'connectors',
    'metrics',
    'insights',
    'mcp-server',
    'gateway',
    'cli',
  ]) {
    writePackage(name);
  }
  write('packages/connectors/src/jira/client.ts', 'export {};');
  write('packages/connectors/src/user-tokens/keep.ts', 'export {};');
  write('packages/core/src/two.ts', "export * from './one.ts';");
  for (const [, file, specifier] of faults) write(file, `export * from '${specifier}';`);
  for (const [file, specifier] of sound) write(file, `export * from '${specifier}';`);
  const text = execFileSync(
    process.execPath,
    [depcruise, 'packages', 'examples', '--output-type', 'json'],
    { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  ({ violations } = outputSchema.parse(JSON.parse(text)).summary);
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

function rulesBrokenBy(file: string): string[] {
  return violations.flatMap(({ from, rule }) => (from === file ? [rule.name] : []));
}

test.each(faults)('%s refuses %s importing %s', (rule, file) => {
  expect(rulesBrokenBy(file)).toContain(rule);
});

test.each(sound)('%s may import %s', (file) => {
  expect(rulesBrokenBy(file)).toEqual([]);
});
