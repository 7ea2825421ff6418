import { countOf, html, type SafeHtml } from '@adjutant/insights';
import { changedAddress } from './query-links.ts';

/** Returns how many of how many are shown, and the way to the next and back to the first. */
export function pager({
  url,
  shown,
  total,
  nextCursor,
  noun = 'row',
  nouns = `${noun}s`,
}: {
  url: URL;
  shown: number;
  total: number;
  nextCursor: string | null;
  noun?: string;
  /** Of several, where that is not just an s more. */
  nouns?: string;
}): SafeHtml {
  const first = url.searchParams.has('cursor')
    ? html`<a href="${changedAddress(url, { cursor: '' })}">First page</a>`
    : null;
  const next =
    nextCursor === null
      ? null
      : html`<a href="${changedAddress(url, { cursor: nextCursor })}" rel="next">Next page</a>`;
  return html`<nav class="pager" aria-label="Pages of ${nouns}"><span>${shown === total ? countOf(total, noun, nouns) : `${countOf(shown, noun, nouns)} of ${total}`}</span>${first}${next}</nav>`;
}
