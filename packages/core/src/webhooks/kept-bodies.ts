import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { runStatement } from '../store/raw-query.ts';

/** What stands where no body is kept, or where a later delivery has it. */
export const withheld = '{}';

/** A shorter body costs no more than its row does. @unit characters */
const shortest = 512;

/** What a delivery is kept as. */
export interface DeliveryRow {
  source: string;
  stream: string;
  contentHash: string;
  payload: string;
  /** Of one that a stream reads, which keeps its own body. */
  deliveryNumber: number | null;
}

/**
 * Of deliveries that carry the same under other names only the last one keeps the body: a name that
 * nobody signed can be made up, and what was signed once be sent again under a thousand of them. The last
 * one, because what came first is forgotten first. Each keeps its hash, by which the body is found.
 */
export async function keepBodiesOnce<Row extends DeliveryRow>(
  transaction: Database,
  workspaceId: string,
  rows: readonly Row[],
): Promise<Row[]> {
  const last = new Map<string, Row>();
  for (const row of rows) if (mayShare(row)) last.set(keyOf(row), row);
  if (last.size === 0) return [...rows];
  await runStatement(transaction, withoutBodies(workspaceId, [...last.values()]));
  return rows.map((row) =>
    mayShare(row) && last.get(keyOf(row)) !== row ? { ...row, payload: withheld } : row,
  );
}

function mayShare({ deliveryNumber, payload }: DeliveryRow): boolean {
  return deliveryNumber === null && payload.length >= shortest;
}

/** By event too: what a delivery hints at follows from both. */
function keyOf({ source, stream, contentHash }: DeliveryRow): string {
  return JSON.stringify([source, stream, contentHash]);
}

function withoutBodies(workspaceId: string, rows: readonly DeliveryRow[]): SQL {
  const keys = rows.map(({ source, stream, contentHash }) => [source, contentHash, stream]);
  // The scope is written out, so that the index of deliveries is used.
  return sql`update raw_records set payload = ${withheld} where id in (
    select r.id from json_each(${JSON.stringify(keys)}) asked
    cross join raw_records r on r.workspace_id = ${workspaceId} and r.source = asked.value->>0
      and r.scope_external_id = '@deliveries' and r.content_hash = asked.value->>1
    where r.stream = asked.value->>2 and r.delivery_number is null
      and r.payload <> ${withheld})`;
}

/** The body of a delivery of `raw_records` as SQL: its own, or that of a later one which carries the same. */
export const bodyOfDelivery: SQL = sql`case when payload <> ${withheld} then payload else coalesce((
  select b.payload from raw_records b where b.workspace_id = raw_records.workspace_id
    and b.source = raw_records.source and b.scope_external_id = '@deliveries'
    and b.content_hash = raw_records.content_hash and b.stream = raw_records.stream
    and b.payload <> ${withheld} limit 1), payload) end`;
