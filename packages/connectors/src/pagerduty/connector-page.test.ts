import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pagerdutyConfigShape } from './config.ts';
import { pagerduty } from './connector.ts';

const page = await readFile(
  new URL('../../../../docs/connectors/pagerduty.md', import.meta.url),
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

describe('docs/connectors/pagerduty.md', () => {
  it('lists every key of the configuration', () => {
    expect(column('Configuration').toSorted()).toEqual(
      Object.keys(pagerdutyConfigShape).toSorted(),
    );
  });

  it('lists every stream', () => {
    expect(column('What it reads').toSorted()).toEqual(
      pagerduty.definition.streams.map(({ id }) => id).toSorted(),
    );
  });

  it('lists every gap', async () => {
    const codes = await gapCodesInCode();
    expect(codes.length).toBeGreaterThan(5);
    expect(column('What PagerDuty cannot tell').toSorted()).toEqual(codes.toSorted());
  });

  it('says that it is experimental, as the connector does', () => {
    expect(pagerduty.definition.experimental).toBe(true);
    expect(page).toContain('**Experimental**');
  });
});
