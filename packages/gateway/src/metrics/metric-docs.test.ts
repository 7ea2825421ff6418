import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { metricDefinitions } from './metric-definitions.ts';

const page = readFileSync(
  new URL('../../../../docs/operations/observability.md', import.meta.url),
  'utf8',
);

it('the page on observability has a row for each metric, with its type, labels and meaning', () => {
  const told = page
    .split('\n')
    .filter((line) => line.startsWith('| `adjutant_'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .map(([name, type, labels = '', help]) => ({
      name: name?.replaceAll('`', ''),
      type,
      labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label),
      help,
    }));
  expect(told).toEqual(
    metricDefinitions.map(({ name, type, labels, help }) => ({
      name,
      type,
      labels: [...labels],
      help,
    })),
  );
});
