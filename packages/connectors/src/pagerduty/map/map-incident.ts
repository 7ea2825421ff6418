import type { DomainRows } from '@adjutant/core';
import type { Account } from '@adjutant/core/domain';
import type { IncidentPayload, Reference } from '../payloads.ts';
import { incidentEvents } from './incident-events.ts';
import { accountOf } from './user-account.ts';

/**
 * Returns the rows that an incident stands for. Pure. Its service is known by PagerDuty's id, which
 * stays when the name changes; an incident that moved belongs to the service it is at now.
 */
export function mapIncident(payload: IncidentPayload): DomainRows {
  return {
    accounts: accountsOf(payload),
    incidents: [
      {
        source: 'pagerduty',
        externalId: payload.id,
        title: payload.title,
        serviceKey: payload.service?.id ?? null,
        severity: payload.priority?.summary ?? payload.priority?.name ?? payload.urgency ?? null,
        // PagerDuty does not say what caused it.
        isExternal: false,
        createdAt: Date.parse(payload.created_at),
        acknowledgedAt: acknowledgedAt(payload),
        resolvedAt: resolvedAt(payload),
        url: pageOf(payload.html_url),
        assigneeAccountExternalIds: assigneesOf(payload),
      },
    ],
    incidentEvents: incidentEvents(payload),
  };
}

/** It is shown as a link: anything but a page is none. */
function pageOf(url: string | null | undefined): string | null {
  const isPage = typeof url === 'string' && URL.canParse(url) && url.startsWith('https://');
  return isPage ? url : null;
}

/** Whose it is now. A policy may be assigned too: that is nobody. */
function assigneesOf({ assignments }: IncidentPayload): string[] | null {
  if (assignments === null || assignments === undefined) return null;
  const ids = assignments.flatMap(({ assignee }) => accountOf(assignee)?.externalId ?? []);
  return [...new Set(ids)].toSorted();
}

/** The first time that anybody took it up, also where it was let go again. */
function acknowledgedAt({ log_entries, acknowledgements }: IncidentPayload): number | null {
  const instants = [
    ...(log_entries ?? []).flatMap(({ type, created_at }) =>
      type === 'acknowledge_log_entry' ? Date.parse(created_at) : [],
    ),
    // Only of those who hold it now.
    ...(acknowledgements ?? []).map(({ at }) => Date.parse(at)),
  ];
  return instants.length === 0 ? null : Math.min(...instants);
}

/** When it was resolved last; null while it is open, also where it was resolved before. */
function resolvedAt(payload: IncidentPayload): number | null {
  const { status, resolved_at, last_status_change_at, log_entries } = payload;
  if (status !== 'resolved') return null;
  const entry = (log_entries ?? []).findLast(({ type }) => type === 'resolve_log_entry');
  const text = resolved_at ?? entry?.created_at ?? last_status_change_at ?? null;
  return text === null ? null : Date.parse(text);
}

function accountsOf(payload: IncidentPayload): Account[] {
  const references: (Reference | null | undefined)[] = [
    ...(payload.assignments ?? []).map(({ assignee }) => assignee),
    ...(payload.acknowledgements ?? []).map(({ acknowledger }) => acknowledger),
    ...(payload.log_entries ?? []).map(({ agent }) => agent),
  ];
  const accounts = new Map<string, Account>();
  for (const reference of references) {
    const account = accountOf(reference);
    if (account !== null) accounts.set(account.externalId, account);
  }
  return [...accounts.values()];
}
