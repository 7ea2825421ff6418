import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { upsertRows } from '../store/bulk-write.ts';
import type { Database } from '../store/database.ts';
import { readRows } from '../store/json-columns.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { keysIn, namedItemMark, namedWorkMark } from './keys-in.ts';

const chunkSize = 500;
const keysTarget = {
  table: tables.pullRequestKeys,
  key: ['source', 'pullRequestExternalId', 'key'],
};

const requestSchema = z.object({
  source: z.string(),
  externalId: z.string(),
  title: z.string().nullable(),
  headRef: z.string().nullable(),
});
type MarkedRequest = z.infer<typeof requestSchema>;

/**
 * Links pull requests with the work items whose keys they name, also those of other sources, and also
 * where the item came later than the pull request. What was marked is looked at anew, from both sides,
 * so that the links follow from the rows alone: an item counts by the key that it has now.
 */
export async function linkWorkByKey(store: Store, workspaceId: string): Promise<void> {
  for (;;) {
    const chunk = await nextChunk(store.read, workspaceId);
    if (chunk.length === 0) break;
    await store.transaction(async (transaction) => {
      await writeKeys(transaction, workspaceId, chunk);
      await linkWhatIsHere(transaction, workspaceId);
      await unmark(transaction, workspaceId, chunk);
    });
    await yieldToEventLoop();
  }
  if (!(await hasMarkedItems(store.read, workspaceId))) return;
  await store.transaction(async (transaction) => {
    await partMarkedItems(transaction, workspaceId);
    await linkWhatIsHere(transaction, workspaceId);
    await runStatement(
      transaction,
      sql`delete from dirty_subjects where workspace_id = ${workspaceId} and kind = ${namedItemMark}`,
    );
  });
}

/** A mark without a pull request is one of something that is gone. */
function nextChunk(database: Database, workspaceId: string): Promise<MarkedRequest[]> {
  return readRows(
    database,
    requestSchema,
    ['source', 'externalId', 'title', 'headRef'],
    sql`select d.source as "source", d.external_id as "externalId", p.title as "title",
        p.head_ref as "headRef"
      from dirty_subjects d left join pull_requests p on p.workspace_id = d.workspace_id
        and p.source = d.source and p.external_id = d.external_id
      where d.workspace_id = ${workspaceId} and d.kind = ${namedWorkMark}
      order by d.source, d.external_id limit ${chunkSize}`,
  );
}

async function writeKeys(
  transaction: Database,
  workspaceId: string,
  chunk: readonly MarkedRequest[],
): Promise<void> {
  const rows = chunk.flatMap(({ source, externalId, title, headRef }) =>
    keysIn(title ?? '', headRef).map((key) => ({
      source,
      pullRequestExternalId: externalId,
      key,
      isLinked: false,
    })),
  );
  const asked = JSON.stringify(chunk.map(({ source, externalId }) => [source, externalId]));
  const ofChunk = sql`workspace_id = ${workspaceId} and (source, pull_request_external_id) in (
    select value->>0, value->>1 from json_each(${asked}))`;
  const named = JSON.stringify(
    rows.map(({ source, pullRequestExternalId, key }) => [source, pullRequestExternalId, key]),
  );
  await runStatement(
    transaction,
    sql`delete from pull_request_keys where ${ofChunk} and (source, pull_request_external_id, key)
      not in (select value->>0, value->>1, value->>2 from json_each(${named}))`,
  );
  await upsertRows(transaction, keysTarget, workspaceId, rows);
  await runStatement(
    transaction,
    sql`delete from pull_request_work_items where ${ofChunk} and method = 'key'
      and not exists (select 1 from pull_request_keys k join work_items w
        on w.workspace_id = k.workspace_id and w.key = k.key
        where k.workspace_id = pull_request_work_items.workspace_id
          and k.source = pull_request_work_items.source
          and k.pull_request_external_id = pull_request_work_items.pull_request_external_id
          and w.source = pull_request_work_items.work_item_source
          and w.external_id = pull_request_work_items.work_item_external_id)`,
  );
}

async function unmark(
  transaction: Database,
  workspaceId: string,
  chunk: readonly MarkedRequest[],
): Promise<void> {
  const asked = JSON.stringify(chunk.map(({ source, externalId }) => [source, externalId]));
  await runStatement(
    transaction,
    sql`delete from dirty_subjects where workspace_id = ${workspaceId} and kind = ${namedWorkMark}
      and (source, external_id) in (select value->>0, value->>1 from json_each(${asked}))`,
  );
}

async function hasMarkedItems(database: Database, workspaceId: string): Promise<boolean> {
  const rows = await queryTuples<[number]>(
    database,
    sql`select exists (select 1 from dirty_subjects
      where workspace_id = ${workspaceId} and kind = ${namedItemMark})`,
  );
  return rows[0]?.[0] === 1;
}

/** Items that are gone or have another key are let go, and keys that wait are looked at again. */
async function partMarkedItems(transaction: Database, workspaceId: string): Promise<void> {
  await runStatement(
    transaction,
    sql`delete from pull_request_work_items as l where l.workspace_id = ${workspaceId}
      and l.method = 'key' and (l.work_item_source, l.work_item_external_id) in (
        select source, external_id from dirty_subjects
        where workspace_id = ${workspaceId} and kind = ${namedItemMark})
      and not exists (select 1 from pull_request_keys k join work_items w
        on w.workspace_id = k.workspace_id and w.key = k.key
        where k.workspace_id = l.workspace_id and k.source = l.source
          and k.pull_request_external_id = l.pull_request_external_id
          and w.source = l.work_item_source and w.external_id = l.work_item_external_id)`,
  );
  await runStatement(
    transaction,
    sql`update pull_request_keys set is_linked = 0 where workspace_id = ${workspaceId}
      and is_linked = 1 and (
        key in (select w.key from dirty_subjects d join work_items w
          on w.workspace_id = d.workspace_id and w.source = d.source
            and w.external_id = d.external_id
          where d.workspace_id = ${workspaceId} and d.kind = ${namedItemMark})
        or not exists (select 1 from work_items w
          where w.workspace_id = pull_request_keys.workspace_id and w.key = pull_request_keys.key))`,
  );
}

async function linkWhatIsHere(transaction: Database, workspaceId: string): Promise<void> {
  await runStatement(
    transaction,
    sql`insert into pull_request_work_items (workspace_id, source, pull_request_external_id,
        work_item_source, work_item_external_id, method)
      select k.workspace_id, k.source, k.pull_request_external_id, w.source, w.external_id, 'key'
      from pull_request_keys k join work_items w on w.workspace_id = k.workspace_id and w.key = k.key
      where k.workspace_id = ${workspaceId} and k.is_linked = 0 on conflict do nothing`,
  );
  await runStatement(
    transaction,
    sql`update pull_request_keys set is_linked = 1
      where workspace_id = ${workspaceId} and is_linked = 0 and exists (select 1 from work_items w
        where w.workspace_id = pull_request_keys.workspace_id and w.key = pull_request_keys.key)`,
  );
}
