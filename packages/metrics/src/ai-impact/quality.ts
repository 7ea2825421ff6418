import type { AiImpactQuality, AiImpactRow } from '@adjutant/core/domain';
import { mannWhitney } from './mann-whitney.ts';
import { hidesPeople } from './people-floor.ts';
import { equallyWeighted, weightedMedian } from './weighted-values.ts';
import { wilsonInterval } from './wilson-interval.ts';

interface Measure {
  id: AiImpactQuality['id'];
  title: string;
  unit: AiImpactQuality['unit'];
  valueOf: (row: AiImpactRow) => number | null;
}

const asNumber = (value: boolean | null): number | null => (value === null ? null : Number(value));

const measures: readonly Measure[] = [
  {
    id: 'reverted_30d',
    title: 'Reverted within 30 days',
    unit: 'share',
    valueOf: ({ wasReverted30d }) => asNumber(wasReverted30d),
  },
  {
    id: 'merged_without_review',
    title: 'Merged without review',
    unit: 'share',
    valueOf: ({ mergedWithoutReview }) => asNumber(mergedWithoutReview),
  },
  {
    id: 'rework_rounds',
    title: 'Rounds of rework in review (median)',
    unit: 'count',
    valueOf: ({ reworkRounds }) => reworkRounds,
  },
  {
    id: 'size_lines',
    title: 'Changed lines (median)',
    unit: 'count',
    valueOf: ({ sizeLines }) => sizeLines,
  },
];

/** Returns what stands beside speed for both arms; unknown where too few people's work shows it. */
export function compareQuality(
  assisted: readonly AiImpactRow[],
  declaredNone: readonly AiImpactRow[],
): AiImpactQuality[] {
  return measures.map(({ id, title, unit, valueOf }) => {
    const one = knownValues(assisted, valueOf);
    const other = knownValues(declaredNone, valueOf);
    // One arm alone would tell of the other by subtraction.
    const isTold = one !== null && other !== null;
    return {
      id,
      title,
      unit,
      assisted: side(isTold ? one : null, unit),
      declaredNone: side(isTold ? other : null, unit),
      pValue: isTold ? mannWhitney(one, other).pValue : null,
      adjustedPValue: null,
    };
  });
}

/** The known values of an arm; null where they are of a handful of people. */
function knownValues(rows: readonly AiImpactRow[], valueOf: Measure['valueOf']): number[] | null {
  const known = rows.filter((row) => valueOf(row) !== null);
  return hidesPeople(known) ? known.map((row) => valueOf(row) ?? 0) : null;
}

function side(
  values: readonly number[] | null,
  unit: Measure['unit'],
): AiImpactQuality['assisted'] {
  if (values === null) return { value: null, sampleSize: null, interval: null };
  const sampleSize = values.length;
  if (unit === 'count') {
    return { value: weightedMedian(equallyWeighted(values)), sampleSize, interval: null };
  }
  const part = values.reduce((sum, value) => sum + value, 0);
  return { value: part / sampleSize, sampleSize, interval: wilsonInterval(part, sampleSize) };
}
