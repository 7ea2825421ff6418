import type { AnswerMeta, GapNote } from '@adjutant/core';
import { formatMoment, html, type SafeHtml } from '@adjutant/insights';

const mostChips = 2;

/** How fresh an answer is and what it lacks; `gaps` are the codes that touch this very figure. */
export interface FreshnessParts {
  meta: AnswerMeta;
  timeZone: string;
  gaps?: readonly string[] | undefined;
}

/** Returns the line beside a chart: as of when, when the sources were last read, and what is missing. */
export function freshness({ meta, timeZone, gaps }: FreshnessParts): SafeHtml {
  const read =
    meta.syncedAt === null
      ? 'no source was read yet'
      : `sources last read ${formatMoment(meta.syncedAt, timeZone)}`;
  const wanted = gaps === undefined ? null : new Set(gaps);
  const notes = meta.gaps.filter(({ code }) => wanted === null || wanted.has(code));
  const told = new Set(notes.map(({ code }) => code));
  const untold = [...(wanted ?? [])].filter((code) => !told.has(code));
  return html`<div class="fresh"><p>As of <time datetime="${new Date(meta.asOf).toISOString()}">${formatMoment(meta.asOf, timeZone)}</time>, ${read}.</p>${gapList(notes, untold)}</div>`;
}

function gapList(notes: readonly GapNote[], untold: readonly string[]): SafeHtml | null {
  const codes = [...new Set([...notes.map(({ code }) => code), ...untold])];
  if (codes.length === 0) return null;
  const chips = codes
    .slice(0, mostChips)
    .map((code) => html`<span class="gap-chip">${words(code)}</span>`);
  const more = codes.length - chips.length;
  const lines = notes.map(
    (note) =>
      html`<li><strong>${words(note.code)}</strong> ${note.message} <span class="quiet">${note.source}${note.scope !== '' && html`, ${note.scope}`}</span></li>`,
  );
  const rest = untold.map((code) => html`<li><strong>${words(code)}</strong></li>`);
  return html`<details class="gaps"><summary><span class="gap-name">${codes.length === 1 ? 'Gap' : 'Gaps'}</span> ${chips}${more > 0 && html` <span class="gap-chip">${more} more</span>`}</summary><ul>${lines}${rest}</ul></details>`;
}

function words(code: string): string {
  return code.replaceAll('_', ' ');
}
