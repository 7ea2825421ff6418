import { formatShare } from '../format.ts';
import type { AiMarkCount } from '../report/team-report.ts';
import { at, chartSvg, chartWidth } from './chart-frame.ts';
import { html, type SafeHtml } from './escape.ts';

/** The ways a piece of work can be marked, in the order they are drawn. */
export function markKinds(count: AiMarkCount) {
  return [
    { name: 'authored by an agent', style: 'mark-agent', count: count.agentAuthored },
    { name: 'assisted', style: 'mark-assisted', count: count.assisted },
    { name: 'declared without', style: 'mark-none', count: count.declaredNone },
    { name: 'unknown', style: 'mark-unknown', count: count.unmarked },
  ];
}

/** Draws the marks as one bar; what carries none is drawn as unknown. */
export function markChart(id: string, count: AiMarkCount): SafeHtml {
  let x = 0;
  const shapes = markKinds(count).map((kind) => {
    if (kind.count === 0 || count.total === 0) return null;
    const width = (kind.count / count.total) * chartWidth;
    const shape = html`<rect class="${kind.style}" x="${at(x + 0.5)}" y="1" width="${at(Math.max(1, width - 1))}" height="18" rx="2"><title>${kind.name}: ${kind.count}</title></rect>`;
    x += width;
    return shape;
  });
  const description = markKinds(count)
    .map(
      ({ name, count: part }) =>
        `${name}: ${part} (${formatShare(part / Math.max(1, count.total))})`,
    )
    .join('; ');
  return chartSvg({ id, title: 'Marks of coding tools', description }, html`${shapes}`, {
    height: 20,
  });
}
