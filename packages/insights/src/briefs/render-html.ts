import { formatMoment } from '../format.ts';
import { html, type SafeHtml } from '../html/escape.ts';
import { htmlDocument } from '../html/html-document.ts';
import type { Brief, BriefLine, BriefSection } from './brief.ts';
import { briefHeading, evidenceWords, moreWords, pageOf, titleOf } from './brief-words.ts';

/** Returns a brief as one HTML file that runs no script and loads nothing. */
export function renderBriefPage(brief: Brief): string {
  const heading = briefHeading(brief);
  const notes = brief.notes.map(
    (note) => html`<section><h2>${note}</h2><p class="quiet">…</p></section>`,
  );
  const missing = brief.missing.map((sentence) => html`<li>${sentence}</li>`);
  const body = html`<div class="page"><p class="eyebrow">Adjutant</p><h1>${heading}</h1><p class="meta">As of ${formatMoment(brief.asOf, brief.timeZone)}</p><main>${brief.sections.map(sectionMarkup)}${notes}<section><h2>What this cannot see</h2><ul class="caveats">${missing}</ul></section></main><footer><p>Made from stored rows by templates. Titles are quoted from the sources.</p></footer></div>`;
  return htmlDocument(heading, body);
}

function sectionMarkup(section: BriefSection): SafeHtml {
  const more = moreWords(section);
  const content =
    section.lines.length === 0
      ? html`<p class="quiet">${section.empty}</p>`
      : html`<ul class="stack">${section.lines.map(lineMarkup)}</ul>${more !== null && html`<p class="quiet">${more}</p>`}`;
  return html`<section><h2>${section.title}</h2>${content}</section>`;
}

function lineMarkup({ text, about, severity, evidence, findingId }: BriefLine): SafeHtml {
  const title = titleOf({ about });
  const page = pageOf({ about });
  const quoted = title !== null && html`<p class="caption">“${title}”</p>`;
  const link = page !== null && html` <a href="${page}" rel="noreferrer">open</a>`;
  const mark = severity === 'high' && html`<strong class="unknown">Now: </strong>`;
  return html`<li class="card"><p>${mark}${text}${link}</p>${quoted}<p class="caption">${evidenceWords(evidence, findingId)}</p></li>`;
}
