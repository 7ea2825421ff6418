import type { SyncStatus } from '@adjutant/core';
import { html, type SafeHtml } from '@adjutant/insights';
import { pageSection } from '../components/page-head.ts';
import type { PageCall } from '../define-page.ts';

/** One thing that an installation needs before its figures say anything. */
export interface ChecklistItem {
  title: string;
  isDone: boolean;
  /** What to do, where it is not. */
  next: SafeHtml;
}

/** Returns what setting up consists of and how far it is, for whoever looks. */
export async function readChecklist(
  { person, gateway }: Pick<PageCall, 'person' | 'gateway'>,
  status: SyncStatus,
): Promise<ChecklistItem[]> {
  const { streams, worker, meta } = status;
  const isAdmin = person.viewer.role === 'admin';
  const passkeys = await gateway.approvers.listPasskeys();
  const hasSource = streams.length > 0 || meta.syncedAt !== null;
  const connect = isAdmin
    ? html`<a href="/setup">Go through the set-up</a>, or run <code>adjutant init</code> at a terminal.`
    : html`An administrator does that under “Set-up”.`;
  return [
    { title: 'A source is connected', isDone: hasSource, next: connect },
    {
      title: 'Something runs that reads and carries out',
      isDone: worker.running,
      next: html`Start <code>${worker.start}</code> and leave it running.`,
    },
    {
      title: 'The sources were read once',
      isDone: meta.syncedAt !== null,
      next: html`Press “Read now” below, or run <code>adjutant sync</code>.`,
    },
    {
      title: 'You have a passkey',
      isDone: passkeys.some(({ personId }) => personId === person.viewer.personId),
      next: html`<a href="/passkeys">Enrol one</a>: what is risky is approved with it.`,
    },
  ];
}

/** Returns the list while something of it is open, and nothing afterwards. */
export function checklistSection(items: readonly ChecklistItem[]): SafeHtml | null {
  const open = items.filter(({ isDone }) => !isDone);
  if (open.length === 0) return null;
  const lines = items.map(({ title, isDone, next }) =>
    isDone
      ? html`<li class="done"><p><span class="mark plain">done</span> ${title}</p></li>`
      : html`<li><p><span class="mark medium">open</span> ${title}</p><p class="quiet">${next}</p></li>`,
  );
  return pageSection(
    {
      id: 'set-up',
      title: 'Setting up',
      lead: `${items.length - open.length} of ${items.length} done. Each can be left for later; the pages say what they lack until then.`,
    },
    html`<ul class="entries">${lines}</ul>`,
  );
}
