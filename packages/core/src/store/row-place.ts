import { type SQL, sql } from 'drizzle-orm';

/**
 * Where a row stands in its table, as SQLite numbers them. A text, because whoever edits a file may number
 * a row as she likes, below zero or beyond what a number of JavaScript holds. Null stands before the first.
 */
export type RowPlace = string | null;

/** Returns the expression that reads a row's place; before it may stand the row's name. */
export function rowPlace(row = ''): SQL {
  return sql.raw(`cast(${row}rowid as text)`);
}

/** Returns the condition that a row stands behind a place. */
export function isBehind(place: RowPlace, row = ''): SQL {
  return place === null ? sql`true` : sql`${sql.raw(row)}rowid > cast(${place} as integer)`;
}

/** Returns the condition that a row stands at one of some places. */
export function amongPlaces(places: readonly string[]): SQL {
  return sql`rowid in (select cast(value as integer) from json_each(${JSON.stringify(places)}))`;
}
