import { html, type SafeHtml } from '@adjutant/insights';

/** One figure among others of the same page. */
export interface Stat {
  id: string;
  label: string;
  /** The figure in its unit; `unknown` where it is. */
  figure: string;
  /** Where its rows are. */
  href: string | null;
  /** `n 42`, `median of 42`: how many rows it stands on. */
  sample: string;
  /** Lines under it: percentiles, interval. */
  notes?: readonly (SafeHtml | string)[];
  /** Whether it changed, as `changeNote` says it. */
  change?: SafeHtml | null;
  /** Whether the figure is known. */
  isKnown: boolean;
}

/** Returns figures side by side on one band, each leading to its rows. */
export function statBand(stats: readonly Stat[], label: string): SafeHtml {
  return html`<dl class="stats" aria-label="${label}">${stats.map(stat)}</dl>`;
}

function stat({ id, label, figure, href, sample, notes = [], change, isKnown }: Stat): SafeHtml {
  const shown = html`<span class="figure ${isKnown ? 'known' : 'unknown'}">${figure}</span>`;
  const value =
    href === null
      ? shown
      : html`<a href="${href}">${shown}<span class="aside">, its rows</span></a>`;
  return html`<div class="stat" id="${id}"><dt>${label}</dt><dd class="stat-figure">${value} <span class="sample">${sample}</span></dd>${notes.map((note) => html`<dd class="stat-note">${note}</dd>`)}${change !== null && change !== undefined && html`<dd class="stat-change">${change}</dd>`}</div>`;
}
