import type { SprintAmount, SprintShare } from '@adjutant/core/domain';
import type { JudgedItem } from './judge-item.ts';

/** Which estimate of an item counts. */
export type Estimate = 'pointsThen' | 'pointsAtEnd';

/** Returns whether anything that counts in a sprint was ever estimated in it. */
export function usesPoints(items: readonly JudgedItem[]): boolean {
  return items.some(({ pointsThen, pointsAtEnd }) => pointsThen !== null || pointsAtEnd !== null);
}

/** Returns how many items there are and what their known estimates make together. */
export function amountOf(
  items: readonly JudgedItem[],
  estimate: Estimate,
  isInPoints: boolean,
): SprintAmount {
  const known = items.map((item) => item[estimate]).filter((points) => points !== null);
  const unestimated = items.length - known.length;
  const isUnknown = !isInPoints || (items.length > 0 && known.length === 0);
  return {
    items: items.length,
    points: isUnknown ? null : known.reduce((sum, points) => sum + points, 0),
    unestimated,
  };
}

/** Returns the items whose estimate changed after they came, and the net change of points. */
export function reEstimatedAmount(items: readonly JudgedItem[], isInPoints: boolean): SprintAmount {
  const changed = items.filter(({ pointsThen, pointsAtEnd }) => pointsThen !== pointsAtEnd);
  const net = changed.reduce(
    (sum, { pointsThen, pointsAtEnd }) => sum + (pointsAtEnd ?? 0) - (pointsThen ?? 0),
    0,
  );
  return {
    items: changed.length,
    points: isInPoints ? net : null,
    unestimated: changed.filter(({ pointsAtEnd }) => pointsAtEnd === null).length,
  };
}

/** Returns a part of what was planned; null where nothing was planned, or not in points. @unit share */
export function shareOf(
  part: Pick<SprintAmount, 'items' | 'points'>,
  planned: SprintAmount,
): SprintShare {
  return {
    items: planned.items === 0 ? null : part.items / planned.items,
    points:
      part.points === null || planned.points === null || planned.points <= 0
        ? null
        : part.points / planned.points,
  };
}

/** A share of which nothing is known. */
export const unknownShare: SprintShare = { items: null, points: null };

/** Returns added − removed + re-estimated, unknown in points where one of them is. */
export function netChange(
  added: SprintAmount,
  removed: SprintAmount,
  reEstimated: SprintAmount,
): Pick<SprintAmount, 'items' | 'points'> {
  const isKnown = added.points !== null && removed.points !== null && reEstimated.points !== null;
  return {
    items: added.items - removed.items,
    points: isKnown
      ? (added.points ?? 0) - (removed.points ?? 0) + (reEstimated.points ?? 0)
      : null,
  };
}
