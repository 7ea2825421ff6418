import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jiraConfigShape } from './config.ts';
import { jira } from './connector.ts';

const page = await readFile(
  new URL('../../../../docs/connectors/jira.md', import.meta.url),
  'utf8',
);

/** First column of the table below a heading. */
function column(heading: string): string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name);
}

async function gapCodesInCode(): Promise<string[]> {
  const folder = import.meta.dirname;
  const files = await readdir(folder, { recursive: true });
  const sources = files.filter((file) => file.endsWith('.ts') && !/test|__fixtures__/.test(file));
  const texts = await Promise.all(sources.map((file) => readFile(join(folder, file), 'utf8')));
  const codes = texts.flatMap((text) => [...text.matchAll(/code: '([a-z][a-z0-9_]+)'/g)]);
  return [...new Set(codes.map(([, code = '']) => code))];
}

describe('docs/connectors/jira.md', () => {
  it('lists every key of the configuration', () => {
    expect(column('Configuration').toSorted()).toEqual(Object.keys(jiraConfigShape).toSorted());
  });

  it('lists every stream', () => {
    expect(column('What it reads')).toEqual(jira.definition.streams.map(({ id }) => id));
  });

  it('lists every gap', async () => {
    expect(column('What Jira cannot tell').toSorted()).toEqual((await gapCodesInCode()).toSorted());
  });

  it('says that it is experimental, as the connector does', () => {
    expect(jira.definition.experimental).toBe(true);
    expect(page).toContain('**Experimental**');
  });
});
