import type { TimelineInstant } from './timeline.ts';

/** Wide enough for a letter of any of the fonts at the size of the labels. */
const letterWidth = 6.9;

/** How wide a label may become. */
export function labelWidth(text: string): number {
  return text.length * letterWidth;
}

export interface Place {
  left: number;
  right: number;
  /** 0 is the row next to the line of time. */
  level: number;
}

export interface Bounds {
  left: number;
  right: number;
}

/** Returns where a label lies that is centred on an x, moved into the bounds. */
export function centred(x: number, text: string, bounds: Bounds): { left: number; right: number } {
  const width = labelWidth(text);
  const left = Math.max(bounds.left, Math.min(x - width / 2, bounds.right - width));
  return { left, right: left + width };
}

const gap = 6;
const mostLevels = 6;

function overlaps(one: Bounds, other: Bounds, between = gap): boolean {
  return one.left < other.right + between && other.left < one.right + between;
}

/** Returns the first level on which each stretch overlaps none before it. */
export function stackedLevels(stretches: readonly Bounds[], between = gap): number[] {
  const placed: Place[] = [];
  for (const stretch of stretches) {
    let level = 0;
    while (placed.some((other) => other.level === level && overlaps(stretch, other, between)))
      level += 1;
    placed.push({ ...stretch, level });
  }
  return placed.map(({ level }) => level);
}

/**
 * Returns a place for the label of each instant, below the line of time: near to it, over no other
 * label, and with a free way up to its instant.
 */
export function labelPlaces(
  instants: readonly TimelineInstant[],
  xOf: (at: number) => number,
  bounds: Bounds,
): Place[] {
  const places = new Map<TimelineInstant, Place>();
  const named = instants.filter(({ label }) => label !== '');
  for (const instant of named.toSorted((left, right) => left.at - right.at)) {
    const x = xOf(instant.at);
    const others = named.filter((other) => other !== instant).map(({ at }) => xOf(at));
    const placed = [...places].map(([other, place]) => ({ ...place, x: xOf(other.at) }));
    const [best] = candidates(instant.label, x, bounds)
      .map((place) => ({ place, cost: costOf(place, x, others, placed) }))
      .toSorted((left, right) => left.cost - right.cost);
    if (best !== undefined) places.set(instant, best.place);
  }
  return instants.map((instant) => places.get(instant) ?? { left: 0, right: 0, level: 0 });
}

/** How badly a label lies: over another is worst, then in the way of one, then far from its instant. */
function costOf(
  place: Place,
  x: number,
  others: readonly number[],
  placed: readonly (Place & { x: number })[],
): number {
  let cost = place.level * 10 + Math.abs((place.left + place.right) / 2 - x) / 50;
  for (const taken of placed) {
    if (taken.level === place.level && overlaps(place, taken)) cost += 10_000;
    if (taken.level < place.level && covers(taken, x)) cost += 1_000;
    if (place.level < taken.level && covers(place, taken.x)) cost += 1_000;
  }
  // Whatever lies there must go below this label, and its way would cross it.
  for (const other of others) if (covers(place, other)) cost += place.level === 0 ? 200 : 3;
  return cost;
}

function covers({ left, right }: Bounds, x: number): boolean {
  return left - 2 < x && x < right + 2;
}

function candidates(label: string, x: number, bounds: Bounds): Place[] {
  const width = labelWidth(label);
  const lefts = [x - width / 2, x - 5, x - width + 5];
  return Array.from({ length: mostLevels }, (_, level) =>
    lefts.map((wanted) => {
      const left = Math.max(bounds.left, Math.min(wanted, bounds.right - width));
      return { left, right: left + width, level };
    }),
  ).flat();
}
