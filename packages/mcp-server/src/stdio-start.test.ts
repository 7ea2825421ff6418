import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

const here = import.meta.dirname;

/** Every file of ours that importing a file runs, by its imports and re-exports of values. */
function loadedBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(file, 'utf8').replace(/^(?:import|export) type [^;]*;/gms, '');
  for (const [, path] of source.matchAll(/from '(\.[^']+)'/g)) {
    loadedBy(join(dirname(file), path ?? ''), seen);
  }
  return seen;
}

it('starting over stdio loads nothing of HTTP', () => {
  const files = [...loadedBy(join(here, 'index.ts'))].map((file) => relative(here, file));
  expect(files).toContain('serve-stdio.ts');
  expect(files.filter((file) => file.startsWith('http'))).toEqual([]);
  const ofHttp = [...loadedBy(join(here, 'http.ts'))].map((file) => relative(here, file));
  expect(ofHttp).toContain(join('http', 'guarded-handler.ts'));
});
