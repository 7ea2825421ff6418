import type { MetricUnit } from '@adjutant/core/domain';

/** One figure beside what the generator knows. */
export interface ComparedFigure {
  title: string;
  unit: MetricUnit;
  found: number | null;
  truth: number;
  matches: boolean;
}

const tolerance = 1e-9;

/** Returns a figure with whether it is the truth; what is not known is not. */
export function compared(figure: Omit<ComparedFigure, 'matches'>): ComparedFigure {
  const { found, truth } = figure;
  const matches =
    found !== null && Math.abs(found - truth) <= tolerance * Math.max(1, Math.abs(truth));
  return { ...figure, matches };
}
