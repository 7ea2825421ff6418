import type { ReadContext } from '../../reads/read-context.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import type { ColumnQuery } from '../load-columns.ts';
import { type AuthoredRow, loadFloorRows } from './load-floor-rows.ts';
import {
  countPeople,
  type Division,
  fewestPeople,
  type FloorRow,
  tellableDivisions,
} from './people-floor.ts';
import type { ReadFilter } from './read-filter.ts';
import { type KnownPeople, readPeople } from './read-people.ts';
import type { UntoldReason } from './told-outcome.ts';
import { isSameSet, keepToldSet, type PeopleSet, readToldSets } from './told-people-sets.ts';

/** Why a figure on people is not told. */
export const tooFewPeople: UntoldReason = {
  refusal: 'too_few_people',
  text: 'Not told, because fewer than five people stand behind it, or behind what it leaves out, in one of its periods of four weeks: a figure on people needs five.',
};
const tooAlike: UntoldReason = {
  refusal: 'too_alike',
  text: 'Not told, because fewer than five people lie between this set and what was told before, or everybody else: one answer minus the other would be a figure on them.',
};
export const noWholePeriod: UntoldReason = {
  refusal: 'no_whole_period',
  text: 'Not told, because the window holds no period of four whole weeks that has ended: a figure on people is taken in fixed periods of four weeks, so that two windows never differ by what one person did.',
};

interface FloorQuestion {
  /** The question in whole periods, and nothing filtered. */
  all: ColumnQuery;
  filter: ReadFilter;
  /** Where the periods begin, and the last one ends. */
  periods: readonly number[];
  /** The rows that make the figure where nothing is filtered. */
  evidenceOfAll: () => Promise<ReadonlySet<string>>;
}

/**
 * Returns why a figure on people must not be told; null where it may be. The rule is that of
 * `tellableDivisions`, held for each period by itself, over all its rows, and over those that make the
 * figure told apart from those that do not. Labels come first, those of most people before others; then the chosen sets
 * that were told before; then the one that is asked for, which is kept where it may be told.
 * @throws AdjutantError `Permission` where somebody who does not lead asks about a new set
 */
export async function refusalOf(
  context: ReadContext,
  question: FloorQuestion,
): Promise<UntoldReason | null> {
  const { all, filter, periods } = question;
  if (periods.length < 2) return noWholePeriod;
  const { workspaceId, store } = context;
  const people = await readPeople(store.read, workspaceId);
  const { labels, people: chosenIds } = filter.asked;
  const chosen = chosenIds === undefined ? null : new Set(chosenIds);
  const sets = chosen === null ? [] : await readToldSets(store.read, workspaceId, people);
  if (chosen !== null && !isApart(people, chosen, sets)) return tooAlike;
  const rows = await loadFloorRows(context, all, people);
  const evidence = await question.evidenceOfAll();
  const asked = { labels: labels ?? [], chosen, sets };
  for (const [index, start] of periods.slice(0, -1).entries()) {
    const end = periods[index + 1] ?? start;
    const ofPeriod = rows.filter(({ at }) => at >= start && at < end);
    const isTold =
      mayTell(ofPeriod, asked) && mayTell(ofPeriod, asked, ({ id }) => evidence.has(id));
    if (!isTold) return tooFewPeople;
    await yieldToEventLoop();
  }
  if (chosen !== null) await keepToldSet(context, chosen, { sets, people });
  return null;
}

interface Asked {
  labels: readonly string[];
  chosen: PeopleSet | null;
  sets: readonly PeopleSet[];
}

/** Whether what is asked for may be told of the rows of one period, beside a cut that is known anyway. */
function mayTell(
  rows: readonly AuthoredRow[],
  { labels, chosen, sets }: Asked,
  isKnownApart?: (row: AuthoredRow) => boolean,
): boolean {
  const divisions = [
    ...divisionsByLabel(rows),
    ...(chosen === null ? [] : divisionsBySet(chosen, sets)),
  ];
  const told = tellableDivisions(rows, divisions, isKnownApart);
  const isAbsent = (holds: (row: AuthoredRow) => boolean): boolean => !rows.some(holds);
  const mayTellLabels = labels.every(
    (label) => told.has(labelKey(label)) || isAbsent((row) => row.labels.has(label)),
  );
  return mayTellLabels && (chosen === null || told.has(askedKey) || isAbsent(isBy(chosen)));
}

/** Labels that somebody used, those of most people first: what is left out is then the rarer one. */
function divisionsByLabel(rows: readonly AuthoredRow[]): Division<AuthoredRow>[] {
  const used = new Map<string, AuthoredRow[]>();
  for (const row of rows) {
    for (const label of row.labels) {
      const some = used.get(label);
      if (some === undefined) used.set(label, [row]);
      else some.push(row);
    }
  }
  return [...used]
    .map(([label, some]) => ({ label, people: countPeople(some) }))
    .filter(({ people }) => people === 0 || people >= fewestPeople)
    .toSorted((left, right) => right.people - left.people || (left.label < right.label ? -1 : 1))
    .map(({ label }) => ({ key: labelKey(label), holds: (row) => row.labels.has(label) }));
}

const askedKey = 'asked';

function labelKey(label: string): string {
  return `label ${label}`;
}

/** The sets that were told, and the one that is asked for at its place among them or behind them. */
function divisionsBySet(chosen: PeopleSet, sets: readonly PeopleSet[]): Division<FloorRow>[] {
  const told = sets.map((set, position) => ({
    key: isSameSet(set, chosen) ? askedKey : `set ${position}`,
    holds: isBy(set),
  }));
  const isKnown = told.some(({ key }) => key === askedKey);
  return isKnown ? told : [...told, { key: askedKey, holds: isBy(chosen) }];
}

function isBy(set: PeopleSet): (row: FloorRow) => boolean {
  return ({ person }) => person !== null && set.has(person);
}

/** Whether at least five people, or none, lie between a set, those told before and everybody else. */
function isApart(people: KnownPeople, chosen: PeopleSet, sets: readonly PeopleSet[]): boolean {
  const everybody = [...people].flatMap(([person, into]) => (into === null ? [{ person }] : []));
  return tellableDivisions(everybody, divisionsBySet(chosen, sets)).has(askedKey);
}
