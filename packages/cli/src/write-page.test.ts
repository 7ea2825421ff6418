import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from './testing/run-cli.ts';
import { writePage } from './write-page.ts';

const page = '<!doctype html>\n<html lang="en"><head><title>Team report: api</title></head></html>';

test('a new page and a newer one over it are written', () => {
  const path = join(temporaryFolder(onTestFinished), 'report.html');
  writePage(path, page, false);
  writePage(path, page.replace('api', 'web'), false);
  expect(readFileSync(path, 'utf8')).toContain('Team report: web');
});

test('a file that is not a report is kept, and written over only with force', () => {
  const path = join(temporaryFolder(onTestFinished), 'notes.html');
  writeFileSync(path, 'my notes');
  expect(() => writePage(path, page, false)).toThrow(
    expect.objectContaining({ code: 'InvalidInput', hint: expect.stringContaining('--force') }),
  );
  expect(readFileSync(path, 'utf8')).toBe('my notes');
  writePage(path, page, true);
  expect(readFileSync(path, 'utf8')).toBe(page);
});

test('a link is not followed, not even with force', () => {
  const folder = temporaryFolder(onTestFinished);
  const target = join(folder, 'target.txt');
  writeFileSync(target, 'precious');
  symlinkSync(target, join(folder, 'report.html'));
  expect(() => writePage(join(folder, 'report.html'), page, false)).toThrow('not a report');
  writePage(join(folder, 'report.html'), page, true);
  expect(readFileSync(target, 'utf8')).toBe('precious');
});

test('a place that cannot be written names the ways out', () => {
  const path = join(temporaryFolder(onTestFinished), 'no', 'such', 'folder', 'report.html');
  expect(() => writePage(path, page, false)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('--out') }),
  );
});
