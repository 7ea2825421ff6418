import { calendarIn } from '../calendar/calendar-in.ts';
import { type Citation, citeAnswer } from '../citations/cite-answer.ts';
import { digestRows, type EvidenceDigest } from '../citations/evidence-digest.ts';
import type { MetricDefinition, MetricValue, Window } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { readAnswerMeta } from '../reads/answer-meta.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { findRepository } from '../reads/repositories.ts';
import { readTouchingGaps } from '../reads/touching-gaps.ts';
import type { AnswerMeta, MetricAnswer, MetricQuery } from '../workspace/handle.ts';
import type { Resampled } from './change-interval.ts';
import { loadColumns } from './load-columns.ts';
import { loadCoverage } from './load-coverage.ts';
import { loadShown } from './load-shown.ts';

const dayMs = 86_400_000;
const defaultWindowDays = 90;

export interface EvidenceRow {
  id: string;
  values: Record<string, number | string | boolean | null>;
}

export interface ComputedMetric {
  answer: MetricAnswer;
  /** What is kept of it by whoever gives the answer out. */
  citation: Citation;
  /** Every row behind the value with a digest of what was read of it. */
  evidenceDigests(): EvidenceDigest[];
  /** How the value varies with its rows; null where the rows are no events of the window. */
  resampled: Resampled | null;
  /** Returns one of the rows behind the value, with the columns that were read. */
  evidenceAt(index: number): EvidenceRow;
}

/** Returns the definition. @throws AdjutantError `NotFound`, naming those that exist */
export function findMetric(context: ReadContext, metricId: string): MetricDefinition {
  const found = context.metrics.metrics.find(
    ({ id, aliases }) => id === metricId || aliases?.includes(metricId) === true,
  );
  if (found !== undefined) return found;
  const known = context.metrics.metrics.map((metric) => metric.id);
  throw new AdjutantError('NotFound', 'There is no metric of that id.', {
    hint: known.length === 0 ? 'No metrics were given.' : `Known are: ${known.join(', ')}.`,
  });
}

/** Returns the window asked for, or the last ninety days. @throws AdjutantError `InvalidInput` */
export function readWindow(window: Window | undefined, now: number): Window {
  if (window === undefined) return { from: now - defaultWindowDays * dayMs, to: now };
  const whole = Number.isSafeInteger(window.from) && Number.isSafeInteger(window.to);
  if (!whole || window.from >= window.to) {
    throw new AdjutantError('InvalidInput', 'The window must end after it begins.', {
      hint: 'Give both ends as epoch milliseconds, the earlier one first.',
    });
  }
  return window;
}

/** Computes a metric and keeps the rows that made it. */
export async function computeMetric(
  context: ReadContext,
  query: MetricQuery,
  knownMeta?: AnswerMeta,
): Promise<ComputedMetric> {
  const definition = findMetric(context, query.metricId);
  const now = context.clock.now();
  const window = readWindow(query.window, now);
  const repositoryExternalId =
    query.repository === undefined ? null : await findRepository(context, query.repository);
  const meta = knownMeta ?? (await readAnswerMeta(context));
  const columnQuery = { definition, window, repositoryExternalId };
  const loaded = await loadColumns(context, columnQuery);
  const coverage = loaded.length > 0 ? null : await loadCoverage(context, columnQuery);
  const beside = await loadShown(context, columnQuery);
  const columns = { ...loaded.columns, length: loaded.length };
  const { settings } = context;
  const calendar = calendarIn(query.timeZone ?? settings.timeZone);
  // The loader read exactly the columns that this definition named.
  const rows = columns as never;
  const rest = { window: { ...window, calendar }, now, settings, coverage, ...beside };
  const outcome = definition.compute({ columns: rows, ...rest });
  const value: MetricValue = {
    metricId: definition.id,
    definitionVersion: definition.version,
    unit: definition.unit,
    window,
    timeZone: calendar.timeZone,
    value: outcome.value,
    sampleSize: outcome.sampleSize,
    p50: outcome.p50,
    p75: outcome.p75,
    p90: outcome.p90,
    parts: outcome.parts ?? [],
    series: outcome.series ?? [],
    caveats: [...outcome.caveats, ...loaded.caveats],
    gaps: await readTouchingGaps(context, definition, repositoryExternalId),
    evidenceIds: Array.from(outcome.evidence, (position) => loaded.ids[position] ?? ''),
  };
  const names = Object.keys(loaded.columns).filter((name) => name !== 'id');
  const { windowColumn } = definition;
  const resampled: Resampled | null =
    windowColumn === null
      ? null
      : {
          window,
          instants: (loaded.columns[windowColumn] ?? []) as (number | null)[],
          valueOf: (positions) =>
            definition.compute({ columns: columnsAt(loaded.columns, positions) as never, ...rest })
              .value,
        };
  const { workspaceId, teamId } = context;
  const { timeZone } = value;
  const repository = repositoryExternalId ?? undefined;
  const question = { ...query, metricId: definition.id, window, timeZone, repository };
  const evidence = { ids: loaded.ids, columns: loaded.columns, positions: outcome.evidence };
  const citation = citeAnswer({ workspaceId, teamId, question }, value, evidence, now);
  const { citationId } = citation.row;
  const { title, definition: text } = definition;
  return {
    answer: { ...value, title, definition: text, citationId, meta },
    citation,
    evidenceDigests: () => digestRows(evidence),
    resampled,
    evidenceAt(index) {
      const position = outcome.evidence[index] ?? -1;
      const values = names.map((name) => [name, scalar(loaded.columns[name]?.[position])]);
      return {
        id: loaded.ids[position] ?? '',
        values: Object.fromEntries(values) as EvidenceRow['values'],
      };
    },
  };
}

/** The same columns, of the rows at these positions only. */
function columnsAt(
  columns: Readonly<Record<string, unknown[]>>,
  positions: readonly number[],
): Record<string, unknown> {
  const chosen: Record<string, unknown> = { length: positions.length };
  for (const [name, values] of Object.entries(columns)) {
    chosen[name] = positions.map((position) => values[position]);
  }
  return chosen;
}

function scalar(value: unknown): number | string | boolean | null {
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean'
    ? value
    : null;
}
