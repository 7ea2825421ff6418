import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repositoryRoot } from './package-build/repository-root.ts';
import { clockReads } from './source-rules/clock-free.ts';
import { createProgram } from './source-rules/create-program.ts';
import type { Finding } from './source-rules/finding.ts';
import { packageHosts } from './source-rules/package-hosts.ts';
import { unportableQueries } from './source-rules/portable-queries.ts';
import { undocumentedFunctions } from './source-rules/undocumented-functions.ts';

let folder: string;

beforeAll(() => {
  // Below core, so that drizzle-orm resolves as it does for core.
  const parent = join(repositoryRoot, 'packages/core/node_modules/.cache');
  mkdirSync(parent, { recursive: true });
  folder = mkdtempSync(join(parent, 'source-rules-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function queriesOf(text: string): Finding[] {
  const file = join(folder, 'planted.ts');
  writeFileSync(file, text);
  const program = createProgram([file], repositoryRoot);
  return unportableQueries(program, (name) => name === file, folder);
}

const database = `import type { LibSQLDatabase } from 'drizzle-orm/libsql';
import { sql } from 'drizzle-orm';
declare const database: LibSQLDatabase;
`;

test.each([
  ['.all', 'export const rows = database.all(sql`SELECT 1`);'],
  ['.get', 'export const row = database.get(sql`SELECT 1`);'],
  ['.run', "export const changed = database['run'](sql`SELECT 1`);"],
  ['.rowsAffected', 'export const count = (await database.run(sql`SELECT 1`)).rowsAffected;'],
])('%s of a database is found', (member, text) => {
  const messages = queriesOf(database + text).map(({ message }) => message);
  expect(messages).toContain(`${member} exists in SQLite's drivers only`);
});

test('a destructured member of a database is found, with its line', () => {
  const [finding] = queriesOf(`${database}export const { run } = database;`);
  expect(finding).toMatchObject({ file: 'planted.ts', line: 4 });
});

test('a member of the same name that others declare is not found', () => {
  const text = 'export const all = Promise.all([]); export const one = new Map().get(1);';
  expect(queriesOf(text)).toEqual([]);
});

test.each(['new Date()', 'new Date', 'Date()'])('%s reads the clock', (expression) => {
  const file = join(folder, 'clock.ts');
  writeFileSync(file, `export const now = ${expression};`);
  const source = createProgram([file], repositoryRoot).getSourceFile(file);
  expect(source && clockReads(source, folder)).toHaveLength(1);
});

test('a date made from an instant does not read the clock', () => {
  const file = join(folder, 'instant.ts');
  writeFileSync(file, 'export const day = new Date(0); export const at = Date.UTC(2026, 1);');
  const source = createProgram([file], repositoryRoot).getSourceFile(file);
  expect(source && clockReads(source, folder)).toEqual([]);
});

test('a public function without a comment is found, wherever it is declared', () => {
  const inner = join(folder, 'inner.ts');
  writeFileSync(
    inner,
    `export function bare(): void {}
/** Says something. */
export function told(): void {}
export const callable = (): number => 1;
export const value = 1;
export interface Shape {}
function hidden(): void {}
export const uses = { hidden };`,
  );
  const entry = join(folder, 'entry.ts');
  writeFileSync(
    entry,
    `export { bare, told, callable, value, uses, type Shape } from './inner.ts';\n`,
  );
  const found = undocumentedFunctions(createProgram([entry], repositoryRoot), [entry], folder);
  expect(found.map(({ file, line }) => [file, line])).toEqual([
    ['inner.ts', 1],
    ['inner.ts', 4],
  ]);
});

test.each([
  ['registry.npmjs', 'org'],
  ['https://pypi', 'org'],
  ['index.docker', 'io'],
  ['ghcr', 'io'],
  ['europe-docker.pkg', 'dev'],
  ['api.nuget', 'org'],
  ['static.crates', 'io'],
  ['repo1.maven', 'org'],
  // By what such a host is called, whoever's it is.
  ['registry.somebody', 'dev'],
  ['npm-mirror.eu.somebody', 'com'],
  ['pypi.somebody', 'eu'],
  ['1234.dkr.ecr.somebody', 'com'],
  ['goproxy.somebody', 'net'],
])('a host that packages are taken from is named nowhere: %s.%s', (host, top) => {
  const text = `one line\nsee ${host}.${top}/acme\n`;
  expect(packageHosts(text, 'a.md').map(({ line }) => line)).toEqual([2]);
});

test.each([
  'registry=https://',
  '@acme:registry = "https://',
  'npm publish --registry https://',
  'pip install --index-url=https://',
  'npmRegistryServer: "https://',
])('a host that a tool is told to take packages from is named nowhere: %s', (before) => {
  const [host, top] = ['files.somebody', 'io'];
  expect(packageHosts(`${before}${host}.${top}/acme`, 'a.md')).toHaveLength(1);
  expect(packageHosts(`${before}files.example.com/acme`, 'a.md')).toEqual([]);
});

test('nor is one whose token a file has', () => {
  const [host, top] = ['files.somebody', 'io'];
  expect(packageHosts(`//${host}.${top}/:_authToken=none`, 'a.md')).toHaveLength(1);
  expect(packageHosts('//files.example.com/:_authToken=none', 'a.md')).toEqual([]);
});

test('a host of examples, a package and a word may be named', () => {
  const text = 'registry.example.com/acme, npm, pypi-AgEI, docker.iot, mypypi-org, crates.iota';
  expect(packageHosts(text, 'a.md')).toEqual([]);
});
