import { formatNumber, listNames } from '../format.ts';
import { type GapGroup, groupGaps } from '../report/group-gaps.ts';
import type { RuleOutcome, TeamReport } from '../report/team-report.ts';
import { html, type SafeHtml } from './escape.ts';
import { anchorOf } from './gap-chips.ts';

/** Returns what the report cannot know, and what would show it. */
export function missingSection(report: TeamReport): SafeHtml {
  const groups = groupGaps(report.gaps);
  const seen = new Set<string>();
  const gaps = groups.map((group) => {
    const isFirst = !seen.has(group.code);
    seen.add(group.code);
    return gapItem(group, isFirst);
  });
  const notes = report.mergeStyleNotes.map((note) => html`<li>${note}</li>`);
  const token = report.tokenWouldAdd === null ? null : html`<li>${report.tokenWouldAdd}</li>`;
  const isEmpty = gaps.length === 0 && notes.length === 0 && token === null;
  const list = isEmpty
    ? html`<p class="quiet">No source reported anything missing.</p>`
    : html`<ul class="gaps">${gaps}${notes}${token}</ul>`;
  return html`<section aria-labelledby="missing"><h2 id="missing">What is missing</h2><div class="card">${list}</div></section>`;
}

function gapItem({ code, message, scopes, affectedCount }: GapGroup, isFirst: boolean): SafeHtml {
  const rows = affectedCount === null ? '' : `, ${formatNumber(affectedCount)} rows`;
  const body = html`${message} <span class="where"><code>${code}</code> in <bdi>${listNames(scopes, 6)}</bdi>${rows}</span>`;
  return isFirst ? html`<li id="${anchorOf('gap', code)}">${body}</li>` : html`<li>${body}</li>`;
}

const outcomes = {
  found: 'found something',
  clear: 'found nothing',
  unknown: 'could not be judged',
} as const;

/** Returns every check that was made and what it came to. */
export function checksSection(checks: readonly RuleOutcome[]): SafeHtml {
  const items = checks.map(
    ({ title, outcome, reason }) =>
      html`<li>${title}: ${outcomes[outcome]}${reason !== null && html` (${reason})`}</li>`,
  );
  return html`<details class="about" id="checks"><summary><span class="opens">What was checked</span></summary><ul class="checks">${items}</ul></details>`;
}
