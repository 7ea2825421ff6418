import { expect, test } from 'vitest';
import { type CorpusFigure, corpusFigures } from './corpus-figures.ts';

const share = ({ found, of }: CorpusFigure): number => found / of;

test.each(['all', 'even', 'odd'] as const)('the rules keep what they promise: %s cases', (half) => {
  const figures = corpusFigures(half);
  expect(share(figures.secrets)).toBeGreaterThanOrEqual(0.95);
  expect(share(figures.personalData)).toBeGreaterThanOrEqual(0.9);
  expect(share(figures.falsePositives)).toBeLessThanOrEqual(0.02);
});
