import type { ExplainedRow, MetricAnswer, WorkspaceHandle } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import type { MetricDefinition, Window } from '@adjutant/core/domain';
import { plainText } from '../outside-text/plain-text.ts';
import { type Evidence, evidenceLimit, noEvidence } from './evidence.ts';
import { explainedRow, rowsEvidence, type WorkIndex } from './evidence-rows.ts';
import { durationBands, rowDurationHours } from './row-duration.ts';
import type { Figure } from './team-report.ts';

const pageSize = 200;
/** Each further page computes the metric again; beyond this the longest rows are those among the first read. */
const mostRowsRead = 1_000;

/** Returns every metric that the handle lists as a figure, those of detail aside, each with its rows. */
export async function collectFigures(
  handle: WorkspaceHandle,
  window: Window,
  index: WorkIndex,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const definition of handle.listMetrics()) {
    if (definition.isDetail === true) continue;
    figures.push(await collectFigure(handle, definition, window, index));
  }
  return figures;
}

async function collectFigure(
  handle: WorkspaceHandle,
  definition: MetricDefinition,
  window: Window,
  index: WorkIndex,
): Promise<Figure> {
  try {
    const { answer, rows, total } = await explainAll(handle, definition.id, window);
    const hours = rows.flatMap((row) => rowDurationHours(definition.id, row.values) ?? []);
    return {
      ...describe(definition),
      ...percentilesAndValue(answer),
      definition: answer.definition,
      definitionVersion: answer.definitionVersion,
      // A part may carry a name from outside, as that of a pipeline.
      parts: answer.parts.map((part) => ({ ...part, title: plainText(part.title, 80) })),
      series: answer.series,
      distribution: durationBands(hours),
      caveats: answer.caveats.map((caveat) => plainText(caveat)),
      gaps: answer.gaps,
      unknownReason: answer.value === null ? reasonOf(answer) : null,
      evidence: evidenceOf(definition.id, rows, total, index),
    };
  } catch (error) {
    if (!AdjutantError.isInstance(error) || error.audience === 'bug') throw error;
    return unreadable(definition, error.message);
  }
}

async function explainAll(handle: WorkspaceHandle, metricId: string, window: Window) {
  const rows: ExplainedRow[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await handle.explainMetric({ metricId, window, limit: pageSize, cursor });
    rows.push(...page.items);
    if (page.nextCursor === null || page.items.length === 0 || rows.length >= mostRowsRead) {
      return { answer: page.value, rows, total: page.total };
    }
    cursor = page.nextCursor;
  }
}

function evidenceOf(
  metricId: string,
  rows: readonly ExplainedRow[],
  total: number,
  index: WorkIndex,
): Evidence {
  const timed = rows.map((row) => ({ row, hours: rowDurationHours(metricId, row.values) }));
  const isTimed = timed.some(({ hours }) => hours !== null);
  const described = timed.map(({ row, hours }) => ({ row: explainedRow(row, index), hours }));
  described.sort((left, right) =>
    isTimed ? (right.hours ?? -1) - (left.hours ?? -1) : (right.row.at ?? 0) - (left.row.at ?? 0),
  );
  const order = isTimed ? 'longest first' : 'newest first';
  const among = rows.length < total ? `, among the first ${rows.length} read` : '';
  const kept = described.slice(0, evidenceLimit).map(({ row }) => row);
  return rowsEvidence(kept, `${order}${among}`, total);
}

function reasonOf(answer: MetricAnswer): string {
  const caveat = answer.caveats[0];
  if (caveat !== undefined) return plainText(caveat);
  const gap = answer.meta.gaps.find((note) => answer.gaps.includes(note.code));
  return gap === undefined
    ? 'No row in this window has what the figure needs.'
    : plainText(gap.message);
}

function describe(definition: MetricDefinition) {
  const { id, title, unit, definition: text, version } = definition;
  return { id, title, unit, definition: text, definitionVersion: version };
}

function percentilesAndValue({ value, sampleSize, p50, p75, p90 }: MetricAnswer) {
  return { value, sampleSize, p50, p75, p90 };
}

function unreadable(definition: MetricDefinition, message: string): Figure {
  return {
    ...describe(definition),
    value: null,
    sampleSize: 0,
    p50: null,
    p75: null,
    p90: null,
    parts: [],
    series: [],
    distribution: null,
    caveats: [],
    gaps: [],
    unknownReason: `It could not be computed: ${plainText(message)}`,
    evidence: noEvidence,
  };
}
