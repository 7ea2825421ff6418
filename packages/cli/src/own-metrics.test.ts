import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { allMetrics } from '@adjutant/metrics';
import { expect, onTestFinished, test } from 'vitest';
import { metricsFor } from './own-metrics.ts';
import { temporaryFolder } from './testing/run-cli.ts';

const whole = `{ id: 'mine', title: 'Mine', unit: 'count', definition: 'Mine.', source: 'Mine.', version: 1,
  subject: 'release', columns: ['releasedAt'], windowColumn: 'releasedAt', better: 'neutral',
  compute: () => ({ value: 0, sampleSize: 0, p50: null, p75: null, p90: null, caveats: [], evidence: [] }) }`;

function filesOf(...texts: string[]): { env: Record<string, string>; cwd: string } {
  const cwd = temporaryFolder(onTestFinished);
  const names = texts.map((text, position) => {
    const name = `metric-${position}.mjs`;
    writeFileSync(join(cwd, name), text);
    return join(cwd, name);
  });
  return { cwd, env: { ADJUTANT_METRICS: names.join(delimiter) } };
}

test('without the variable there are those of the package, and no other', async () => {
  expect(await metricsFor({ env: {} })).toBe(allMetrics);
});

test('every export of every file is listed after them', async () => {
  const other = whole.replace("'mine'", "'other'");
  const { metrics } = await metricsFor(
    filesOf(`export const mine = ${whole};`, `export const other = ${other};`),
  );
  expect(metrics.map(({ id }) => id).slice(allMetrics.metrics.length)).toEqual(['mine', 'other']);
});

test.each([
  ['a file with a mistake in it', 'export const = 3;', /cannot be loaded/],
  ['a file that exports nothing', 'const mine = 1;', /exports nothing/],
  ['an export that is no metric', 'export const mine = { id: 3 };', /no metric: "id"/],
  [
    'an id that is taken',
    `export const mine = ${whole.replace("'mine'", "'throughput'")};`,
    /already is a metric "throughput"/,
  ],
])('%s is refused, with its path', async (_what, text, message) => {
  const given = filesOf(text);
  await expect(metricsFor(given)).rejects.toThrow(message);
  await expect(metricsFor(given)).rejects.toThrow(given.cwd);
});

test('a file that is not there is refused', async () => {
  const env = { ADJUTANT_METRICS: join(temporaryFolder(onTestFinished), 'none.mjs') };
  await expect(metricsFor({ env })).rejects.toThrow('none.mjs');
});

test('a relative path is refused: it would be a file of whichever clone somebody stands in', async () => {
  const env = { ADJUTANT_METRICS: 'metric.mjs' };
  await expect(metricsFor({ env })).rejects.toThrow('does not begin at the root');
});

test('a file that everybody may write is refused', async () => {
  const { env, cwd } = filesOf(`export const mine = ${whole};`);
  chmodSync(join(cwd, 'metric-0.mjs'), 0o666);
  await expect(metricsFor({ env })).rejects.toThrow('can be changed by other users');
});
