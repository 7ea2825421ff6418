import type { SourceRecord } from '@adjutant/core';
import { shortHash } from '../../writing/effect-key.ts';
import { type IncidentPayload, type RestIncident, restIncidentSchema } from '../payloads.ts';
import type { Session } from '../session.ts';
import { type Histories, isDenied, readHistories } from './incident-history.ts';
import type { ListedIncident } from './recent-changes.ts';

/** Records of incidents, and what of them could not be told. */
export interface IncidentRecords {
  records: SourceRecord[];
  /** Incidents that go on in another one. */
  merged: string[];
}

/** Returns the records of listed incidents, with their histories. */
export async function makeIncidentRecords(
  session: Session,
  listed: readonly ListedIncident[],
): Promise<IncidentRecords> {
  const result: IncidentRecords = { records: [], merged: [] };
  const readable: RestIncident[] = [];
  for (const { id, raw } of listed) {
    const parsed = restIncidentSchema.safeParse(raw);
    // Kept as it came: core counts what it cannot read, and reads it once it can.
    if (!parsed.success) result.records.push({ externalId: id, payload: raw });
    else if (isMerged(parsed.data)) result.merged.push(id);
    else readable.push(parsed.data);
  }
  const histories = await historiesOf(session, readable);
  for (const incident of readable) {
    const payload: IncidentPayload = {
      ...incident,
      log_entries: histories === null ? null : [...(histories.get(incident.id) ?? [])],
    };
    result.records.push({ externalId: incident.id, payload });
  }
  return result;
}

async function historiesOf(
  session: Session,
  incidents: readonly RestIncident[],
): Promise<Histories | null> {
  if (session.isHistoryDenied) return null;
  try {
    return await readHistories(session.client, incidents);
  } catch (error) {
    if (!isDenied(error)) throw error;
    session.isHistoryDenied = true;
    return null;
  }
}

/** True for an incident that was merged into another: that one stands for it. */
export function isMerged({
  resolve_reason: reason,
}: Pick<RestIncident, 'resolve_reason'>): boolean {
  return reason?.type === 'merge_resolve_reason';
}

/** Returns what changes when anything of an incident that is read changes. */
export function stampOf({ raw }: ListedIncident): string {
  const parsed = restIncidentSchema.safeParse(raw);
  return shortHash(JSON.stringify(parsed.success ? parsed.data : raw)).slice(0, 16);
}
