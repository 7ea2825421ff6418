import { countOf, formatMoment, html } from '@adjutant/insights';
import { actionForm } from '../components/action-form.ts';
import { dataTable } from '../components/data-table.ts';
import { emptyState } from '../components/empty-state.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { pager } from '../components/pager.ts';
import { definePage } from '../define-page.ts';

const shown = 50;
const filters = ['event', 'actor', 'subject', 'traceId'] as const;
const labels = { event: 'Event', actor: 'By', subject: 'About', traceId: 'Trace' } as const;

/** What happened here, and whether anybody changed it afterwards. */
export const ledgerPage = definePage({
  path: '/ledger',
  title: 'Ledger',
  role: 'member',
  hasFilters: false,
  async render({ handle, url }) {
    const asked = Object.fromEntries(
      filters.flatMap((name) => {
        const value = url.searchParams.get(name)?.slice(0, 200) ?? '';
        return value === '' ? [] : [[name, value]];
      }),
    );
    const cursor = url.searchParams.get('cursor') ?? undefined;
    const page = await handle.audit.list({ ...asked, cursor, limit: shown });
    const fields = filters.map(
      (name) =>
        html`<label>${labels[name]}<input type="text" name="${name}" value="${asked[name] ?? ''}" maxlength="200"></label>`,
    );
    const narrow = html`<form method="get" action="/ledger" class="filter-form">${fields}<button class="plain">Narrow</button>${Object.keys(asked).length > 0 && html`<a class="reset" href="/ledger">Show all</a>`}</form>`;
    const list =
      page.items.length === 0
        ? emptyState({
            title:
              Object.keys(asked).length > 0 ? 'No entry is like that' : 'Nothing was written yet',
            expect:
              'Every reading, proposal, decision and change stands here with who did it. Each entry holds the hash of the one before, so that what was changed afterwards shows.',
            next:
              Object.keys(asked).length > 0
                ? { say: 'Ask for less.', link: { href: '/ledger', label: 'All entries' } }
                : { say: 'Read the sources once.', command: 'adjutant sync' },
          })
        : html`${dataTable({
            id: 'entries',
            caption: 'Entries of the ledger, newest first',
            columns: [
              { id: 'event', title: 'Event' },
              { id: 'at', title: 'At' },
              { id: 'actor', title: 'By' },
              { id: 'subject', title: 'About' },
              { id: 'seq', title: 'Number', isNumber: true },
            ],
            rows: page.items.map(({ id, event, at, actor, subject, seq }) => [
              html`<a href="/ledger/${encodeURIComponent(id)}"><code>${event}</code></a>`,
              html`<span class="unbroken">${formatMoment(at, handle.timeZone)}</span>`,
              actor,
              html`<span class="wide-cell">${subject ?? '–'}</span>`,
              seq === null ? '–' : seq,
            ]),
          })}${pager({ url, shown: page.items.length, total: page.total, nextCursor: page.nextCursor, noun: 'entry', nouns: 'entries' })}`;
    const { syncedAt } = (await handle.syncStatus({ rowCounts: false })).meta;
    const early =
      syncedAt === null && page.items.length > 0
        ? emptyState({
            title: 'Little has happened yet',
            expect:
              'Every reading, proposal, decision and change will stand here with who did it. Each entry holds the hash of the one before, so that what was changed afterwards shows.',
            next: { say: 'Read the sources once.', command: 'adjutant sync' },
          })
        : null;
    const checkpoint = html`<p class="quiet">A ledger that was rewritten as a whole would verify too. Only a checkpoint that was exported to a place which nobody here can write tells: <code>adjutant audit checkpoint</code> makes one, “checkpoints” in the configuration one each day, and <code>adjutant audit verify --checkpoint</code> holds the ledger against it.</p>`;
    return {
      body: html`${pageHead('Ledger', `${countOf(page.total, 'entry', 'entries')}. What happened, and the proof that nobody changed it afterwards.`)}${pageSection({ id: 'proof', title: 'Proof' }, html`${checkpoint}${actionForm({ path: 'ledger/verify', label: 'Verify now', stays: true })}`)}${pageSection({ id: 'list', title: 'Entries' }, html`${early}${narrow}${list}`)}`,
    };
  },
});
