import type { Finding, TeamReport } from '../report/team-report.ts';
import { findingsHeading } from '../report/wording.ts';
import { html, type SafeHtml } from './escape.ts';
import { opensRows } from './evidence-table.ts';
import { anchorOf } from './gap-chips.ts';

/** Returns the things worth looking at, or the sentence that says there are fewer. */
export function findingCards(report: TeamReport): SafeHtml {
  const titles = new Map(report.figures.map(({ id, title }) => [id, title]));
  const cards = report.findings.map((finding, index) => findingCard(finding, index + 1, titles));
  const list = cards.length === 0 ? null : html`<ol class="findings">${cards}</ol>`;
  const note = report.findingsNote;
  return html`<section aria-labelledby="findings"><h2 id="findings">${findingsHeading(report)}</h2>${list}${note !== null && html`<p class="quiet">${note} <a href="#checks">What was checked</a></p>`}</section>`;
}

function findingCard(
  finding: Finding,
  rank: number,
  titles: ReadonlyMap<string, string>,
): SafeHtml {
  const figures = finding.figureIds.filter((id) => titles.has(id));
  const links = figures.map(
    (id, index) =>
      html`${index > 0 && html`, `}<a href="#${anchorOf('figure', id)}">${titles.get(id)}</a>`,
  );
  const opens = opensRows(html``, finding.evidence, finding.title);
  return html`<li class="card finding"><h3 class="topic"><span class="rank">${rank}</span>${finding.title}</h3><p class="sentence">${finding.sentence}</p><p class="next">${finding.next}</p><div class="foot">${opens}${links.length > 0 && html`<p class="caption">Figure: ${links}</p>`}</div></li>`;
}
