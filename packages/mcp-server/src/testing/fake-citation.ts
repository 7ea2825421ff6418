import type { AnswerMeta, CitationExplanation, CitedRow, WorkSummary } from '@adjutant/core';
import { fakeMetricAnswer, fakeWindow } from './fake-metrics.ts';
import { fakeNow } from './fake-rows.ts';

/** Returns a figure that was cited a little lower, before one row came. */
export function fakeCitation(meta: AnswerMeta): Omit<CitationExplanation, keyof CitedPage> {
  const answer = fakeMetricAnswer('lead_time', fakeWindow);
  const { citationId, definitionVersion, p50, p75, p90, gaps } = answer;
  return {
    citationId,
    question: { metricId: 'lead_time', window: fakeWindow },
    repository: null,
    teamId: null,
    cited: {
      ...{ definitionVersion, p50, p75, p90, gaps },
      value: 30.5,
      sampleSize: 37,
      rowCount: 37,
      computedAt: fakeNow,
    },
    now: { ...answer, meta },
    verdict: 'changed',
    reasons: ['1 row more, which came later or did not count before.'],
  };
}

type CitedPage = Pick<CitationExplanation, 'items' | 'total' | 'nextCursor' | 'meta'>;

/** Returns the rows behind it, the first of which came since. */
export function fakeCitedRows(work: readonly WorkSummary[]): CitedRow[] {
  return work.map(({ id, key, title }, index) => ({
    ...{ id, key, title },
    values: { totalMs: 90_000_000, mergedAt: fakeNow },
    rawRecordId: null,
    change: index === 0 ? 'added' : 'same',
  }));
}
