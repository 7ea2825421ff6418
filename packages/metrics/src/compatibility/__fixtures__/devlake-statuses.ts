import type { DomainRows, WorkspaceHandle } from '@adjutant/core';
import type { WorkItem } from '@adjutant/core/domain';
import { buildWorkItem } from '@adjutant/core/testing';
import { type DevlakeRow, idsOf, instantOf, source } from './devlake-tables.ts';

export interface StatusTables {
  issues: readonly DevlakeRow[];
  issue_changelogs: readonly DevlakeRow[];
}

const categories: Readonly<Record<string, WorkItem['statusCategory']>> = {
  TODO: 'to_do',
  IN_PROGRESS: 'in_progress',
  DONE: 'done',
};

/** Returns these tables as work items and their changes. */
export function statusRowsOf({ issues, issue_changelogs: changes }: StatusTables): DomainRows {
  return {
    workItems: issues.map((row) =>
      buildWorkItem({
        source,
        externalId: row['id'] ?? '',
        key: row['issue_key'] || (row['id'] ?? ''),
        statusCategory: categories[row['status'] ?? ''] ?? null,
        originalStatus: row['original_status'] || null,
        createdAt: instantOf(row['created_date']),
        startedAt: null,
        doneAt: instantOf(row['resolution_date']),
      }),
    ),
    workItemChanges: changes.map((row) => ({
      source,
      externalId: row['id'] ?? '',
      workItemExternalId: row['issue_id'] ?? '',
      field: row['field_name'] ?? '',
      fromValue: row['original_from_value'] || null,
      toValue: row['original_to_value'] || null,
      actorAccountExternalId: null,
      at: instantOf(row['created_date']) ?? 0,
    })),
  };
}

export interface StatusRow {
  issue_id: string;
  status: string;
  original_status: string;
  start_date: number | null;
  end_date: number | null;
  is_current_status: boolean;
  is_first_status: boolean;
}

/**
 * Returns `issue_status_history`. Its ways: the meaning of a status is the one that its own tables name,
 * by the connection's settings, where ours is told by the items that are in it; the last stretch is the
 * current one, but not that of a done issue without changes. Its minutes are those between the dates.
 */
export async function asDevlakeStatuses(
  handle: WorkspaceHandle,
  tables: StatusTables,
): Promise<StatusRow[]> {
  const meanings = meaningsOf(tables);
  const rows: StatusRow[] = [];
  for (const id of await idsOf(handle, 'work_item')) {
    const { externalId, isReplayed, stretches } = await handle.history.workItem(id);
    for (const [position, { status, from, to, category }] of stretches.entries()) {
      const isLeftOut = !isReplayed && category === 'done';
      rows.push({
        issue_id: externalId,
        status: meanings.get(status ?? '') ?? '',
        original_status: status ?? '',
        start_date: from,
        end_date: to,
        is_current_status: to === null && !isLeftOut,
        is_first_status: position === 0,
      });
    }
  }
  return sortStatuses(rows);
}

export function expectedStatuses(rows: readonly DevlakeRow[]): StatusRow[] {
  return sortStatuses(
    rows.map((row) => ({
      issue_id: row['issue_id'] ?? '',
      status: row['status'] ?? '',
      original_status: row['original_status'] ?? '',
      start_date: instantOf(row['start_date']),
      end_date: instantOf(row['end_date']),
      is_current_status: isTrue(row['is_current_status']),
      is_first_status: isTrue(row['is_first_status']),
    })),
  );
}

function sortStatuses(rows: readonly StatusRow[]): StatusRow[] {
  return rows.toSorted(
    (a, b) =>
      (a.issue_id < b.issue_id ? -1 : Number(a.issue_id > b.issue_id)) ||
      (a.start_date ?? 0) - (b.start_date ?? 0) ||
      (a.end_date ?? Number.MAX_SAFE_INTEGER) - (b.end_date ?? Number.MAX_SAFE_INTEGER),
  );
}

function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}

function meaningsOf({ issues, issue_changelogs: changes }: StatusTables): Map<string, string> {
  const meanings = new Map<string, string>();
  const tell = (original: string | undefined, status: string | undefined) => {
    if (original && status) meanings.set(original, status);
  };
  for (const row of changes.filter((change) => change['field_name'] === 'status')) {
    tell(row['original_from_value'], row['from_value']);
    tell(row['original_to_value'], row['to_value']);
  }
  for (const row of issues) tell(row['original_status'], row['status']);
  return meanings;
}
