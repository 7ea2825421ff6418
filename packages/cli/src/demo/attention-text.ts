import { type Brief, countOf, renderBriefLines } from '@adjutant/insights';
import type { Output } from '../output.ts';
import type { ProgramNames } from '../program-name.ts';
import { createPaint } from '../report-paint.ts';

const mostLines = 4;

/** Returns what needs somebody most, in a few lines, each with the rows that say so. */
export function attentionLines(today: Brief, output: Output, names: ProgramNames): string[] {
  const all = today.sections.filter(({ id }) => id !== 'lesser');
  const total = all.reduce((sum, section) => sum + section.total, 0);
  const shown = all.flatMap(({ lines }) => lines).slice(0, mostLines);
  if (shown.length === 0) return ['  Nothing needs anybody.'];
  const paint = createPaint(output.colors);
  const more = total - shown.length;
  const rest =
    more === 0 ? [] : [`  and ${countOf(more, 'more', 'more')}: ${names.adjutant} today --demo`];
  return [
    ...renderBriefLines(shown, { paint, width: output.columns }),
    ...rest.map((line) => paint('muted', line)),
  ];
}
