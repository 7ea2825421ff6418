import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { queryTuples } from './raw-query.ts';
import { sealedTables } from './sealed-tables.ts';

/** A sealed table as it is in the database that is open. */
export interface SealedShape {
  table: string;
  /** Its primary key, in its order. */
  keys: string[];
  /** Every column that the seal covers, in the order of their names. */
  columns: string[];
}

/** Returns the sealed tables that a database has: its own columns, so that a new one is covered from its first day. */
export async function readSealedShapes(database: Database): Promise<SealedShape[]> {
  const rows = await queryTuples<[string, string, number]>(
    database,
    sql`select m.name, c.name, c.pk from sqlite_master m join pragma_table_info(m.name) c
      where m.type = 'table' and m.name in (select value from json_each(${JSON.stringify(Object.keys(sealedTables))}))
      order by m.name, c.name`,
  );
  return Object.entries(sealedTables).flatMap(([table, exceptions]) => {
    const own = rows.filter(([name]) => name === table);
    if (own.length === 0) return [];
    const keys = own.filter(([, , pk]) => pk > 0).toSorted((a, b) => a[2] - b[2]);
    return [
      {
        table,
        keys: keys.map(([, name]) => name),
        columns: own.map(([, name]) => name).filter((name) => !(name in exceptions)),
      },
    ];
  });
}

/**
 * Returns the expression for a row's key as text; before it may stand the row's name in a trigger. What
 * somebody has put there as bytes has a text too.
 */
export function keyExpression({ keys }: SealedShape, row = ''): string {
  const parts = keys.map((name) => {
    const column = `${row}"${name}"`;
    return `iif(typeof(${column}) = 'blob', 'bytes ' || hex(${column}), ${column})`;
  });
  return `json_array(${parts.join(', ')})`;
}

/**
 * Returns the expression that reads a column for its seal, whatever it was declared to hold. The driver ends
 * a text at U+0000, where SQL goes on to compare what follows: such a text is read as bytes.
 */
export function wholeText(value: string): string {
  return `iif(instr(${value}, char(0)), cast(${value} as blob), ${value})`;
}
