import type { SubjectRows } from '@adjutant/core/domain';
import { describe, expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { deploymentRow } from '../__fixtures__/deployments.ts';
import { deploymentFrequency } from './deployment-frequency.ts';

type Deployment = SubjectRows['deployment'];
const window = { from: utc('2026-09-07'), to: utc('2026-10-05') };

function deployed(at: string, overrides: Partial<Deployment> = {}): Deployment {
  return deploymentRow(at, overrides);
}

/** Per week 5, 2, 0 and 3 deployments, on 3, 2, 0 and 2 days. */
const worked = [
  '2026-09-07 09:00',
  '2026-09-07 15:00',
  '2026-09-08 09:00',
  '2026-09-08 23:59',
  '2026-09-13 23:59',
  '2026-09-14 00:00',
  '2026-09-18 10:00',
  '2026-09-28 10:00',
  '2026-09-28 11:00',
  '2026-10-04 23:59',
].map((at) => deployed(at));
const part = (outcome: ReturnType<typeof computeOver>, id: string) =>
  outcome.parts?.find((candidate) => candidate.id === id);

describe('the worked example', () => {
  const outcome = computeOver(deploymentFrequency, worked, window);

  test('is ten deployments in 28 days', () => {
    expect(outcome.value).toBeCloseTo(0.357, 3);
    expect(outcome.sampleSize).toBe(10);
    expect([...outcome.evidence]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('is 2.5 a week with the empty week counted', () => {
    expect(part(outcome, 'per_week')).toMatchObject({ value: 2.5, unit: 'per_week' });
    expect(outcome.series?.map(({ value }) => value)).toEqual([5, 2, 0, 3]);
  });

  test('has a median of two deploy days a week', () => {
    expect(part(outcome, 'deploy_days')).toMatchObject({ value: 2, sampleSize: 4, unit: 'count' });
  });
});

test('nine deployments in three weeks, one of them empty, are three a week', () => {
  const three = { from: utc('2026-09-07'), to: utc('2026-09-28') };
  const days = ['08', '09', '10', '11', '22', '23', '24', '25', '26'];
  const rows = days.map((day) => deployed(`2026-09-${day} 10:00`));
  const outcome = computeOver(deploymentFrequency, rows, three);
  expect(part(outcome, 'per_week')?.value).toBe(3);
  expect(outcome.series?.map(({ value }) => value)).toEqual([4, 0, 5]);
});

test('only successes count; failures and running ones do not', () => {
  const rows = [
    ...worked,
    deployed('2026-09-20 10:00', { result: 'failure' }),
    deployed('2026-09-20 11:00', { result: 'running' }),
  ];
  expect(computeOver(deploymentFrequency, rows, window).sampleSize).toBe(10);
});

test('the hours and weeks that the window cuts do not count', () => {
  const cut = { from: utc('2026-09-08 10:00'), to: utc('2026-10-01') };
  const outcome = computeOver(deploymentFrequency, worked, cut);
  // 22 full days from 09-09; the deployment of 09-08 23:59 lies in the day that is cut.
  expect(outcome.sampleSize).toBe(5);
  expect(outcome.value).toBeCloseTo(5 / 22, 10);
  expect(outcome.series?.map(({ start, value }) => [start, value])).toEqual([
    [utc('2026-09-14'), 2],
    [utc('2026-09-21'), 0],
  ]);
});

test('where production is named only it counts, and the rest is named', () => {
  const rows = [
    ...worked,
    deployed('2026-09-21 10:00', { environment: 'staging' }),
    deployed('2026-09-22 10:00', { environment: 'Production – shop' }),
  ];
  const outcome = computeOver(deploymentFrequency, rows, window);
  expect(outcome.sampleSize).toBe(11);
  expect(outcome.caveats).toEqual([
    'Deployments to other environments stay out: staging.',
    'Several production environments count together: production, Production – shop.',
  ]);
});

test('where none is named after production all count, and are named', () => {
  const rows = worked.map((row, index) => ({ ...row, environment: `stage-${index % 2}` }));
  const outcome = computeOver(deploymentFrequency, rows, window);
  expect(outcome.sampleSize).toBe(10);
  expect(outcome.caveats).toEqual([
    'Deployments to 2 environments (stage-0, stage-1) count together; none is named after production.',
  ]);
});

test('names of environments are shortened before they are repeated', () => {
  const rows = [...worked, deployed('2026-09-21 10:00', { environment: 'x'.repeat(5_000) })];
  const caveats = computeOver(deploymentFrequency, rows, window).caveats.join(' ');
  expect(caveats.length).toBeLessThan(200);
});

test('several services are counted together, and that is said', () => {
  const rows = worked.map((row, index) => ({ ...row, serviceKey: `service-${index % 3}` }));
  expect(computeOver(deploymentFrequency, rows, window).caveats).toEqual([
    '3 services or repositories count together: each alone deploys less often.',
  ]);
});

describe('nothing counted', () => {
  test('is unknown where no deployment is known at all', () => {
    expect(computeOver(deploymentFrequency, [], window)).toMatchObject({
      value: null,
      caveats: [expect.stringContaining('no source shows deployments')],
    });
  });

  test('is a true 0 where deployments are known and all failed', () => {
    const failed = worked.map((row) => ({ ...row, result: 'failure' as const }));
    const outcome = computeOver(deploymentFrequency, failed, window);
    expect(outcome).toMatchObject({ value: 0, sampleSize: 0 });
    expect(outcome.caveats).toEqual(['Deployments are known here, but none succeeded.']);
  });

  test('is told apart from deployments on a day that is not over', () => {
    const noon = window.from + 12 * 3_600_000;
    const early = worked.slice(0, 1).map((row) => ({ ...row, finishedAt: noon }));
    const cut = { from: window.from + 3_600_000, to: window.to };
    const outcome = computeOver(deploymentFrequency, early, cut);
    expect(outcome).toMatchObject({ value: 0, sampleSize: 0 });
    expect(outcome.caveats[0]).toMatch(/only on days that the window cuts/);
  });

  test('is unknown in a window without a full day', () => {
    const short = { from: utc('2026-09-07 01:00'), to: utc('2026-09-07 23:00') };
    expect(computeOver(deploymentFrequency, worked, short).value).toBeNull();
  });
});
