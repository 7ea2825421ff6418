import type { ActionSummary } from '@adjutant/core';
import { countOf, html, type SafeHtml } from '@adjutant/insights';
import { chips, inMotion, inWords, whoWords } from './status-words.ts';

export interface QueueParts {
  /** In the order in which they are to be looked at, which is core's. */
  waiting: readonly ActionSummary[];
  /** How many wait in all, those not shown among them. */
  waitingTotal: number;
  unsettled: readonly ActionSummary[];
  settled: readonly ActionSummary[];
  hasPasskey: boolean;
  reader: Reader;
}

/** Who looks, and when. */
export interface Reader {
  personId: string;
  now: number;
}

/** Returns what waits for a decision, what a person has to look at, and what happened lately. */
export function queueView(parts: QueueParts): SafeHtml {
  const { waiting, waitingTotal, unsettled, settled, hasPasskey, reader } = parts;
  const stuck = unsettled.filter(({ status }) => status === 'needs_human');
  const moving = unsettled.filter(({ status }) => inMotion.has(status));
  const more = waitingTotal - waiting.length;
  const nudge = hasPasskey
    ? null
    : html`<p class="note">You have no passkey here yet, so you can approve only actions in mode “ask”. <a href="/passkeys">Enrol one</a>; it takes a minute.</p>`;
  return html`<h1>${waitingTotal === 0 ? 'Nothing waits for a decision' : `${countOf(waitingTotal, 'action')} ${waitingTotal === 1 ? 'waits' : 'wait'} for a decision`}</h1>${nudge}${list(waiting, reader)}${more > 0 ? html`<p class="quiet">${more} more wait behind these; they show as these are decided.</p>` : null}${section('A person has to look', stuck, reader)}${section('Under way', moving, reader)}${section('Lately', settled, reader)}`;
}

function section(
  title: string,
  actions: readonly ActionSummary[],
  reader: Reader,
): SafeHtml | null {
  if (actions.length === 0) return null;
  return html`<h2>${title}</h2>${list(actions, reader)}`;
}

function list(actions: readonly ActionSummary[], reader: Reader): SafeHtml | null {
  if (actions.length === 0) return null;
  return html`<ul class="queue">${actions.map((action) => line(action, reader))}</ul>`;
}

function line(action: ActionSummary, reader: Reader): SafeHtml {
  const { id, title, type, targetRef, requester, sponsorName, createdAt, expiresAt, status } =
    action;
  const target = targetRef === null ? null : html`: ${targetRef}`;
  const expiry =
    status === 'pending' && expiresAt !== null ? `, expires ${inWords(expiresAt, reader.now)}` : '';
  return html`<li>${chips(action)}<a class="title" href="/actions/${encodeURIComponent(id)}">${title}${target}</a><p class="quiet"><code>${type}</code> · proposed ${inWords(createdAt, reader.now)} by ${whoWords(requester, sponsorName, reader.personId)}${expiry}</p></li>`;
}
