import { expect, test } from 'vitest';
import { documentedHosts } from './documented-hosts.ts';

const table = (...rows: string[]): string =>
  ['# Hosts', '', '| part | hosts |', '| --- | --- |', ...rows].join('\n');

test('reads hosts from the column of hosts, and none where it says so', () => {
  const page = table(
    '| `git` | none: it never asks `example.com` |',
    '| `x` | `api.example.com`, `b.example` |',
  );
  expect([...documentedHosts(page)]).toEqual(['api.example.com', 'b.example']);
});

test('a page without that column is refused', () => {
  expect(() => documentedHosts('# Hosts\n\nNone.\n')).toThrow('no column');
});
