import { getTableName } from 'drizzle-orm';
import { type Tables, tables } from '../store/tables.ts';
import { storedOfDecisions } from './stored-decisions.ts';
import { storedOfPeople } from './stored-people.ts';
import type { StoredTable, StoredTables } from './stored-table.ts';
import { storedOfUse } from './stored-use.ts';
import { storedOfWork } from './stored-work.ts';

/**
 * What every table holds and what of it is personal. The page "What is stored" and the privacy report
 * are both made of it.
 */
export const dataMap: StoredTables = {
  ...storedOfPeople,
  ...storedOfWork,
  ...storedOfDecisions,
  ...storedOfUse,
};

/** What one table holds, with its name in the database. */
export interface DescribedTable extends StoredTable {
  table: string;
}

/** Returns the data map as a list, in the order in which pages and reports tell it. */
export function describedTables(): DescribedTable[] {
  const names = Object.keys(dataMap) as (keyof Tables)[];
  return names.map((name) => ({ table: getTableName(tables[name]), ...dataMap[name] }));
}
