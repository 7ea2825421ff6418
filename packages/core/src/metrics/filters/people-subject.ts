import type { MetricOutcome, MetricSubject } from '../../domain.ts';
import type { ReadContext } from '../../reads/read-context.ts';
import { tables } from '../../store/tables.ts';
import { eq } from 'drizzle-orm';
import type { ColumnQuery, LoadedColumns } from '../load-columns.ts';
import { accountSeparator } from '../subjects/review-subject.ts';
import { untold, type ToldOutcome } from './told-outcome.ts';
import { fewestPeople } from './people-floor.ts';
import { noWholePeriod } from './protect-people.ts';
import { canonicalPerson, readPeople } from './read-people.ts';

const onlyWhole =
  'Told of the whole workspace only: two narrower answers could differ by what one person did.';
const tooFew =
  'Not told, because fewer than five people stand behind it in one of its periods of four weeks: a figure on people needs five.';
const isWhole =
  'A figure on people: only the figure itself is told, without its rows, weeks and parts, in fixed periods of four weeks of the workspace.';

/** Returns whether every figure made of a subject's rows is one on people: each row is what one person did. */
export function isOfPeople({ subject }: { subject: MetricSubject }): boolean {
  return subject === 'review';
}

/**
 * Returns the same rows with a number for each reviewer: it tells the people of this question apart, and
 * says nothing of who they are. All who are not known count as one.
 */
export async function numberReviewers(
  { store, workspaceId }: ReadContext,
  loaded: LoadedColumns,
): Promise<LoadedColumns> {
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
  const personOf = new Map(
    accounts.map(({ source, externalId, personId }) => [
      source + accountSeparator + externalId,
      canonicalPerson(people, personId),
    ]),
  );
  const numbers = new Map<string, number>();
  const numbered = (loaded.columns['reviewer'] ?? []).map((account) => {
    const person = personOf.get(String(account)) ?? '';
    const number = numbers.get(person) ?? numbers.size + 1;
    numbers.set(person, number);
    return number;
  });
  return { ...loaded, columns: { ...loaded.columns, reviewer: numbered } };
}

/** Returns what is told of a figure whose rows are what people did: the figure of five or more, or why none. */
export function outcomeOfPeople(
  { teamId }: ReadContext,
  { repositoryExternalId }: ColumnQuery,
  { columns }: LoadedColumns,
  { periods, outcome }: { periods: readonly number[]; outcome: MetricOutcome },
): ToldOutcome {
  const refused = (reason: string): ToldOutcome => ({ outcome: untold(reason), isTold: false });
  if (teamId !== null || repositoryExternalId !== null) return refused(onlyWhole);
  if (periods.length < 2) return refused(noWholePeriod);
  if (hasSmallPeriod(periods, columns)) return refused(tooFew);
  const { value, sampleSize, caveats } = outcome;
  const alone = { value, sampleSize, p50: null, p75: null, p90: null, evidence: [] };
  return { outcome: { ...alone, caveats: [...caveats, isWhole] }, isTold: true };
}

function hasSmallPeriod(periods: readonly number[], columns: LoadedColumns['columns']): boolean {
  const at = (columns['reviewedAt'] ?? []) as number[];
  return periods.slice(0, -1).some((start, index) => {
    const end = periods[index + 1] ?? start;
    const people = new Set(
      columns['reviewer']?.filter((_, row) => (at[row] ?? 0) >= start && (at[row] ?? 0) < end),
    );
    return people.size > 0 && people.size < fewestPeople;
  });
}
