import {
  type Brief,
  type BriefLine,
  type BriefSection,
  html,
  type SafeHtml,
} from '@adjutant/insights';
import { pageSection } from '../components/page-head.ts';
import { workLink } from '../components/query-links.ts';

/** Returns the sections of a brief, each line leading to what it follows from. */
export function briefSections(brief: Pick<Brief, 'sections'>): SafeHtml {
  return html`${brief.sections.map(sectionMarkup)}`;
}

/** Returns what a brief cannot see, where there is any. */
export function briefMissing({ missing }: Pick<Brief, 'missing'>): SafeHtml | null {
  if (missing.length === 0) return null;
  return pageSection(
    { id: 'cannot-see', title: 'What this cannot see' },
    html`<ul class="caveats">${missing.map((sentence) => html`<li>${sentence}</li>`)}</ul>`,
  );
}

function sectionMarkup({ id, title, lines, total, empty }: BriefSection): SafeHtml {
  const more = total - lines.length;
  const shown =
    lines.length === 0
      ? html`<p class="quiet">${empty}</p>`
      : html`${briefLines(lines)}${more > 0 && html`<p class="quiet">and ${more} more.</p>`}`;
  return pageSection({ id, title }, shown);
}

/** Returns lines of a brief as a list. */
export function briefLines(lines: readonly BriefLine[]): SafeHtml {
  return html`<ul class="entries">${lines.map(lineMarkup)}</ul>`;
}

function lineMarkup(line: BriefLine): SafeHtml {
  const { text, about, severity, findingId } = line;
  const mark =
    severity === 'high' || severity === 'medium'
      ? html`<span class="mark ${severity}">${severity === 'high' ? 'now' : 'soon'}</span> `
      : null;
  const title = about?.title ?? null;
  const quoted = title !== null && html`<p class="quoted">“${title}”</p>`;
  return html`<li><p>${mark}${text}</p>${quoted}<p class="quiet">${whereTo(line)}</p></li>`;

  function whereTo({ evidence }: BriefLine): SafeHtml {
    if (findingId !== null) {
      return html`<a href="/signals/${encodeURIComponent(findingId)}">Why, and what to do</a>`;
    }
    if (about === null)
      return html`from ${evidence.length} ${evidence.length === 1 ? 'row' : 'rows'}`;
    // What waits for a decision names the action itself as its one row.
    return evidence.length === 1 && evidence[0] === about.id && title === null
      ? html`<a href="/actions/${encodeURIComponent(about.id)}">Look and decide</a>`
      : html`<a href="${workLink(about.id)}">${about.key}</a>`;
  }
}
