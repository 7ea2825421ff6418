import {
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';

/**
 * What tables are made of, and no more than both SQLite and Postgres really have, so that one table
 * definition and one query serve both (ADR 0002).
 */
export const sqliteKit = {
  table: sqliteTable,
  text: () => text(),
  integer: () => integer(),
  real: () => real(),
  /** Epoch milliseconds, UTC. */
  instant: () => integer(),
  flag: () => integer({ mode: 'boolean' }),
  json: <T>() => text({ mode: 'json' }).$type<T>(),
  index,
  unique: uniqueIndex,
  primaryKey,
};

export type ColumnKit = typeof sqliteKit;
