import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { emptyFacts } from '../testing/facts.ts';
import { findingRules } from './rules.ts';

const notRules = new Set(['chance', 'figure-rows', 'finding-rule', 'rules', 'select-findings']);

test('every rule has a file of its name, and every such file is in the registry', () => {
  const files = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => name.slice(0, -3))
    .filter((name) => !notRules.has(name));
  expect(findingRules.map(({ id }) => id.replaceAll('_', '-')).toSorted()).toEqual(
    files.toSorted(),
  );
});

test('no rule finds anything where nothing is known', () => {
  for (const rule of findingRules) {
    expect([rule.id, rule.evaluate(emptyFacts()).outcome]).toEqual([rule.id, 'unknown']);
  }
});
