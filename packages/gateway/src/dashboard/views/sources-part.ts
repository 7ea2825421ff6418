import type { SourceStatus, StreamStatus, SyncStatus } from '@adjutant/core';
import { countOf, formatMoment, html, type SafeHtml } from '@adjutant/insights';
import { actionForm } from '../components/action-form.ts';
import { dataTable } from '../components/data-table.ts';
import { emptyState } from '../components/empty-state.ts';
import { pageSection } from '../components/page-head.ts';

/** More rows than this say nothing more to a reader. */
const mostStreams = 200;

interface Looker {
  timeZone: string;
  now: number;
  isAdmin: boolean;
}

/** Returns the sources: how their last pass went, what is left of their quotas, each stream by itself. */
export function sourcesPart({ streams, sources }: SyncStatus, looker: Looker): SafeHtml {
  if (streams.length === 0 && sources.length === 0) {
    return pageSection(
      { id: 'sources', title: 'Sources' },
      emptyState({
        title: 'Nothing was read yet',
        expect:
          'Each connector stands here with what it may read, how fresh it is, and what is wrong.',
        next: looker.isAdmin
          ? { say: 'Connect one.', link: { href: '/setup', label: 'Set-up' } }
          : { say: 'Ask an administrator to connect one.', command: 'adjutant init' },
      }),
    );
  }
  const check = looker.isAdmin
    ? actionForm({ path: 'connectors/check', label: 'Check access now', stays: true })
    : null;
  return pageSection(
    { id: 'sources', title: 'Sources', lead: countOf(streams.length, 'stream') },
    html`<ul class="entries">${sources.map((one) => sourceEntry(one, looker))}</ul>${check}${streamTable(streams, looker)}`,
  );
}

function sourceEntry(source: SourceStatus, { timeZone, now }: Looker): SafeHtml {
  const { notice, quotaRemaining, quotaLimit, waitsUntil, requests, updatedAt } = source;
  const quota =
    quotaRemaining === null
      ? 'it tells no quota'
      : `${quotaRemaining}${quotaLimit === null ? '' : ` of ${quotaLimit}`} requests left`;
  const waits =
    waitsUntil !== null && waitsUntil > now
      ? html` <span class="mark medium">waits until ${formatMoment(waitsUntil, timeZone)}</span>`
      : null;
  const wrong =
    notice === null
      ? null
      : html`<p><span class="mark high">not read</span> ${notice.message}${notice.hint !== null && html` ${notice.hint}`}</p>`;
  return html`<li><p><strong>${source.source}</strong> <span class="quiet">${countOf(requests, 'request')} in the last pass, ${quota}; as of ${formatMoment(updatedAt, timeZone)}</span>${waits}</p>${wrong}</li>`;
}

/** What is wrong or not yet whole first; so many are shown, and a terminal shows all. */
function streamTable(streams: readonly StreamStatus[], { timeZone }: Looker): SafeHtml {
  const order = ({ lastError, complete }: StreamStatus): number =>
    lastError !== null ? 0 : complete ? 2 : 1;
  const shown = streams.toSorted((one, other) => order(one) - order(other)).slice(0, mostStreams);
  const more = streams.length - shown.length;
  const table = dataTable({
    id: 'streams',
    caption: 'Streams and how far each was read',
    hasFilter: true,
    columns: [
      { id: 'stream', title: 'Stream' },
      { id: 'scope', title: 'Of' },
      { id: 'state', title: 'State' },
      { id: 'read', title: 'Last read' },
    ],
    rows: shown.map(({ source, scope, stream, complete, lastFinishedAt, lastError }) => [
      html`${source} <code>${stream}</code>`,
      scope,
      lastError === null
        ? complete
          ? 'complete'
          : 'history is still to come'
        : html`<span class="mark high">failed</span> <span class="wide-cell">${lastError}</span>`,
      lastFinishedAt === null
        ? 'never'
        : html`<span class="unbroken">${formatMoment(lastFinishedAt, timeZone)}</span>`,
    ]),
  });
  return html`${table}${more > 0 && html`<p class="quiet">and ${more} more: <code>adjutant status</code></p>`}`;
}
