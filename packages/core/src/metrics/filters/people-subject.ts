import { eq } from 'drizzle-orm';
import type { MetricDefinition, MetricOutcome } from '../../domain.ts';
import type { ReadContext } from '../../reads/read-context.ts';
import { tables } from '../../store/tables.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import type { ColumnQuery, LoadedColumns } from '../load-columns.ts';
import { accountSeparator } from '../subjects/review-subject.ts';
import { fewestPeople } from './people-floor.ts';
import { noWholePeriod, tooFewPeople } from './protect-people.ts';
import { canonicalPerson, readPeople } from './read-people.ts';
import { notTold, type ToldOutcome, type UntoldReason } from './told-outcome.ts';

const onlyWhole: UntoldReason = {
  refusal: 'narrowed',
  text: 'Told of the whole workspace only: two narrower answers could differ by what one person did.',
};
const onlyByReview: UntoldReason = {
  refusal: 'no_whole_period',
  text: 'Not told, because it is not cut by when the reviews were: a figure on people is taken in fixed periods of four weeks.',
};
const isWhole =
  'A figure on people: only the figure itself is told, without its rows, weeks and parts, in fixed periods of four weeks of the workspace.';
const strangersLeftOut = 'Reviews by accounts of which nobody knows whose they are do not count.';

const rowsBetweenYields = 50_000;

/** Returns the definition with the columns that its floor is held by, whatever it reads itself. */
export function withFloorColumns(definition: MetricDefinition): MetricDefinition {
  const columns = [...new Set([...definition.columns.map(String), 'reviewedAt', 'reviewer'])];
  return { ...definition, columns: columns as never };
}

/**
 * Returns the rows of known people, with a number for each reviewer: it tells the people of this
 * question apart, and says nothing of who they are.
 */
export async function numberReviewers(
  context: ReadContext,
  loaded: LoadedColumns,
): Promise<LoadedColumns> {
  const personOf = await readPersonOfAccount(context);
  const numbers = new Map<string, number>();
  const reviewers: number[] = [];
  const kept: number[] = [];
  for (const [row, account] of (loaded.columns['reviewer'] ?? []).entries()) {
    if (row % rowsBetweenYields === 0) await yieldToEventLoop();
    const person = personOf.get(String(account));
    if (person === undefined) continue;
    const number = numbers.get(person) ?? numbers.size + 1;
    numbers.set(person, number);
    reviewers.push(number);
    kept.push(row);
  }
  const { ids, caveats } = loaded;
  const areAllKnown = kept.length === loaded.length;
  const columns: Record<string, unknown[]> = {};
  for (const [name, values] of Object.entries(loaded.columns)) {
    columns[name] = areAllKnown ? values : kept.map((row) => values[row]);
  }
  return {
    length: kept.length,
    columns: { ...columns, reviewer: reviewers },
    ids: areAllKnown ? ids : kept.map((row) => ids[row] ?? ''),
    caveats: areAllKnown ? caveats : [...caveats, strangersLeftOut],
  };
}

async function readPersonOfAccount({
  store,
  workspaceId,
}: ReadContext): Promise<ReadonlyMap<string, string>> {
  const { personAccounts } = tables;
  const people = await readPeople(store.read, workspaceId);
  const accounts = await store.read
    .select({
      source: personAccounts.accountSource,
      externalId: personAccounts.accountExternalId,
      personId: personAccounts.personId,
    })
    .from(personAccounts)
    .where(eq(personAccounts.workspaceId, workspaceId));
  return new Map(
    accounts.map(({ source, externalId, personId }) => [
      source + accountSeparator + externalId,
      canonicalPerson(people, personId),
    ]),
  );
}

/** Returns what is told of a figure whose rows are what people did: the figure of five or more, or why none. */
export async function outcomeOfPeople(
  { teamId }: ReadContext,
  { definition, repositoryExternalId }: ColumnQuery,
  { columns }: LoadedColumns,
  { periods, outcome }: { periods: readonly number[]; outcome: MetricOutcome },
): Promise<ToldOutcome> {
  if (teamId !== null || repositoryExternalId !== null) return notTold(onlyWhole);
  if (String(definition.windowColumn) !== 'reviewedAt') return notTold(onlyByReview);
  if (periods.length < 2) return notTold(noWholePeriod);
  if (await isOfFew(periods, columns, new Set(outcome.evidence))) return notTold(tooFewPeople);
  const { value, sampleSize, caveats } = outcome;
  const alone = { value, sampleSize, p50: null, p75: null, p90: null, evidence: [] };
  return { outcome: { ...alone, caveats: [...caveats, isWhole] }, isTold: true, refusal: null };
}

/**
 * Whether one to four people stand behind the rows of a period: behind those that make the figure, or
 * behind the others. The rows come in the order of their instants.
 */
async function isOfFew(
  periods: readonly number[],
  columns: LoadedColumns['columns'],
  inFigure: ReadonlySet<number>,
): Promise<boolean> {
  const people = periods.map(() => [new Set<unknown>(), new Set<unknown>()] as const);
  let period = 0;
  for (const [row, at] of ((columns['reviewedAt'] ?? []) as number[]).entries()) {
    if (row % rowsBetweenYields === 0) await yieldToEventLoop();
    while (at >= (periods[period + 1] ?? Number.POSITIVE_INFINITY)) period += 1;
    people[period]?.[inFigure.has(row) ? 0 : 1].add(columns['reviewer']?.[row]);
  }
  return people.flat().some(({ size }) => size > 0 && size < fewestPeople);
}
