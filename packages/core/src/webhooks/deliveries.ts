import { sql } from 'drizzle-orm';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { StoredDelivery } from '../sync/define-connector.ts';

const keptMs = 30 * 86_400_000;
const overlapMs = 5 * 60_000;
const pageSize = 200;
/** Deliveries stand beside the records of a source's scopes, under a name that no scope has. */
export const deliveryScope = '@deliveries';

/** Yields the deliveries of a source after one of them, and those of shortly before it. */
export async function* readDeliveries(
  store: Store,
  workspaceId: string,
  source: string,
  after: string | null,
): AsyncIterable<StoredDelivery> {
  for (let last = after === null ? '' : shortlyBefore(after); ; ) {
    const page = await queryTuples<[string, string, string]>(
      store.read,
      sql`select id, stream, payload from raw_records
        where id > ${last} and workspace_id = ${workspaceId} and source = ${source}
          and scope_external_id = ${deliveryScope}
        order by id limit ${pageSize}`,
    );
    for (const [id, event, payload] of page) {
      const delivered: unknown = JSON.parse(payload);
      yield { id, event, payload: delivered };
    }
    const [end] = page.at(-1) ?? [];
    if (end === undefined || page.length < pageSize) return;
    last = end;
    await yieldToEventLoop();
  }
}

/** Our keys begin with their instant in milliseconds, as twelve digits. */
function shortlyBefore(id: string): string {
  const instant = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) - overlapMs;
  const digits = Math.max(0, Number.isNaN(instant) ? 0 : instant)
    .toString(16)
    .padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}`;
}

/** Forgets deliveries of more than thirty days ago: a source sends none again after three. */
export async function forgetDeliveries(
  store: Store,
  workspaceId: string,
  source: string,
  now: number,
): Promise<void> {
  const outdated = sql`workspace_id = ${workspaceId} and source = ${source}
    and scope_external_id = ${deliveryScope} and fetched_at < ${now - keptMs}`;
  const found = await queryTuples(
    store.read,
    sql`select 1 from raw_records where ${outdated} limit 1`,
  );
  if (found.length === 0) return;
  await store.transaction((transaction) =>
    runStatement(transaction, sql`delete from raw_records where ${outdated}`),
  );
}
