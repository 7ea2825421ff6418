import type { Window } from '@adjutant/core/domain';
import { type Evidence, type EvidenceRow, noEvidence } from '../report/evidence.ts';
import type { Comparison, Figure, ReportFacts } from '../report/team-report.ts';

/** Returns a figure by its metric's id. */
export function figureOf(facts: ReportFacts, id: string): Figure | undefined {
  return facts.figures.find((figure) => figure.id === id);
}

/** Returns the comparison of a metric, if the handle could make it. */
export function comparisonOf(facts: ReportFacts, metricId: string): Comparison | undefined {
  return facts.comparisons.find((comparison) => comparison.metricId === metricId);
}

/** Returns whether the history reaches back to the begin of a window, so that it can be compared. */
export function historyCovers(facts: ReportFacts, window: Window): boolean {
  return facts.repositories.some(
    ({ firstCommitAt }) => firstCommitAt !== null && firstCommitAt <= window.from,
  );
}

/**
 * Returns those rows of a figure that a test lets through, in the figure's order. `total` is how many
 * there are in all; left out, it is what was kept, a lower bound where the test was still letting
 * rows through when the figure's rows ended.
 */
export function rowsWhere(
  figure: Figure | undefined,
  keep: (row: EvidenceRow) => boolean,
  total?: number,
): Evidence {
  if (figure === undefined) return noEvidence;
  const { rows: all, total: allTotal, order } = figure.evidence;
  const rows = all.filter(keep);
  if (total !== undefined) return { rows, total, totalIsLowerBound: false, order };
  const last = all.at(-1);
  const goesOn = allTotal > all.length && last !== undefined && keep(last);
  return { rows, total: rows.length, totalIsLowerBound: goesOn, order };
}

/** Returns a test for rows whose instant lies in a window. */
export function inWindow(window: Window): (row: EvidenceRow) => boolean {
  return ({ at }) => at !== null && at >= window.from && at < window.to;
}
