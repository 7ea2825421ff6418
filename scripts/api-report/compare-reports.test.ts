import { expect, test } from 'vitest';
import { publishedPackages } from '../package-build/package-manifest.ts';
import { compareReports, differenceText } from './compare-reports.ts';
import { inOneOrder } from './extract-reports.ts';
import { expectedReports, readReports, reportName } from './report-files.ts';

test('every public entry has a committed report, and no report is left of one that is gone', () => {
  expect([...readReports().keys()].toSorted()).toEqual(
    expectedReports(publishedPackages()).toSorted(),
  );
});

test('a report is named after its package and subpath', () => {
  const manifest = { name: '@adjutant/connectors' };
  expect([reportName(manifest, '.'), reportName(manifest, './git')]).toEqual([
    'connectors.api.md',
    'connectors-git.api.md',
  ]);
});

test('an equal report is no difference, however its lines end', () => {
  const text = 'export function look(): void;\n';
  const committed = new Map([['core.api.md', text.replaceAll('\n', '\r\n')]]);
  expect(compareReports(committed, new Map([['core.api.md', text]]))).toEqual([]);
});

test('a changed signature is told with what to run', () => {
  const [difference] = compareReports(
    new Map([['core.api.md', 'a\nlook(): void;\n']]),
    new Map([['core.api.md', 'a\nlook(path: string): void;\n']]),
  );
  expect(difference).toMatchObject({
    removed: ['look(): void;'],
    added: ['look(path: string): void;'],
  });
  expect(difference && differenceText(difference)).toContain('node --run api:update');
});

test('an entry that came or went differs, and lines in another order do not', () => {
  const names = (from: [string, string][], to: [string, string][]) =>
    compareReports(new Map(from), new Map(to)).map(({ name }) => name);
  expect(names([], [['a.api.md', 'x\n']])).toEqual(['a.api.md']);
  expect(names([['a.api.md', 'x\n']], [])).toEqual(['a.api.md']);
  expect(names([['a.api.md', 'x\ny\n']], [['a.api.md', 'y\nx\n']])).toEqual([]);
  expect(names([['a.api.md', 'x\nx\n']], [['a.api.md', 'x\n']])).toEqual(['a.api.md']);
});

test('a long difference is cut', () => {
  const many = Array.from({ length: 300 }, (_, line) => `line ${line}`).join('\n');
  const [difference] = compareReports(new Map(), new Map([['a.api.md', many]]));
  expect(difference && differenceText(difference).split('\n').length).toBeLessThan(30);
});

test('a union of words reads alike in whatever order the compiler met them', () => {
  expect(inOneOrder('a: ("tags" | "deployments" | null)[];')).toBe(
    'a: ("deployments" | "tags" | null)[];',
  );
});

test('the object of an enumeration reads alike in whatever order the compiler met its words', () => {
  const of = (...words: string[]) =>
    [
      '    mode: ZodEnum<{',
      ...words.map((word) => `        ${word}: "${word}";`),
      '    }>;',
      '',
    ].join('\n');
  expect(inOneOrder(of('never', 'ask', 'auto'))).toBe(of('ask', 'auto', 'never'));
});
