import { sql } from 'drizzle-orm';
import { mayChangeStatus, statusToldBy } from '../actions/told-status.ts';
import type { ActionStatus } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { Findings } from './finding.ts';
import type { ReadRow } from './read-chain.ts';
import { storedObject } from './stored-object.ts';

const pageSize = 1_000;

/** Where the chain leaves an action. */
interface ToldStanding {
  status: ActionStatus;
  /** The entry that says so. */
  seq: number;
  entryId: string;
  wasExecuted: boolean;
}

/** Holds the actions against what the chain tells of them, once all of it was looked at. */
export interface StandingsCheck {
  look(rows: readonly ReadRow[]): void;
  finish(): Promise<void>;
}

/**
 * Returns a check that adds a finding for each action that does not stand where its last entry left
 * it, such as an executed one that waits to be executed again, and for each that was executed twice.
 */
export function createStandingsCheck(
  database: Database,
  workspaceId: string,
  findings: Findings,
): StandingsCheck {
  const told = new Map<string, ToldStanding>();
  return {
    look(rows) {
      for (const row of rows) lookAt(row, told, findings);
    },
    async finish() {
      let after: string | null = null;
      do {
        const rows: [string, string][] = await queryTuples<[string, string]>(
          database,
          sql`select id, status from actions
            where +workspace_id = ${workspaceId} ${after === null ? sql`` : sql`and id > ${after}`} order by id limit ${pageSize}`,
        );
        for (const [id, status] of rows) {
          const standing = told.get(id);
          // What was compared is taken out, so that what is left has no row.
          told.delete(id);
          if (standing?.status !== status) await compareNow(database, workspaceId, id, findings);
        }
        after = rows.length < pageSize ? null : (rows.at(-1)?.[0] ?? null);
        await yieldToEventLoop();
      } while (after !== null);
      for (const [id, { seq, entryId, status }] of told) {
        const message = `Entry ${seq} leaves action ${id} as ${status}, and the database has no such action.`;
        findings.add('entry_without_row', message, { seq, entryId, subject: id });
      }
    },
  };
}

function lookAt(row: ReadRow, told: Map<string, ToldStanding>, findings: Findings): void {
  const { event, subject, seq, id: entryId } = row;
  if (typeof subject !== 'string' || typeof event !== 'string') return;
  // Most entries change no standing, and need not be read.
  if (!mayChangeStatus(event)) return;
  const status = statusToldBy(event, storedObject(row.detail));
  if (status === null) return;
  const before = told.get(subject);
  if (status === 'executed' && before?.wasExecuted === true) {
    const message = `Entry ${seq} tells that action ${subject} was executed a second time.`;
    findings.add('entry_added', message, { seq, entryId, subject });
  }
  const wasExecuted = before?.wasExecuted === true || status === 'executed';
  told.set(subject, { status, seq, entryId, wasExecuted });
}

/** Work may have gone on since the chain was read: the row and its entries are read again, as one. */
async function compareNow(
  database: Database,
  workspaceId: string,
  id: string,
  findings: Findings,
): Promise<void> {
  const rows = await queryTuples<
    [string, string | null, string | null, number | null, string | null]
  >(
    database,
    sql`select a.status, e.event, e.detail, e.seq, e.id from actions a
      left join audit_entries e
        on e.workspace_id = a.workspace_id and e.subject = a.id and e.seq is not null
      where a.workspace_id = ${workspaceId} and a.id = ${id} order by e.seq`,
  );
  const status = rows[0]?.[0];
  const standing = rows
    .map(([, event, detail, seq, entryId]) => {
      const told = event === null ? null : statusToldBy(event, storedObject(detail));
      return { told, seq, entryId };
    })
    .findLast(({ told }) => told !== null);
  if (status === undefined || standing?.told === status) return;
  if (standing === undefined) {
    const message = `Action ${id} stands as ${status} in the database, and the ledger tells of no such action.`;
    findings.add('row_without_entry', message, { subject: id });
    return;
  }
  const { seq, entryId, told } = standing;
  const message = `Action ${id} stands as ${status} in the database, and entry ${seq} left it as ${told}.`;
  findings.add('entry_without_row', message, { seq, entryId, subject: id });
}
