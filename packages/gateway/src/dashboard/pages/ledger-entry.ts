import type { AuditDetail } from '@adjutant/core';
import { exactText, formatMoment, html, type SafeHtml } from '@adjutant/insights';
import { pageHead, pageSection } from '../components/page-head.ts';
import { definePage } from '../define-page.ts';

/** One entry of the ledger, as its viewer may see it. */
export const ledgerEntryPage = definePage({
  path: '/ledger/:id',
  title: 'Entry',
  role: 'member',
  hasFilters: false,
  async render({ handle, parameters }) {
    const entry = await handle.audit.show(parameters['id'] ?? '');
    const { event, at, actor, subject, outcome, traceId, seq, detail } = entry;
    const rows: readonly (readonly [label: string, value: SafeHtml | string])[] = [
      ['At', formatMoment(at, handle.timeZone)],
      ['By', link('actor', actor)],
      ['About', subject === null ? '–' : link('subject', subject)],
      ['Outcome', outcome ?? '–'],
      ['Trace', traceId === null ? '–' : link('traceId', traceId)],
      ['Number', seq === null ? 'from before the chain' : String(seq)],
      ['Hash', html`<code>${entry.hash ?? '–'}</code>`],
      ['Hash before', html`<code>${entry.previousHash ?? '–'}</code>`],
    ];
    const facts = rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`);
    return {
      title: event,
      body: html`<p><a href="/ledger">Ledger</a></p>${pageHead(html`<code>${event}</code>`, intactWords(entry))}<dl class="facts">${facts}</dl>${pageSection({ id: 'detail', title: 'Detail' }, html`<pre class="exact" tabindex="0">${exactText(JSON.stringify(detail, null, 2))}</pre>`)}${personal(entry)}`,
    };
  },
});

function link(name: string, value: string): SafeHtml {
  return html`<a href="/ledger?${name}=${encodeURIComponent(value)}">${value}</a>`;
}

function intactWords({ isIntact }: AuditDetail): string {
  if (isIntact === null) return 'From before there was a chain: nothing can be said of it.';
  return isIntact
    ? 'Its content fits its hash.'
    : 'Its content does not fit its hash: it was changed.';
}

function personal({ personal: fields }: AuditDetail): SafeHtml | null {
  if (fields.length === 0) return null;
  const states = {
    shown: '',
    hidden: 'for leads and administrators',
    erased: 'erased',
    changed: 'not what was written',
  };
  const rows = fields.map(
    ({ name, value, state }) =>
      html`<div><dt>${name}</dt><dd>${value === null ? html`<span class="quiet">${states[state]}</span>` : html`${value}${state === 'changed' && html` <span class="mark high">${states.changed}</span>`}`}</dd></div>`,
  );
  return pageSection({ id: 'personal', title: 'Personal' }, html`<dl class="facts">${rows}</dl>`);
}
