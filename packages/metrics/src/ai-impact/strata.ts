import type { AiImpactRow, AiImpactStrata, AiImpactStratum } from '@adjutant/core/domain';
import { hidesPeople } from './people-floor.ts';
import { sizeBand } from './size-band.ts';
import { equallyWeighted, weightedMedian } from './weighted-values.ts';

/** A row of one of the two arms whose duration is known. */
export type TimedRow = AiImpactRow & { hours: number };

interface Cell {
  place: Pick<AiImpactStratum, 'repository' | 'sizeBand' | 'workType'>;
  assisted: TimedRow[];
  declaredNone: TimedRow[];
}

/**
 * Returns the difference of medians over everything beside the one within pull requests of the same
 * repository, size band and work type. Where the two point opposite ways, what was worked on explains
 * the first (Simpson's paradox). A stratum counts where both its arms are of enough people; where the
 * rest would be of a handful, the smallest strata join it, so that no subtraction tells of them.
 */
export function stratify(
  assisted: readonly TimedRow[],
  declaredNone: readonly TimedRow[],
  mayTell: (rows: readonly TimedRow[]) => boolean = hidesPeople,
): AiImpactStrata {
  const cells = cellsOf(assisted, declaredNone);
  const told = keepTold(cells, mayTell);
  const strata = told.map(toStratum);
  const pooled = medianDifference(assisted, declaredNone);
  const stratified = weightedMean(strata);
  const all = assisted.length + declaredNone.length;
  return {
    pooledDifferenceHours: pooled,
    stratifiedDifferenceHours: stratified,
    simpson: pooled === null || stratified === null ? null : pooled * stratified < 0,
    strata,
    pullRequestsOutside: told.reduce((left, cell) => left - sizeOf(cell), all),
  };
}

/** Median of the first less that of the second; null where either is empty. @unit hours */
export function medianDifference(
  first: readonly { hours: number }[],
  second: readonly { hours: number }[],
): number | null {
  const one = weightedMedian(equallyWeighted(first.map(({ hours }) => hours)));
  const other = weightedMedian(equallyWeighted(second.map(({ hours }) => hours)));
  return one === null || other === null ? null : one - other;
}

function cellsOf(assisted: readonly TimedRow[], declaredNone: readonly TimedRow[]): Cell[] {
  const cells = new Map<string, Cell>();
  const cellOf = ({ repository, sizeLines, workType }: TimedRow): Cell => {
    const place = {
      repository,
      sizeBand: sizeBand(sizeLines),
      workType: workType ?? 'work type unknown',
    };
    const key = JSON.stringify(place);
    const cell = cells.get(key) ?? { place, assisted: [], declaredNone: [] };
    cells.set(key, cell);
    return cell;
  };
  for (const row of assisted) cellOf(row).assisted.push(row);
  for (const row of declaredNone) cellOf(row).declaredNone.push(row);
  // By name, so that the order of rows shows nowhere.
  return [...cells].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, cell]) => cell);
}

function keepTold(cells: readonly Cell[], mayTell: (rows: readonly TimedRow[]) => boolean): Cell[] {
  let told = cells.filter((cell) => mayTell(cell.assisted) && mayTell(cell.declaredNone));
  for (;;) {
    const rest = cells.filter((cell) => !told.includes(cell));
    const isTold = (rows: TimedRow[]): boolean => rows.length > 0 && !mayTell(rows);
    const tells =
      isTold(rest.flatMap((cell) => cell.assisted)) ||
      isTold(rest.flatMap((cell) => cell.declaredNone));
    if (!tells || told.length === 0) return told;
    const smallest = told.reduce((least, cell) => (sizeOf(cell) < sizeOf(least) ? cell : least));
    told = told.filter((cell) => cell !== smallest);
  }
}

function sizeOf({ assisted, declaredNone }: Cell): number {
  return assisted.length + declaredNone.length;
}

function toStratum({ place, assisted, declaredNone }: Cell): AiImpactStratum {
  return {
    ...place,
    assisted: assisted.length,
    declaredNone: declaredNone.length,
    medianDifferenceHours: medianDifference(assisted, declaredNone) ?? 0,
  };
}

/** A stratum tells as much as its smaller arm lets it: n₁n₂ ÷ (n₁ + n₂). */
function weightedMean(strata: readonly AiImpactStratum[]): number | null {
  let sum = 0;
  let weights = 0;
  for (const { assisted, declaredNone, medianDifferenceHours } of strata) {
    const weight = (assisted * declaredNone) / (assisted + declaredNone);
    sum += weight * medianDifferenceHours;
    weights += weight;
  }
  return weights === 0 ? null : sum / weights;
}
