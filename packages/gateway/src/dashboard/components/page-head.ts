import { html, type SafeHtml } from '@adjutant/insights';

/** Returns the title of a page and, under it, what the page says in a sentence. */
export function pageHead(
  title: SafeHtml | string,
  lead: SafeHtml | string | null = null,
): SafeHtml {
  return html`<div class="page-head"><h1>${title}</h1>${lead !== null && html`<p class="lead">${lead}</p>`}</div>`;
}

/** Returns a part of a page under a heading of its own; the id is what links lead to. */
export function pageSection(
  { id, title, lead = null }: { id: string; title: string; lead?: SafeHtml | string | null },
  body: SafeHtml | readonly (SafeHtml | null)[],
): SafeHtml {
  return html`<section class="part" aria-labelledby="${id}"><div class="part-head"><h2 id="${id}">${title}</h2>${lead !== null && html`<p class="quiet">${lead}</p>`}</div>${body}</section>`;
}
