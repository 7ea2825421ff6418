import { weightedShift } from './hodges-lehmann.ts';
import { drawIndex, type Generator } from './draw-index.ts';
import { weightedMedian, type WeightedValues } from './weighted-values.ts';

/** A value and whose it is. Rows of nobody known are taken as one person's. */
export interface AuthoredValue {
  value: number;
  authorKey: string | null;
}

/** @unit that of the values */
export interface Interval {
  low: number;
  high: number;
}

export interface BootstrapIntervals {
  medianDifference: Interval | null;
  shift: Interval | null;
}

/**
 * Returns 95 % percentile intervals of the difference of medians and of the Hodges–Lehmann shift. It
 * draws authors, with all that is theirs in both samples, because pull requests of one person are
 * alike: drawing them one by one would make the interval too narrow. Those who stand in one sample
 * only and those who stand in both are drawn apart, so that no draw empties a sample.
 *
 * @source Efron 1979, "Bootstrap methods"; percentile method, resampling clusters
 */
export function bootstrapByAuthor(
  first: readonly AuthoredValue[],
  second: readonly AuthoredValue[],
  generator: Generator,
  resamples: number,
): BootstrapIntervals {
  if (first.length === 0 || second.length === 0) return { medianDifference: null, shift: null };
  const authors = numbered([...first, ...second]);
  const one = laidOut(first, authors);
  const other = laidOut(second, authors);
  const groups = groupsOf(authors.size, one.owners, other.owners);
  const times = new Float64Array(authors.size);
  const differences = new Float64Array(resamples);
  const shifts = new Float64Array(resamples);
  for (let draw = 0; draw < resamples; draw += 1) {
    times.fill(0);
    for (const group of groups) {
      for (let place = 0; place < group.length; place += 1) {
        const author = group[drawIndex(generator, group.length)] ?? 0;
        times[author] = (times[author] ?? 0) + 1;
      }
    }
    const drawn = weighted(one, times);
    const otherDrawn = weighted(other, times);
    differences[draw] = (weightedMedian(drawn) ?? 0) - (weightedMedian(otherDrawn) ?? 0);
    shifts[draw] = weightedShift(drawn, otherDrawn) ?? 0;
  }
  return { medianDifference: middle95(differences), shift: middle95(shifts) };
}

interface LaidOut {
  values: Float64Array;
  /** Number of the author of each value. */
  owners: Uint32Array;
}

/** Numbers authors in the order of their keys, so that the order of rows does not matter. */
function numbered(rows: readonly AuthoredValue[]): Map<string | null, number> {
  const keys = [...new Set(rows.map(({ authorKey }) => authorKey))];
  const order = (left: string | null, right: string | null): number =>
    left === right ? 0 : left === null || (right !== null && left < right) ? -1 : 1;
  return new Map(keys.toSorted(order).map((key, place) => [key, place]));
}

function laidOut(rows: readonly AuthoredValue[], authors: Map<string | null, number>): LaidOut {
  const sorted = rows.toSorted((left, right) => left.value - right.value);
  const owners = sorted.map(({ authorKey }) => authors.get(authorKey) ?? 0);
  return {
    values: Float64Array.from(sorted, ({ value }) => value),
    owners: Uint32Array.from(owners),
  };
}

function groupsOf(count: number, first: Uint32Array, second: Uint32Array): number[][] {
  const inFirst = new Set(first);
  const inSecond = new Set(second);
  const groups: number[][] = [[], [], []];
  for (let author = 0; author < count; author += 1) {
    const isBoth = inFirst.has(author) && inSecond.has(author);
    groups[isBoth ? 2 : inFirst.has(author) ? 0 : 1]?.push(author);
  }
  return groups.filter((group) => group.length > 0);
}

function weighted({ values, owners }: LaidOut, times: Float64Array): WeightedValues {
  const kept = new Float64Array(values.length);
  const weights = new Float64Array(values.length);
  let count = 0;
  let total = 0;
  for (let row = 0; row < values.length; row += 1) {
    const weight = times[owners[row] ?? 0] ?? 0;
    if (weight === 0) continue;
    kept[count] = values[row] ?? Number.NaN;
    weights[count] = weight;
    total += weight;
    count += 1;
  }
  return { values: kept.subarray(0, count), weights: weights.subarray(0, count), total };
}

function middle95(estimates: Float64Array): Interval {
  estimates.sort();
  const at = (fraction: number): number => {
    const rank = fraction * (estimates.length - 1);
    const lower = estimates[Math.floor(rank)] ?? Number.NaN;
    return lower + ((estimates[Math.ceil(rank)] ?? lower) - lower) * (rank - Math.floor(rank));
  };
  return { low: at(0.025), high: at(0.975) };
}
