import type { ActionDetail, ActionSummary } from '@adjutant/core';
import { formatMinute, html, type SafeHtml, speakHours } from '@adjutant/insights';

const hourMs = 3_600_000;

/** Where an action stands, as a person says it. */
export const statusWords: Readonly<Record<ActionSummary['status'], string>> = {
  preparing: 'being prepared',
  blocked: 'blocked by policy',
  pending: 'waits for a decision',
  approved: 'approved, about to run',
  executing: 'running',
  unknown: 'sent, outcome not known yet',
  reconciling: 'looking whether it happened',
  executed: 'done',
  failed: 'failed, nothing was changed',
  declined: 'declined',
  expired: 'expired, nobody decided in time',
  revoked: 'taken back',
  needs_human: 'needs a person to look',
};

/** Statuses in which a worker has the action, so that the page is worth another look soon. */
export const inMotion: ReadonlySet<ActionSummary['status']> = new Set([
  'preparing',
  'approved',
  'executing',
  'unknown',
  'reconciling',
]);

/** Returns a point in time as words from now, with the minute: `in 3 hours (2026-11-02 12:00 UTC)`. */
export function inWords(instant: number, now: number): string {
  const hours = (instant - now) / hourMs;
  const distance = speakHours(Math.abs(hours));
  const words = hours > 0 ? `in ${distance}` : `${distance} ago`;
  return `${Math.abs(hours) < 1 / 60 ? 'now' : words} (${formatMinute(instant)} UTC)`;
}

/** Returns who it was, from the label in the ledger and the person's name, to the person who reads. */
export function whoWords(label: string, name: string | null, readerPersonId: string): string {
  const agent = /^agent:(.+) for person:(.+)$/s.exec(label);
  const person = (id: string): string => (id === readerPersonId ? 'you' : (name ?? id));
  if (agent !== null) return `the assistant “${agent[1] ?? ''}” for ${person(agent[2] ?? '')}`;
  return label.startsWith('person:') ? person(label.slice('person:'.length)) : label;
}

/** Returns the marks of an action: its risk, what policy asks, where it stands. */
export function chips(action: ActionSummary | ActionDetail): SafeHtml {
  const { risk, status, mode } = action;
  const known = risk === null ? null : html`<span class="chip ${risk}">${risk} risk</span>`;
  const asked = mode === null ? null : html`<span class="chip">${mode.replaceAll('_', ' ')}</span>`;
  return html`<div class="chips">${known}<span class="chip">${statusWords[status]}</span>${asked}</div>`;
}
