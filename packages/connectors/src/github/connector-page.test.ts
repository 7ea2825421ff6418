import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { githubConfigShape } from './config.ts';
import { github } from './connector.ts';

const page = await readFile(
  new URL('../../../../docs/connectors/github.md', import.meta.url),
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
  const sources = files.filter(
    (file) => file.endsWith('.ts') && !file.includes('test') && !file.includes('__fixtures__'),
  );
  const texts = await Promise.all(sources.map((file) => readFile(join(folder, file), 'utf8')));
  const codes = texts.flatMap((text) => [...text.matchAll(/code: '([a-z][a-z0-9_]+)'/g)]);
  return [...new Set(codes.map(([, code = '']) => code))];
}

describe('docs/connectors/github.md', () => {
  it('lists every key of the configuration', () => {
    expect(column('Configuration').toSorted()).toEqual(Object.keys(githubConfigShape).toSorted());
  });

  it('lists every stream', () => {
    expect(column('What it reads')).toEqual(github.definition.streams.map(({ id }) => id));
  });

  it('lists every gap', async () => {
    const codes = await gapCodesInCode();
    expect(codes.length).toBeGreaterThan(10);
    expect(column('What GitHub cannot tell').toSorted()).toEqual(codes.toSorted());
  });

  it('says that it is experimental, as the connector does', () => {
    expect(github.definition.experimental).toBe(true);
    expect(page).toContain('**Experimental**');
  });
});
