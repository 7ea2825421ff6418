import type { MetricFilter, MetricValue, Window } from '../domain.ts';
import type { AnswerMeta, Page } from './handle.ts';

export interface MetricQuery {
  metricId: string;
  window?: Window | undefined;
  /** The zone of days and weeks, such as Europe/Berlin: the workspace's unless told. */
  timeZone?: string | undefined;
  repository?: string | undefined;
  /** Only some of the rows. What each metric can be filtered by depends on what its rows are. */
  filter?: MetricFilter | undefined;
}

/** A figure with the id under which it can be checked later: see `explainCitation`. */
export interface CitedMetricValue extends MetricValue {
  citationId: string;
}

export interface MetricAnswer extends CitedMetricValue {
  title: string;
  definition: string;
  /** What the rows were filtered by, as it was understood; absent where nothing was asked. */
  filter?: MetricFilter | undefined;
  meta: AnswerMeta;
}

export interface ExplainedRow {
  id: string;
  key: string;
  title: string;
  /** The columns that the metric read. */
  values: Record<string, number | string | boolean | null>;
  rawRecordId: string | null;
}

/** Rows of the window that have no part in a figure, and why. Each row counts under its first reason. */
export interface ExcludedRows {
  reason:
    | 'written_by_people'
    | 'written_by_coding_agents'
    | 'written_by_service_bots'
    | 'written_by_others'
    | 'other_label'
    | 'other_work_type'
    | 'other_service'
    /** Read, but without what the figure is made of: its caveats say what is missing. */
    | 'not_in_figure'
    /** Opened in the window and a draft until now, so that it has not come to an end. */
    | 'draft';
  count: number;
}

/** A figure, a page of the rows behind it, and what was left out. */
export interface MetricExplanation extends Page<ExplainedRow> {
  value: MetricAnswer;
  excluded: ExcludedRows[];
}

export interface MetricComparison {
  metricId: string;
  unit: MetricValue['unit'];
  before: CitedMetricValue;
  after: CitedMetricValue;
  /** What the rows of both windows were filtered by; absent where nothing was asked. */
  filter?: MetricFilter | undefined;
  /** after − before; null where either is unknown. */
  difference: number | null;
  /** difference ÷ before; null where before is 0 or unknown. */
  relativeChange: number | null;
  /** Holds the true difference in 95 of 100 cases; null where there is too little to tell. */
  interval: { low: number; high: number } | null;
  /** What the interval says: it lies above 0, below it, or around it. */
  change: 'rose' | 'fell' | 'no_detectable_change' | 'unknown';
  caveats: string[];
  meta: AnswerMeta;
}
