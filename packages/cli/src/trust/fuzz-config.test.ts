import { z } from 'zod';
import { expect, test } from 'vitest';
import { schemaRoot } from '../config/schema-node.ts';
import { hostileConfig, judgeConfig, shape } from '../testing/fuzz-config.ts';

/** Chance that falls the same way each time. */
function diceOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

test('whatever a configuration says, no value gets out, no host is unnamed, and errors are ours', () => {
  const dice = diceOf(7);
  const ended = { used: 0, refused: 0 };
  for (let run = 0; run < 2_000; run += 1) ended[judgeConfig(hostileConfig(dice))] += 1;
  // Both ways are walked, so that neither property holds for want of cases.
  expect(ended.used).toBeGreaterThan(200);
  expect(ended.refused).toBeGreaterThan(200);
});

const nodeSchema = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  reference: z.string().optional(),
});

/** Every place of the schema where a variable may stand. */
function referencesIn(value: unknown, path: readonly string[]): string[] {
  const parsed = nodeSchema.safeParse(value);
  if (!parsed.success) return [];
  const { properties = {}, items, anyOf = [], reference } = parsed.data;
  return [
    ...(reference === undefined ? [] : [path.join('.')]),
    ...Object.entries(properties).flatMap(([key, each]) => referencesIn(each, [...path, key])),
    ...[items, ...anyOf].flatMap((each) => referencesIn(each, path)),
  ];
}

test('each place where a variable may stand is among those that are tried', () => {
  const tried = new Set(shape.map(([path]) => path.join('.')));
  const places = [...new Set(referencesIn(schemaRoot()[0], []))];
  expect(places.length).toBeGreaterThan(15);
  expect(places.filter((place) => !tried.has(place))).toEqual([]);
});
