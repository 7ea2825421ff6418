import { execFile } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { type GoldenFigures, goldenFigures } from './__fixtures__/golden-figures.ts';
import { dayMs, hourMs, weekMs } from './week-buckets.ts';

// Every worked example, from a source through a store to the answer of the default mode.
let golden: GoldenFigures;
beforeAll(async () => {
  golden = await goldenFigures();
});

const percent = (share: unknown): number => Math.round(Number(share) * 1_000) / 10;
const hours = (...values: number[]): number[] => values.map((value) => value * hourMs);

describe('in default mode', () => {
  test('G1: lead time 50 h at the median of 51, 4 and 50', () => {
    expect(golden.ofAnyDay).toMatchObject({
      'G1 p50, n': [50, 3],
      'G1 totals': hours(4, 50, 51).toSorted(),
      'G1 parts': { pickup: 2, review: 6 },
    });
  });

  test('G2: 0.357 deployments a day, 2.5 a week, two deploy days', () => {
    expect(golden.ofAnyDay['G2 per day, n']).toEqual([10 / 28, 10]);
    expect(golden.ofWeeks['G2 parts']).toEqual({ per_week: 2.5, deploy_days: 2 });
    expect(golden.ofWeeks['G2 weeks']).toEqual([5, 2, 0, 3]);
  });

  test('G3: a quarter failed, 26.5 h to recover, a quarter rework, a fifth of the runs', () => {
    expect(golden.ofAnyDay).toMatchObject({
      'G3 change fail rate': 0.25,
      'G3 recovery': 26.5,
      'G3 rework': 0.25,
      'G3 failed runs': 0.2,
    });
  });

  test('G4: 85 % within 8 days, a value that was observed; the median is 3.5', () => {
    expect(golden.ofAnyDay['G4 p50']).toBe(3.5 * 24);
    expect(golden.ofAnyDay['G4 expectation']).toEqual({
      sle_50: 3 * 24,
      sle_85: 8 * 24,
      sle_95: 20 * 24,
    });
  });

  test('G5: 5 items in five days and 10 items by day 9, at 85 %', () => {
    expect(golden.ofAnyDay).toMatchObject({
      'G5 items in five days': 5,
      'G5 days for ten items': 9,
    });
  });

  test('G6: 19 planned, 68.4 % kept, 20 done', () => {
    const { reliability, carryOverShare, ...figures } = golden.ofAnyDay['G6'] as Record<
      string,
      Record<string, number>
    >;
    expect(figures).toMatchObject({
      commitment: { items: 5, points: 19 },
      velocity: { points: 20 },
    });
    expect([reliability?.['points'], reliability?.['items']].map(percent)).toEqual([68.4, 60]);
    const { addedShare, removedShare, reEstimatedShare, netChangeShare } = figures;
    const shares = [addedShare, removedShare, reEstimatedShare, netChangeShare];
    expect(shares.map(percent)).toEqual([10.5, 15.8, 26.3, 21.1]);
    expect([carryOverShare?.['points'], carryOverShare?.['items']].map(percent)).toEqual([
      15.8, 20,
    ]);
  });

  test('G7: 21.2 % of the time was work', () => {
    expect(percent(golden.ofAnyDay['G7'])).toBe(21.2);
  });

  test('AI impact: medians 13.5 and 22, shift −7, delta −0.3167', () => {
    expect(golden.ofWeeks).toMatchObject({
      'AI medians': [13.5, 22],
      'AI difference': -8.5,
      'AI shift': -7,
      'AI delta': expect.closeTo(-0.3167, 4),
    });
  });

  test('AI impact: pooled −38, within the repositories +2 and +10, and the flag', () => {
    expect(golden.ofWeeks['AI Simpson']).toEqual([-38, true]);
    expect(golden.ofWeeks['AI strata']).toHaveLength(2);
    expect(golden.ofWeeks['AI strata']).toEqual(
      expect.arrayContaining([
        ['acme/small', 2],
        ['acme/large', 10],
      ]),
    );
  });
});

test.each([-40, -5, 26])('are the same %i weeks later', async (weeks) => {
  expect(await goldenFigures(weeks * weekMs)).toEqual(golden);
});

test.each([3, 45])('are the same %i days later, but those of full weeks', async (days) => {
  expect((await goldenFigures(days * dayMs)).ofAnyDay).toEqual(golden.ofAnyDay);
});

test('are the same with another team busy beside', async () => {
  expect(await goldenFigures(0, true)).toEqual(golden);
});

test.each(['Asia/Kolkata', 'America/St_Johns'])('are the same on a machine in %s', async (zone) => {
  const program = fileURLToPath(new URL('__fixtures__/golden-in-zone.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@adjutant/source', '--no-warnings', program],
    { env: { ...process.env, TZ: zone, NODE_OPTIONS: '' } },
  );
  expect(JSON.parse(stdout)).toEqual({
    zone: expect.stringMatching(zone === 'Asia/Kolkata' ? /Kolkata|Calcutta/ : /St_Johns/),
    figures: JSON.parse(JSON.stringify(golden)) as unknown,
  });
});
