import { expect, test } from 'vitest';
import { type CorpusFigure, corpusFigures, heldOutFigures } from './corpus-figures.ts';

const share = ({ found, of }: CorpusFigure): number => found / of;

test.each(['all', 'even', 'odd'] as const)('the rules keep what they promise: %s cases', (half) => {
  const figures = corpusFigures(half);
  expect(share(figures.secrets)).toBeGreaterThanOrEqual(0.97);
  expect(share(figures.personalData)).toBeGreaterThanOrEqual(0.9);
  expect(figures.falsePositives.wrong).toEqual([]);
});

test('the rules keep what they promise on the cases that were held out', () => {
  const figures = heldOutFigures();
  expect(share(figures.secrets)).toBeGreaterThanOrEqual(0.97);
  expect(figures.falsePositives.wrong).toEqual([]);
});
