import { mannWhitney } from './mann-whitney.ts';

/** How far two samples lie apart, in words. */
export type DeltaBand = 'negligible' | 'small' | 'medium' | 'large';

/**
 * Returns Cliff's delta: the share of pairs in which the first is larger, less the share in which it
 * is smaller, from −1 to 1; null where either is empty.
 *
 * @source Cliff 1993, "Dominance statistics: ordinal analyses to answer ordinal questions"
 */
export function cliffsDelta(first: ArrayLike<number>, second: ArrayLike<number>): number | null {
  const pairs = first.length * second.length;
  if (pairs === 0) return null;
  return (2 * mannWhitney(first, second, 'asymptotic').u) / pairs - 1;
}

/**
 * Returns the usual word for a delta; null of an unknown one.
 *
 * @source Romano et al. 2006: bounds 0.147, 0.33 and 0.474
 */
export function deltaBand(delta: number | null): DeltaBand | null {
  if (delta === null) return null;
  const size = Math.abs(delta);
  if (size < 0.147) return 'negligible';
  if (size < 0.33) return 'small';
  return size < 0.474 ? 'medium' : 'large';
}
