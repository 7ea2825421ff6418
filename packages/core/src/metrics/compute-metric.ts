import { calendarIn } from '../calendar/calendar-in.ts';
import { type Citation, citeAnswer } from '../citations/cite-answer.ts';
import {
  digestRows,
  type EvidenceColumns,
  type EvidenceDigest,
} from '../citations/evidence-digest.ts';
import {
  isOfPeople,
  type MetricCalendar,
  type MetricDefinition,
  type MetricInput,
  type MetricOutcome,
  type MetricSettings,
  type MetricSubject,
  type MetricValue,
  type Window,
} from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { readAnswerMeta } from '../reads/answer-meta.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { findRepository } from '../reads/repositories.ts';
import { readTouchingGaps } from '../reads/touching-gaps.ts';
import type { AnswerMeta, MetricAnswer, MetricQuery } from '../workspace/handle.ts';
import type { Resampled } from './change-interval.ts';
import { valueOfDraws } from './value-of-draws.ts';
import { filteredOutcome } from './filters/filtered-outcome.ts';
import { numberReviewers, outcomeOfPeople, withFloorColumns } from './filters/people-subject.ts';
import { noteUntold } from '../privacy/note-untold.ts';
import { readFilter } from './filters/read-filter.ts';
import { type ToldOutcome, untold } from './filters/told-outcome.ts';
import { wholePeriods } from './filters/whole-periods.ts';
import { type ColumnQuery, countKnown, type LoadedColumns, loadColumns } from './load-columns.ts';
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
  /** What was read for it, with everything resolved that stood open. */
  query: ColumnQuery;
  rowsRead: number;
  /** False where the figure, being one on people, is not told. */
  isTold: boolean;
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
  const { clock, settings } = context;
  const now = clock.now();
  const filter = await readFilter(context, definition, query);
  const isOnPeople = filter?.isOnPeople === true || isOfPeople(definition);
  const asked = readWindow(query.window, now);
  const { window, periods } = isOnPeople
    ? windowOnPeople(asked, now, settings)
    : { window: asked, periods: [] };
  const repositoryExternalId =
    query.repository === undefined ? null : await findRepository(context, query.repository);
  const meta = knownMeta ?? (await readAnswerMeta(context));
  // Weeks of another zone would cut the periods of a figure on people a few hours off.
  const zone = isOnPeople ? undefined : query.timeZone;
  const calendar = calendarIn(zone ?? settings.timeZone);
  const columnQuery = { definition, window, repositoryExternalId, filter };
  const made = await compute(context, columnQuery, calendar);
  const { loaded, rest } = made;
  const { outcome, isTold, refusal } = await toldOf(context, made, {
    query: columnQuery,
    periods,
    calendar,
  });
  if (refusal !== null) noteUntold(context, filter?.asked ?? null, refusal);
  const { answer, citation, evidence } = await answerOf(context, {
    query: columnQuery,
    question: { ...query, timeZone: calendar.timeZone, ...(filter && { filter: filter.asked }) },
    loaded,
    outcome,
    meta,
  });
  const names = Object.keys(loaded.columns).filter((name) => name !== 'id');
  const { windowColumn } = definition;
  const resampled: Resampled | null =
    windowColumn === null || isOnPeople
      ? null
      : {
          window,
          instants: (loaded.columns[windowColumn] ?? []) as (number | null)[],
          valueOf: valueOfDraws(definition, loaded.columns, rest),
        };
  return {
    answer,
    query: columnQuery,
    rowsRead: rest.known.rows,
    isTold,
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

/** Computes a metric of a list; what cannot be filtered as asked is left unknown, and says why. */
export async function computeOrLeaveUnknown(
  context: ReadContext,
  query: MetricQuery & { window: Window },
  meta: AnswerMeta,
): Promise<Pick<ComputedMetric, 'answer' | 'citation'>> {
  const { filter, ...whole } = query;
  if (filter === undefined) return computeMetric(context, whole, meta);
  try {
    return await computeMetric(context, query, meta);
  } catch (error) {
    if (!AdjutantError.isInstance(error) || error.code !== 'InvalidInput') throw error;
    const definition = findMetric(context, query.metricId);
    const { window } = query;
    const calendar = calendarIn(query.timeZone ?? context.settings.timeZone);
    const told = await answerOf(context, {
      query: { definition, window, repositoryExternalId: null },
      question: { ...query, timeZone: calendar.timeZone },
      loaded: { length: 0, columns: {}, ids: [], caveats: [] },
      outcome: untold(error.message),
      meta,
    });
    return told;
  }
}

interface ToAnswer {
  query: ColumnQuery;
  /** As it was asked, with the zone that it came to. */
  question: MetricQuery & { timeZone: string };
  loaded: LoadedColumns;
  outcome: MetricOutcome;
  meta: AnswerMeta;
}

async function answerOf(
  context: ReadContext,
  { query, question, loaded, outcome, meta }: ToAnswer,
): Promise<Pick<ComputedMetric, 'answer' | 'citation'> & { evidence: EvidenceColumns }> {
  const { definition, window, repositoryExternalId } = query;
  const { workspaceId, teamId } = context;
  const { timeZone, filter } = question;
  const value: MetricValue = {
    metricId: definition.id,
    definitionVersion: definition.version,
    unit: definition.unit,
    window,
    timeZone,
    value: outcome.value,
    sampleSize: outcome.sampleSize,
    p50: outcome.p50,
    p75: outcome.p75,
    p90: outcome.p90,
    parts: outcome.parts ?? [],
    series: outcome.series ?? [],
    caveats: [...outcome.caveats, ...loaded.caveats],
    gaps: await readTouchingGaps(context, definition, repositoryExternalId),
    evidenceIds: evidenceOf({ loaded, outcome }),
  };
  const repository = repositoryExternalId ?? undefined;
  const cited = { ...question, metricId: definition.id, window, repository };
  const evidence = { ids: loaded.ids, columns: loaded.columns, positions: outcome.evidence };
  const now = context.clock.now();
  const citation = citeAnswer({ workspaceId, teamId, question: cited }, value, evidence, now);
  const { citationId } = citation.row;
  const { title, definition: text } = definition;
  const asked = filter === undefined ? {} : { filter };
  return {
    answer: { ...value, title, definition: text, citationId, ...asked, meta },
    citation,
    evidence,
  };
}

interface Made {
  loaded: LoadedColumns;
  rest: Omit<MetricInput<MetricSubject, never>, 'columns'>;
  outcome: MetricOutcome;
}

/** Computes a figure over the rows of a question, whoever they are of. */
async function compute(
  context: ReadContext,
  query: ColumnQuery,
  calendar: MetricCalendar,
): Promise<Made> {
  const { definition, window } = query;
  const { clock, settings } = context;
  const now = clock.now();
  const loaded = isOfPeople(definition)
    ? await numberReviewers(
        context,
        await loadColumns(context, { ...query, definition: withFloorColumns(definition) }),
      )
    : await loadColumns(context, { ...query, now });
  const known = await countKnown(context, query, loaded.length);
  const coverage = loaded.length > 0 ? null : await loadCoverage(context, query);
  const beside = await loadShown(context, query);
  const rest = { window: { ...window, calendar }, now, settings, coverage, known, ...beside };
  // The loader read exactly the columns that this definition named.
  const columns = { ...loaded.columns, length: loaded.length } as never;
  return { loaded, rest, outcome: definition.compute({ columns, ...rest }) };
}

function evidenceOf({ loaded, outcome }: Pick<Made, 'loaded' | 'outcome'>): string[] {
  return Array.from(outcome.evidence, (position) => loaded.ids[position] ?? '');
}

/** What a viewer is told of a figure: all, or less where it is one on people. */
async function toldOf(
  context: ReadContext,
  { loaded, outcome }: Made,
  of: { query: ColumnQuery; periods: readonly number[]; calendar: MetricCalendar },
): Promise<ToldOutcome> {
  const { query, periods, calendar } = of;
  const { filter = null, definition } = query;
  if (isOfPeople(definition)) {
    return outcomeOfPeople(context, query, loaded, { periods, outcome });
  }
  if (filter === null) return { outcome, isTold: true, refusal: null };
  return filteredOutcome(context, outcome, {
    query,
    filter,
    periods,
    async evidenceOfAll() {
      return new Set(evidenceOf(await compute(context, { ...query, filter: null }, calendar)));
    },
  });
}

/** The window of a figure on people: its periods of four weeks that have ended. */
function windowOnPeople(
  asked: Window,
  now: number,
  { timeZone }: MetricSettings,
): { window: Window; periods: readonly number[] } {
  const periods = wholePeriods(asked, now, timeZone);
  const [from, to] = [periods[0], periods.at(-1)];
  const isWhole = from !== undefined && to !== undefined && from < to;
  return { window: isWhole ? { from, to } : asked, periods };
}

function scalar(value: unknown): number | string | boolean | null {
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean'
    ? value
    : null;
}
