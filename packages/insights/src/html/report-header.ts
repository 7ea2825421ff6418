import { countOf, formatMinute, formatWindow } from '../format.ts';
import type { TeamReport } from '../report/team-report.ts';
import { peopleLine, reportNotes } from '../report/wording.ts';
import { html, type SafeHtml } from './escape.ts';

/** Returns the head of the page: what it is about, when, and who is behind the work. */
export function reportHeader(report: TeamReport): SafeHtml {
  const repositories = countOf(report.repositories.length, 'repository', 'repositories');
  const notes = reportNotes(report);
  return html`<header><p class="eyebrow">Team report</p><h1><bdi>${report.title}</bdi></h1><div class="meta"><span>${formatWindow(report.window, report.timeZone)}</span><a href="#repositories">${repositories}</a>${people(report)}<span>as of ${formatMinute(report.asOf)} UTC</span></div>${notes.map((note) => html`<p class="note">${note}</p>`)}</header>`;
}

function people(report: TeamReport): SafeHtml {
  const { roster, rosterTotal } = report.people;
  const line = peopleLine(report);
  if (roster.length === 0) return html`<span>${line}</span>`;
  const rest = rosterTotal - roster.length;
  const note = rest > 0 ? `and ${countOf(rest, 'further name')}` : '';
  return html`<details><summary><span class="opens">${line}</span></summary><p class="caption">Names in alphabetical order, so that somebody counted twice can be spotted. Nothing in this report compares people.</p><ul class="roster">${roster.map((name) => html`<li><bdi>${name}</bdi></li>`)}</ul><p class="caption">${note}</p></details>`;
}
