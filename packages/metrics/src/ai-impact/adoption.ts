import type { AiAdoption, AiImpactRow, AiImpactSurroundings, Window } from '@adjutant/core/domain';
import { betweenFullWeeks, rowsByWeek, type WeekOfRows } from './ai-weeks.ts';
import { countClasses } from './class-counts.ts';
import { fewestPeople, hidesPeople, mayTellClasses, tellsOfLeftOut } from './people-floor.ts';

/**
 * Returns the merged pull requests of every week by class; the unknown ones are one of the four, so
 * that the classes add up to all. A week of fewer than five people tells only how many were merged,
 * and so does one more week where the hidden ones together would still be of a handful.
 */
export function adoption(
  rows: readonly AiImpactRow[],
  weeks: Window,
  { leftOut = [] }: AiImpactSurroundings = {},
): AiAdoption {
  const found = rowsByWeek(rows, weeks);
  const left = leftOut.map((group) => rowsByWeek(group, weeks));
  const merged = found.flatMap((week) => week.rows);
  const mayTell =
    mayTellClasses(merged) &&
    !left.some((group) => tellsOfLeftOut(group.flatMap((week) => week.rows)));
  const told = mayTell ? toldWeeks(found, left, betweenFullWeeks(rows, weeks)) : new Set();
  const hidden = found.filter((week) => week.rows.length > 0 && !told.has(week)).length;
  return {
    window: weeks,
    weeks: found.map((week) => ({
      start: week.start,
      end: week.end,
      merged: week.rows.length,
      classes: told.has(week) ? countClasses(week.rows) : null,
    })),
    caveats: [...quietStart(found), ...caveatsOf(merged, mayTell, hidden)],
  };
}

function toldWeeks(
  weeks: readonly WeekOfRows[],
  leftOut: readonly (readonly WeekOfRows[])[],
  compared: Window,
): Set<WeekOfRows> {
  const isEmptyOrOfEnough = (rows: readonly AiImpactRow[]): boolean =>
    rows.length === 0 || hidesPeople(rows);
  const told = new Set(
    weeks.filter(
      (week, place) =>
        isEmptyOrOfEnough(week.rows) &&
        leftOut.every((group) => isEmptyOrOfEnough(group[place]?.rows ?? [])),
    ),
  );
  // The comparison tells the sum from its first to its last week: what is hidden there is its rest.
  const inside = weeks.filter(({ start, end }) => start >= compared.from && end <= compared.to);
  for (;;) {
    const rest = inside.filter((week) => !told.has(week)).flatMap((week) => week.rows);
    if (isEmptyOrOfEnough(rest)) return told;
    const candidates = inside.filter((week) => told.has(week) && week.rows.length > 0);
    if (candidates.length === 0) return told;
    told.delete(
      candidates.reduce((least, week) => (week.rows.length < least.rows.length ? week : least)),
    );
  }
}

/** Whether history reaches back to the first weeks is not told by the rows of later ones. */
function quietStart(weeks: readonly WeekOfRows[]): string[] {
  const first = weeks.findIndex(({ rows }) => rows.length > 0);
  if (first <= 0) return [];
  const which = first === 1 ? 'In the first week' : `In the first ${first} weeks`;
  return [`${which} no merge is known: none took place, or that time was not read.`];
}

function caveatsOf(merged: readonly AiImpactRow[], mayTell: boolean, hidden: number): string[] {
  const caveats: string[] = [];
  if (merged.length === 0) caveats.push('No merged pull request is known in these weeks.');
  else if (!mayTell) {
    caveats.push(
      `Classes are not told: they would tell of fewer than ${fewestPeople} people, who could be made out.`,
    );
  } else if (hidden > 0) {
    caveats.push(
      `${hidden} ${hidden === 1 ? 'week tells' : 'weeks tell'} only how many were merged: otherwise fewer than ${fewestPeople} people could be made out.`,
    );
  }
  if (merged.some(({ aiClass }) => aiClass === 'unknown') && mayTell) {
    caveats.push('Unknown means that no mark was found. It does not mean that no tool took part.');
  }
  return caveats;
}
