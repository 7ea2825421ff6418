import { describe, expect, it } from 'vitest';
import { largestShareBand } from './share-band.ts';

describe('the largest share of one person', () => {
  it('is told in tenths, rounded down', () => {
    expect(largestShareBand([20, 1, 1, 1, 1])).toBe(0.8);
    expect(largestShareBand([29, 1, 1, 1, 1])).toBe(0.8);
    expect(largestShareBand([7, 3, 0.5, 0.25, 0.25])).toBe(0.6);
    expect(largestShareBand([6, 1, 1, 1, 1])).toBe(0.6);
  });

  it('is told of five people who have any and of no fewer', () => {
    expect(largestShareBand([20, 4, 1, 1])).toBeNull();
    expect(largestShareBand([20, 4, 0, 0, 0])).toBeNull();
    expect(largestShareBand([])).toBeNull();
  });
});
