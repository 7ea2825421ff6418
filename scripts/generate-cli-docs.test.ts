import { expect, test } from 'vitest';
import { cliPage, isStale } from './generate-cli-docs.ts';

test('docs/cli.md says what the command line says', () => {
  expect(isStale()).toBe(false);
});

test('the page names every command and flag', () => {
  const page = cliPage();
  for (const text of [
    '## adjutant look [path]',
    '## adjutant mcp install',
    '`--every <interval>`',
  ]) {
    expect(page).toContain(text);
  }
});
