import type { IncidentEvent } from '@adjutant/core/domain';
import type { IncidentPayload } from '../payloads.ts';
import { accountOf } from './user-account.ts';

/** What of a history is kept, and what it says. Of notifications there are far more than of all these. */
const kinds: ReadonlyMap<string, IncidentEvent['kind']> = new Map([
  ['trigger_log_entry', 'triggered'],
  ['assign_log_entry', 'assigned'],
  ['escalate_log_entry', 'escalated'],
  ['acknowledge_log_entry', 'acknowledged'],
  ['unacknowledge_log_entry', 'unacknowledged'],
  ['annotate_log_entry', 'note'],
  ['resolve_log_entry', 'resolved'],
  ['reopen_log_entry', 'reopened'],
]);

/** Whether entries of a type are kept. */
export function isKeptType(type: string): boolean {
  return kinds.has(type);
}

/**
 * Returns what happened in the course of an incident, oldest first. Of one that nobody has touched no
 * history is asked for: that it began is told by the incident itself.
 */
export function incidentEvents({
  id,
  created_at,
  log_entries,
}: Pick<IncidentPayload, 'id' | 'created_at' | 'log_entries'>): IncidentEvent[] {
  const begun: IncidentEvent = {
    source: 'pagerduty',
    externalId: `created:${id}`,
    incidentExternalId: id,
    kind: 'triggered',
    at: Date.parse(created_at),
    actorAccountExternalId: null,
    summary: null,
  };
  const events = new Map<string, IncidentEvent>();
  let begins = 0;
  for (const entry of log_entries ?? []) {
    const kind = kinds.get(entry.type);
    if (kind === undefined) continue;
    // What comes in behind the first is told of the same incident again.
    if (kind === 'triggered') begins += 1;
    events.set(entry.id, {
      ...begun,
      externalId: entry.id,
      kind: kind === 'triggered' && begins > 1 ? 'alert' : kind,
      at: Date.parse(entry.created_at),
      actorAccountExternalId: accountOf(entry.agent)?.externalId ?? null,
      summary: entry.summary ?? null,
    });
  }
  return begins > 0 ? [...events.values()] : [begun, ...events.values()];
}
