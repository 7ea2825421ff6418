import { describe, expect, test } from 'vitest';
import { keyOfName, notCounted, type ShownDelivery } from './not-counted.ts';

const dayMs = 86_400_000;
const first = Date.UTC(2026, 0, 1);
const at = (day: number): number => first + day * dayMs;
const shown = (name: string, from: number, until: number): ShownDelivery => ({
  name,
  firstAt: at(from),
  lastAt: at(until),
});
const forEver = 8_640_000_000_000_000;

describe('of deployments that were sent', () => {
  test('those of an environment that the other source does not show all count', () => {
    expect(notCounted('deployment', [shown('production', 0, 90)], [])).toEqual([]);
    const others = [shown('preview', 0, 90), shown('staging', 0, 90)];
    expect(notCounted('deployment', [shown('production', 0, 90)], others)).toEqual([]);
  });

  test('none of one that it shows all along counts', () => {
    const sent = [shown('production', 0, 90)];
    expect(notCounted('deployment', sent, [shown('production', 0, 61)])).toEqual([
      { name: 'production', fromAt: at(-1), untilAt: forEver },
    ]);
  });

  test('those count that came before it began', () => {
    const [found] = notCounted(
      'deployment',
      [shown('production', 0, 90)],
      [shown('production', 40, 89)],
    );
    expect(found).toEqual({ name: 'production', fromAt: at(39), untilAt: forEver });
  });

  test('those count that came after it ended, once thirty days have gone by', () => {
    const ended = (sentUntil: number) =>
      notCounted('deployment', [shown('production', 0, sentUntil)], [shown('production', 0, 40)]);
    expect(ended(70)[0]?.untilAt, 'thirty days').toBe(forEver);
    expect(ended(71)[0]?.untilAt, 'a day more').toBe(at(41));
  });

  test('names of production are one, each with what follows it', () => {
    const sent = ['production', 'prod-eu', 'staging', 'Preview'].map((name) => shown(name, 0, 9));
    const names = (...others: string[]) =>
      notCounted(
        'deployment',
        sent,
        others.map((name) => shown(name, 0, 9)),
      ).map(({ name }) => name);
    expect(names('Live')).toEqual(['production']);
    expect(names('PROD')).toEqual(['production']);
    expect(names('production-eu')).toEqual(['prod-eu']);
    expect(names('production-us', 'reproduction', 'product')).toEqual([]);
    expect(names('preview ')).toEqual(['Preview']);
  });

  test('two names of one environment end together', () => {
    const sent = [shown('prod', 0, 10), shown('production', 0, 90)];
    const found = notCounted('deployment', sent, [shown('Production', 0, 20)]);
    expect(found.map(({ untilAt }) => untilAt)).toEqual([at(21), at(21)]);
  });
});

test('pipelines are one by their name alone', () => {
  expect(keyOfName('pipeline_run', 'Prod')).toBe('prod');
  expect(
    notCounted(
      'pipeline_run',
      [shown('Tests', 0, 9), shown('live', 0, 9)],
      [shown('tests', 0, 9), shown('production', 0, 9)],
    ),
  ).toMatchObject([{ name: 'Tests' }]);
});
