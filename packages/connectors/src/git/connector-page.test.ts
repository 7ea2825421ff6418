import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitConfigSchema } from './config.ts';
import { git } from './connector.ts';

const page = await readFile(new URL('../../../../docs/connectors/git.md', import.meta.url), 'utf8');

/** First column of the table below a heading. */
function column(heading: string): string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name);
}

async function gapCodesInCode(): Promise<string[]> {
  const folder = import.meta.dirname;
  const files = await readdir(folder, { recursive: true });
  const sources = files.filter((file) => file.endsWith('.ts') && !file.includes('test'));
  const texts = await Promise.all(sources.map((file) => readFile(join(folder, file), 'utf8')));
  const codes = texts.flatMap((text) => [
    ...text.matchAll(/(?:code: |add\(\s*)'([a-z][a-z0-9_]+)'/g),
  ]);
  return [...new Set(codes.map(([, code = '']) => code))];
}

describe('docs/connectors/git.md', () => {
  it('lists every key of the configuration', () => {
    expect(column('Configuration').toSorted()).toEqual(
      Object.keys(gitConfigSchema.shape).toSorted(),
    );
  });

  it('lists every stream', () => {
    expect(column('What it reads')).toEqual(git.definition.streams.map(({ id }) => id));
  });

  it('lists every gap', async () => {
    expect(column('What a clone cannot tell').toSorted()).toEqual(
      (await gapCodesInCode()).toSorted(),
    );
  });
});
