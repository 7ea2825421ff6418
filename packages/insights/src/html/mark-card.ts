import { formatNumber, formatShare, formatWindow } from '../format.ts';
import type { AiMarks } from '../report/team-report.ts';
import { markedShare } from '../report/wording.ts';
import { html, type SafeHtml } from './escape.ts';
import { opensRows } from './evidence-table.ts';
import { markChart, markKinds } from './mark-chart.ts';

/** Returns the marks of coding tools as a lower bound: work without a mark is unknown, never human. */
export function markCard(marks: AiMarks, timeZone: string): SafeHtml {
  const { overall, subject } = marks;
  if (overall === null || overall.total === 0) {
    const reason = marks.unknownReason ?? `No ${subject} was read.`;
    return html`<div class="card"><p><span class="unknown">unknown</span></p><p class="quiet">${reason}</p></div>`;
  }
  const value = html`<span class="value">${markedShare(overall)}</span>`;
  const legend = markKinds(overall).map(
    ({ name, style, count }) =>
      html`<span><svg viewBox="0 0 11 11" aria-hidden="true"><rect class="${style}" x="0.5" y="0.5" width="10" height="10" rx="2"/></svg>${name} ${formatNumber(count)} (${formatShare(count / overall.total)})</span>`,
  );
  const tools = marks.tools.map(({ tool, count }) => `${tool} ${formatNumber(count)}`).join(', ');
  return html`<article class="card">${opensRows(value, marks.evidence, 'Marks of coding tools')}<p class="quiet">of ${formatNumber(overall.total)} ${subject}s read, ${formatWindow(overall.window, timeZone)}</p>${markChart('marks', overall)}<div class="legend">${legend}</div>${tools !== '' && html`<p class="caption">Named in the marks: ${tools}.</p>`}<ul class="caveats"><li>A mark is a trailer, an author or a branch that names a tool. What carries none is unknown, not written by hand, so the share can only be higher.</li></ul></article>`;
}
