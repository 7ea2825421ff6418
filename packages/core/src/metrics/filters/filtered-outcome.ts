import type { MetricOutcome } from '../../domain.ts';
import type { ReadContext } from '../../reads/read-context.ts';
import type { ColumnQuery } from '../load-columns.ts';
import { hasWriters, loadWriters } from './load-floor-rows.ts';
import { countPeople } from './people-floor.ts';
import { refusalOf } from './protect-people.ts';
import type { ReadFilter } from './read-filter.ts';
import { readPeople } from './read-people.ts';
import { notTold, type ToldOutcome } from './told-outcome.ts';

/** With so many people or fewer a figure of work is also one of those who did it. */
export const fewContributors = 3;
const setIsWhole =
  'Of a chosen set of people only the figure itself is told, without its rows, weeks and parts, in fixed periods of four weeks of the workspace.';
const labelIsWhole =
  'Of a label only the figure itself is told, without its weeks and parts, in fixed periods of four weeks of the workspace.';

interface FilteredQuestion {
  query: ColumnQuery;
  filter: ReadFilter;
  /** Where the periods of a figure on people begin, and the last one ends. */
  periods: readonly number[];
  /** Computes the figure without a filter, and returns the rows that make it. */
  evidenceOfAll: () => Promise<ReadonlySet<string>>;
}

/** What is told of a figure that was filtered: all, less, or why nothing. */
export async function filteredOutcome(
  context: ReadContext,
  outcome: MetricOutcome,
  { query, filter, periods, evidenceOfAll }: FilteredQuestion,
): Promise<ToldOutcome> {
  if (!filter.isOnPeople) {
    const notes = await fewContributorsNote(context, query);
    const caveats = [...outcome.caveats, ...filter.caveats, ...notes];
    return { outcome: { ...outcome, caveats }, isTold: true, refusal: null };
  }
  const all = { ...query, filter: null };
  const refusal = await refusalOf(context, { all, filter, periods, evidenceOfAll });
  if (refusal !== null) return notTold(refusal);
  const { series: _, parts: __, ...whole } = outcome;
  if (filter.asked.people === undefined) {
    const caveats = [...whole.caveats, ...filter.caveats, labelIsWhole];
    return { outcome: { ...whole, caveats }, isTold: true, refusal: null };
  }
  const caveats = [...whole.caveats, setIsWhole];
  return { outcome: { ...whole, caveats, evidence: [] }, isTold: true, refusal: null };
}

async function fewContributorsNote(context: ReadContext, query: ColumnQuery): Promise<string[]> {
  const { store, workspaceId } = context;
  if (!hasWriters(query.definition.subject)) return [];
  const people = await readPeople(store.read, workspaceId);
  const count = countPeople(await loadWriters(context, query, people));
  if (count === 0 || count > fewContributors) return [];
  return [
    `Behind these rows ${count === 1 ? 'stands one person' : `stand ${count} people`}: the figure says as much of them as of the work.`,
  ];
}
