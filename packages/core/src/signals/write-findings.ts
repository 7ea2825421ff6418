import { sql } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { appendEvent } from '../events/append-event.ts';
import { upsertRows } from '../store/bulk-write.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { RuleVerdict } from './judge-subjects.ts';
import type { FindingChange } from './next-findings.ts';

const kept = (column: string): string => `"signal_findings"."${column}"`;

/** What people did to a finding is not undone by a pass. */
const findingTarget = {
  table: tables.signalFindings,
  key: ['fingerprint'],
  merged: { snoozedUntil: kept('snoozed_until'), assignedPersonId: kept('assigned_person_id') },
};
const historyTarget = { table: tables.signalHistory, key: ['findingId', 'at', 'kind'] };
const runTarget = { table: tables.signalRuleRuns, key: ['ruleId'] };

export interface SignalWrite {
  workspaceId: string;
  now: number;
  /** How many streams had been read to their end when the subjects were read. */
  streamsRead: number;
  changes: readonly FindingChange[];
  verdicts: readonly RuleVerdict[];
}

/** Writes what one pass changed, in one transaction: findings, their history, events and the ledger. */
export async function writeFindings(store: Store, write: SignalWrite): Promise<void> {
  const { workspaceId, now, changes, verdicts } = write;
  await store.transaction(async (transaction) => {
    await upsertRows(
      transaction,
      findingTarget,
      workspaceId,
      changes.map(({ next }) => ({ ...next, snoozedUntil: null, assignedPersonId: null })),
    );
    await upsertRows(
      transaction,
      runTarget,
      workspaceId,
      verdicts.map((run) => runRow(run, write)),
    );
    const told = changes.filter(({ history }) => history !== null);
    if (told.length === 0) return;
    const idOf = await findingIds(transaction, workspaceId, told);
    await writeHistory(transaction, write, told, idOf);
    await announce(transaction, write, told, idOf);
    const counted = (kinds: readonly string[]): number =>
      told.filter(({ history }) => kinds.includes(history ?? '')).length;
    await appendAuditEntry(transaction, {
      workspaceId,
      at: now,
      actor: 'system',
      event: 'signals.evaluated',
      subject: null,
      detail: {
        opened: counted(['opened', 'reopened']),
        changed: counted(['changed']),
        resolved: counted(['resolved']),
      },
    });
  });
}

function runRow(
  { rule, judged, found, unknown, unknownReason, error }: RuleVerdict,
  { now, streamsRead }: SignalWrite,
) {
  return {
    ruleId: rule.id,
    ruleVersion: rule.version,
    ranAt: now,
    streamsRead,
    judged,
    open: found.length,
    unknown: unknown.size,
    unknownReason,
    error,
  };
}

async function findingIds(
  transaction: Database,
  workspaceId: string,
  changes: readonly FindingChange[],
): Promise<(fingerprint: string) => string> {
  const fingerprints = JSON.stringify(changes.map(({ next }) => next.fingerprint));
  const ids = new Map(
    await queryTuples<[string, string]>(
      transaction,
      sql`select fingerprint, id from signal_findings where workspace_id = ${workspaceId}
        and fingerprint in (select value from json_each(${fingerprints}))`,
    ),
  );
  return (fingerprint) => {
    const id = ids.get(fingerprint);
    if (id === undefined) throw new Error('A finding was written and is not there.');
    return id;
  };
}

async function writeHistory(
  transaction: Database,
  { workspaceId, now }: SignalWrite,
  changes: readonly FindingChange[],
  idOf: (fingerprint: string) => string,
): Promise<void> {
  const rows = changes.map(({ next, history, detail }) => ({
    findingId: idOf(next.fingerprint),
    at: now,
    kind: history,
    actor: 'system',
    detail,
  }));
  await upsertRows(transaction, historyTarget, workspaceId, rows);
}

/** Hosts hear of what came up and what is over, each finding under its id. */
async function announce(
  transaction: Database,
  { workspaceId, now }: SignalWrite,
  changes: readonly FindingChange[],
  idOf: (fingerprint: string) => string,
): Promise<void> {
  for (const { next, history } of changes) {
    if (!next.isAnnounced || history === 'changed' || history === null) continue;
    await appendEvent(transaction, {
      workspaceId,
      event: history === 'resolved' ? 'signal.resolved' : 'signal.opened',
      subjectId: idOf(next.fingerprint),
      detail: {
        ruleId: next.ruleId,
        severity: next.severity,
        subjectKind: next.subjectKind,
        subjectId: next.subjectId,
      },
      at: now,
    });
  }
}
