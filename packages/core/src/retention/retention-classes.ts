import { type SQL, sql } from 'drizzle-orm';
import { citationsKeptMs } from '../citations/keep-citations.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Tables } from '../store/tables.ts';
import { deliveryScope } from '../webhooks/deliveries.ts';
import type { RetentionClassId } from './retention-class-ids.ts';

const dayMs = 86_400_000;

/** What an age is judged by. */
export interface Outdated {
  workspaceId: string;
  /** Rows from before this instant are outdated. */
  before: number;
}

/** Rows that go with others: by a column of theirs that holds a column of the others. */
export interface RetentionChild {
  table: keyof Tables;
  column: string;
  parentColumn: string;
  /** What must hold of such a row too, beside its parent's going. */
  alone?: (outdated: SQL) => SQL;
}

/** The rows of one table that grow old, and what goes with them. */
export interface RetentionGroup {
  table: keyof Tables;
  /** When such a row is from, in epoch milliseconds. */
  age: SQL;
  /** What else must hold of a row that may go; asked before each batch. */
  mayGo: (database: Database, workspaceId: string) => Promise<SQL>;
  children: readonly RetentionChild[];
}

/** A kind of rows that is kept for a time of its own. */
export interface RetentionClass {
  holds: string;
  /** Null where nothing goes by itself. @unit days */
  defaultDays: number | null;
  /** Shorter than this something would break. @unit days */
  fewestDays: number;
  /**
   * `first`: into the archive before they go, and kept where there is none. `where_there_is_one`:
   * without an archive they go as well. `never`: nobody would want them back.
   */
  archived: 'first' | 'where_there_is_one' | 'never';
  groups: readonly RetentionGroup[];
}

const always = async (): Promise<SQL> => sql`true`;

/** A group whose rows have their age in one column and may go whenever a condition holds. */
function simple(table: keyof Tables, age: string, condition?: SQL): RetentionGroup {
  const mayGo = condition === undefined ? always : async () => condition;
  return { table, age: sql.raw(age), mayGo, children: [] };
}

/**
 * Every kind of rows that grows old. What is in none of them is never purged: the ledger, actions with
 * their decisions, people, and what sources show with the records it was made of. A new table belongs
 * either here or to `neverPurged`; a test says so.
 */
export const retentionClasses = {
  raw_events: {
    holds: 'what webhooks delivered, once it is read',
    defaultDays: 30,
    // A source sends again for three days: by then the key of each must be here, or it would count twice.
    fewestDays: 4,
    archived: 'where_there_is_one',
    groups: [
      { table: 'rawRecords', age: sql.raw('fetched_at'), mayGo: mayDeliveriesGo, children: [] },
    ],
  },
  reports: {
    holds: 'progress reports with everything they ever said',
    defaultDays: 365,
    fewestDays: 31,
    archived: 'first',
    groups: [
      {
        table: 'progressReports',
        // Of the day that it tells of, or of the last change where that was later.
        age: sql.raw(`max(updated_at, unixepoch("day") * 1000)`),
        mayGo: always,
        children: [{ table: 'progressReportRevisions', column: 'report_id', parentColumn: 'id' }],
      },
    ],
  },
  findings: {
    holds: 'what rules found and what became of it, once it is over',
    defaultDays: null,
    fewestDays: 31,
    archived: 'first',
    groups: [
      {
        ...simple('signalFindings', 'resolved_at', sql`state = 'resolved'`),
        children: [{ table: 'signalHistory', column: 'finding_id', parentColumn: 'id' }],
      },
    ],
  },
  notes: {
    holds: 'private notes that approved actions wrote',
    defaultDays: null,
    fewestDays: 31,
    archived: 'first',
    groups: [simple('noteDrafts', 'created_at')],
  },
  citations: {
    holds: 'answers that figures were told in, with the rows behind them',
    defaultDays: citationsKeptMs / dayMs,
    fewestDays: 1,
    archived: 'never',
    groups: [
      {
        ...simple('metricCitations', 'computed_at'),
        children: [
          {
            table: 'citedEvidence',
            column: 'evidence_digest',
            parentColumn: 'evidence_digest',
            alone: (outdated) => sql`not exists (select 1 from metric_citations
              where metric_citations.workspace_id = cited_evidence.workspace_id
                and metric_citations.evidence_digest = cited_evidence.evidence_digest
                and not (${outdated}))`,
          },
        ],
      },
    ],
  },
  contacts: {
    holds: 'who was nudged about what, which keeps nudges rare',
    defaultDays: 365,
    fewestDays: 31,
    archived: 'never',
    groups: [simple('outwardContacts', `unixepoch("day") * 1000`)],
  },
  sign_ins: {
    holds: 'sign-ins, links and questions to passkeys that are over',
    defaultDays: 30,
    fewestDays: 1,
    archived: 'never',
    groups: [
      simple('pageSessions', 'expires_at'),
      simple('loginLinks', 'expires_at'),
      simple('challenges', 'expires_at'),
      simple('authenticatorRequests', 'expires_at'),
    ],
  },
  finished_work: {
    holds: 'jobs that are done, events that were delivered, requests that were met',
    defaultDays: 7,
    fewestDays: 1,
    archived: 'never',
    groups: [
      simple('jobs', 'finished_at', sql`status = 'done'`),
      simple('outbox', 'delivered_at', sql`delivered_at is not null`),
      simple('refreshRequests', 'done_at', sql`done_at is not null`),
    ],
  },
} as const satisfies Record<RetentionClassId, RetentionClass>;

/** Returns the class as what it is in general. */
export function retentionClass(id: RetentionClassId): RetentionClass {
  return retentionClasses[id];
}

/** Which rows of a group are outdated, as a condition on its table. */
export async function outdatedRows(
  database: Database,
  group: RetentionGroup,
  { workspaceId, before }: Outdated,
): Promise<SQL> {
  const mayGo = await group.mayGo(database, workspaceId);
  return sql`workspace_id = ${workspaceId} and ${group.age} < ${before} and ${mayGo}`;
}

/**
 * Deliveries that nobody has yet to read: those of a source in whose streams a hint is still open wait.
 * The last numbered one of each source stays, so that the next has a number of its own.
 */
async function mayDeliveriesGo(database: Database, workspaceId: string): Promise<SQL> {
  return sql`${await areDeliveries(database, workspaceId)} and (delivery_number is null or (
    not ${hasOpenHint} and delivery_number < (
      select last.delivery_number from raw_records last
      where last.workspace_id = raw_records.workspace_id and last.source = raw_records.source
        and last.delivery_number is not null
      order by last.delivery_number desc limit 1)))`;
}

const hasOpenHint = sql`exists (select 1 from webhook_hints
  where webhook_hints.workspace_id = raw_records.workspace_id
    and webhook_hints.source = raw_records.source)`;

/** By the sources that there are, so that the index is used: deliveries are few among all records. */
async function areDeliveries(database: Database, workspaceId: string): Promise<SQL> {
  const sources: string[] = [];
  for (let last = ''; ; ) {
    const [row] = await queryTuples<[string]>(
      database,
      sql`select source from raw_records where workspace_id = ${workspaceId} and source > ${last}
        order by source limit 1`,
    );
    if (row === undefined) break;
    sources.push((last = row[0]));
  }
  return sql`source in (select value from json_each(${JSON.stringify(sources)}))
    and scope_external_id = ${deliveryScope}`;
}

/** Returns how many deliveries are old enough to go and wait to be read. */
export async function countUnread(
  database: Database,
  { workspaceId, before }: Outdated,
): Promise<number> {
  const [row] = await queryTuples<[number]>(
    database,
    sql`select count(*) from raw_records where workspace_id = ${workspaceId}
      and fetched_at < ${before} and delivery_number is not null and ${hasOpenHint}
      and ${await areDeliveries(database, workspaceId)}`,
  );
  return row?.[0] ?? 0;
}
