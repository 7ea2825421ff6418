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

/** Returns those rows of a figure that a test lets through, in the figure's order. */
export function rowsWhere(
  figure: Figure | undefined,
  keep: (row: EvidenceRow) => boolean,
): Evidence {
  if (figure === undefined) return noEvidence;
  const rows = figure.evidence.rows.filter(keep);
  const isBounded = figure.evidence.total > figure.evidence.rows.length;
  return { rows, total: rows.length, totalIsLowerBound: isBounded, order: figure.evidence.order };
}

/** Returns a test for rows whose instant lies in a window. */
export function inWindow(window: Window): (row: EvidenceRow) => boolean {
  return ({ at }) => at !== null && at >= window.from && at < window.to;
}
