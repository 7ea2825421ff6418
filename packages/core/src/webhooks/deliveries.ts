import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { StoredDelivery } from '../sync/define-connector.ts';

const deliveriesPerRead = 200;
/** Deliveries stand beside the records of a source's scopes, under a name that no scope has. */
export const deliveryScope = '@deliveries';

const headersSchema = z.record(z.string(), z.string());

interface DeliveryPlace {
  workspaceId: string;
  source: string;
}

/**
 * Returns the number of the last delivery of a source that was kept, 0 before the first. Asked in the
 * transaction that keeps the next one, it makes the numbers rise as deliveries become visible, whatever
 * the clocks of the processes say.
 */
export async function lastDeliveryNumber(
  database: Database,
  { workspaceId, source }: DeliveryPlace,
): Promise<number> {
  const [row] = await queryTuples<[number]>(
    database,
    sql`select delivery_number from raw_records
      where workspace_id = ${workspaceId} and source = ${source} and delivery_number is not null
      order by delivery_number desc limit 1`,
  );
  return row?.[0] ?? 0;
}

/** Yields the numbered deliveries of a source after one of them, in their order, a few at a time. */
export async function* readDeliveries(
  store: Pick<Store, 'read'>,
  place: DeliveryPlace,
  after: number,
): AsyncIterable<StoredDelivery> {
  // Numbers below what was read before begin anew only where the rows were taken away by hand.
  let last = after > (await lastDeliveryNumber(store.read, place)) ? 0 : after;
  for (;;) {
    const page = await queryTuples<[number, string, string, string | null, string]>(
      store.read,
      deliveriesAfter(place, last),
    );
    for (const [number, deliveryId, event, headers, text] of page) {
      const payload: unknown = JSON.parse(text);
      const told = headersSchema.safeParse(JSON.parse(headers ?? '{}'));
      yield { number, deliveryId, event, headers: told.data ?? {}, payload };
    }
    const [end] = page.at(-1) ?? [];
    if (end === undefined || page.length < deliveriesPerRead) return;
    last = end;
    await yieldToEventLoop();
  }
}

/** By an index in this very order: a page costs its own rows, however many are kept. */
export function deliveriesAfter({ workspaceId, source }: DeliveryPlace, after: number) {
  return sql`select delivery_number, external_id, stream, headers, payload from raw_records
    where workspace_id = ${workspaceId} and source = ${source}
      and delivery_number is not null and delivery_number > ${after}
    order by delivery_number limit ${deliveriesPerRead}`;
}
