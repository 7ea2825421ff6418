import type { MetricUnit } from '@adjutant/core/domain';
import { countOf, formatFigure } from '../../format.ts';
import { plainText } from '../../outside-text/plain-text.ts';
import { at, axisMaximum, chartSvg } from '../chart-frame.ts';
import { html, type SafeHtml } from '../escape.ts';
import type { Chart } from './chart.ts';
import { type ChartLevel, levelLines } from './levels.ts';
import {
  plotBottom,
  plotHeight,
  plotLeft,
  plotRight,
  plotTop,
  plotValueAxis,
  plotWidth,
  plotY,
} from './plot.ts';

export interface AgingItem {
  /** The key of the item, which is text from outside. */
  label: string;
  title: string;
  /** Where it stands, which is text from outside. */
  status: string;
  age: number;
  /** Where the item stands whole; an address of the page's own. */
  href: string | null;
}

export interface AgingChartParts {
  /** Unique on the page; letters, digits and hyphens. */
  id: string;
  title: string;
  unit: MetricUnit;
  items: readonly AgingItem[];
  levels: readonly ChartLevel[];
  /** How many there are in all, where not all were read. */
  total?: number | undefined;
}

const mostItems = 120;
/** More columns than this have no room for their names; what has fewest items shares the last. */
const mostLanes = 6;
const restName = 'other statuses';

/** Returns what is under way, by status and age, with lines at the levels; null where nothing is. */
export function agingChart(parts: AgingChartParts): Chart | null {
  const { id, title, unit, levels, total = parts.items.length } = parts;
  const items = parts.items.toSorted((left, right) => right.age - left.age).slice(0, mostItems);
  if (items.length === 0) return null;
  const lanes = lanesOf(items);
  const highest = Math.max(...items.map(({ age }) => age), ...levels.map(({ value }) => value));
  const maximum = axisMaximum(highest, unit);
  const width = (plotRight - plotLeft) / lanes.length;
  const drawn = lanes.map((lane, place) =>
    oneLane(lane, plotLeft + place * width, width, { maximum, unit }),
  );
  const body = html`${plotValueAxis(maximum, unit)}${drawn}${levelLines(levels, maximum, unit)}`;
  const spoken = lanes.map(({ name, items: some }) => `${name}: ${countOf(some.length, 'item')}`);
  const description = `${spoken.join(', ')}. All values are in the table.`;
  const rows = items.map(({ label, href, title: about, status, age }) => [
    href === null ? html`<bdi>${label}</bdi>` : html`<a href="${href}"><bdi>${label}</bdi></a>`,
    html`<bdi>${plainText(about, 90)}</bdi>`,
    html`<bdi>${plainText(status, 40)}</bdi>`,
    formatFigure(age, unit),
  ]);
  return {
    id,
    title,
    drawing: chartSvg({ id, title, description }, body, { width: plotWidth, height: plotHeight }),
    legend: null,
    table: { columns: ['Item', 'Title', 'Status', 'Age'], rows },
    note:
      items.length < total
        ? `The oldest ${items.length} of ${countOf(total, 'item')} are drawn.`
        : null,
  };
}

interface Lane {
  name: string;
  items: AgingItem[];
}

/** Statuses with the youngest items first, as work usually passes them. */
function lanesOf(items: readonly AgingItem[]): Lane[] {
  const all = [...Map.groupBy(items, ({ status }) => status)]
    .map(([name, some]): Lane => ({ name, items: some }))
    .toSorted(
      (left, right) => right.items.length - left.items.length || (left.name < right.name ? -1 : 1),
    );
  const own = all.length > mostLanes ? all.slice(0, mostLanes - 1) : all;
  const rest = all.slice(own.length).flatMap((lane) => lane.items);
  const ordered = own.toSorted((left, right) => middleAge(left) - middleAge(right));
  return rest.length === 0 ? ordered : [...ordered, { name: restName, items: rest }];
}

function middleAge({ items }: Lane): number {
  const ages = items.map(({ age }) => age).toSorted((left, right) => left - right);
  return ages[Math.floor(ages.length / 2)] ?? 0;
}

function oneLane(
  { name, items }: Lane,
  left: number,
  width: number,
  { maximum, unit }: { maximum: number; unit: MetricUnit },
): SafeHtml {
  // Items of one age would lie on each other: they are spread over the middle of their column.
  const step = Math.min(9, (width * 0.7) / Math.max(1, items.length - 1));
  const dots = items.map(({ label, age, status }, place) => {
    const x = at(left + width / 2 + (place - (items.length - 1) / 2) * step);
    return html`<circle class="dot s1" cx="${x}" cy="${plotY(age, maximum)}" r="3.6"><title>${label}, ${status}: ${formatFigure(age, unit)}</title></circle>`;
  });
  const short = plainText(name, Math.max(6, Math.floor(width / 7)));
  return html`<line class="lane" x1="${at(left + width)}" x2="${at(left + width)}" y1="${plotTop}" y2="${plotBottom}"/><text class="tick middle" x="${at(left + width / 2)}" y="${plotBottom + 20}">${short}<title>${name}</title></text>${dots}`;
}
