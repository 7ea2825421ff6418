import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { repositoryRoot } from './package-build/repository-root.ts';

// As on a branch that forgot its migration: the check that every merge has to pass must be red.

let branch: string;
beforeEach(() => {
  branch = mkdtempSync(join(tmpdir(), 'adjutant-red-branch-'));
  mkdirSync(join(branch, 'packages/core'), { recursive: true });
  for (const path of ['package.json', 'scripts/generate-migrations.ts', 'packages/core/src']) {
    cpSync(join(repositoryRoot, path), join(branch, path), { recursive: true });
  }
  for (const path of ['node_modules', 'packages/core/node_modules']) {
    symlinkSync(join(repositoryRoot, path), join(branch, path), 'dir');
  }
});
afterEach(() => rmSync(branch, { recursive: true, force: true }));

function check(): { passes: boolean; said: string } {
  try {
    const said = execFileSync(process.execPath, ['scripts/generate-migrations.ts', '--check'], {
      cwd: branch,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return { passes: true, said };
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    return { passes: false, said };
  }
}

function edit(path: string, from: string, to: string): void {
  const file = join(branch, path);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

test('a table and its migrations as they are pass', { timeout: 120_000 }, () => {
  expect(check()).toMatchObject({ passes: true });
});

test('a new column without a migration is stopped, and is told what to do', {
  timeout: 120_000,
}, () => {
  const tables = 'packages/core/src/store/tables/job-tables.ts';
  edit(tables, 'lastError: text(),', 'lastError: text(),\n        forgotten: text(),');
  expect(check()).toMatchObject({
    passes: false,
    said: expect.stringMatching(/tables differ from the migrations.*migrations:generate/s),
  });
});

test('a migration that was edited after its module was made is stopped', {
  timeout: 120_000,
}, () => {
  const [before, after] = ['CREATE TABLE', 'CREATE TABLE IF NOT EXISTS'];
  edit('packages/core/src/store/migrations/0000_init.sql', before, after);
  expect(check()).toMatchObject({ passes: false, said: expect.stringContaining('is stale') });
});
