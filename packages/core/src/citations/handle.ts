import type { Percentiles, Window } from '../domain.ts';
import type { ExplainedRow, MetricAnswer, MetricQuery, Page } from '../workspace/handle.ts';

/** What an answer said when it was cited. */
export interface CitedFigure extends Percentiles {
  definitionVersion: number;
  value: number | null;
  sampleSize: number;
  /** Codes of the gaps that stood beside it. */
  gaps: string[];
  /** How many rows made it. */
  rowCount: number;
  computedAt: number;
}

/** What became of a row since it was cited; null where that is not known. */
export type CitationChange = 'same' | 'changed' | 'added' | 'gone' | null;

/** A row behind the figure now, or one that was behind it then and no longer is. */
export interface CitedRow extends ExplainedRow {
  change: CitationChange;
}

export interface CitationExplanation extends Page<CitedRow> {
  citationId: string;
  /** What was asked, with the window that it came to. */
  question: MetricQuery & { window: Window };
  /** The name of the repository it was asked for; null for none, or one that is no longer known. */
  repository: string | null;
  /** The team it was asked for; null for the whole workspace. */
  teamId: string | null;
  cited: CitedFigure;
  /** The same question answered now; null where it cannot be. */
  now: MetricAnswer | null;
  verdict: 'same' | 'changed' | 'cannot_tell';
  /** Why, in sentences; none where all is the same. */
  reasons: string[];
}
