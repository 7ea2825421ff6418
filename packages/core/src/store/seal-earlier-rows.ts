import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { queryTuples } from './raw-query.ts';
import { isBehind, type RowPlace, rowPlace } from './row-place.ts';
import { sealEarlier } from './seal-rows.ts';
import { keyExpression, readSealedShapes } from './sealed-shapes.ts';

const pageSize = 500;

/**
 * Seals every row that stands in a store of an earlier version, in the transaction of its upgrade: once,
 * so that no row can look as if it were from before.
 */
export async function sealEarlierRows(transaction: Database): Promise<void> {
  const shapes = await readSealedShapes(transaction);
  const byName = new Map(shapes.map((shape) => [shape.table, shape]));
  for (const shape of shapes) {
    const { table } = shape;
    let after: RowPlace = null;
    do {
      const rows: [string, string, string][] = await queryTuples<[string, string, string]>(
        transaction,
        sql`select ${rowPlace()}, workspace_id, ${sql.raw(keyExpression(shape))} from ${sql.raw(`"${table}"`)}
          where ${isBehind(after)} order by rowid limit ${pageSize}`,
      );
      const touched = rows.map(([, workspaceId, key]) => ({ table, workspaceId, key }));
      await sealEarlier(transaction, byName, touched);
      after = rows.length < pageSize ? null : (rows.at(-1)?.[0] ?? null);
    } while (after !== null);
  }
}
