import type { MetricPoint, MetricUnit } from '@adjutant/core/domain';
import { unknownLabel } from '../../format.ts';
import { html, type SafeHtml } from '../escape.ts';

/** One line, band or kind of bar; all series of a chart have their points at the same times. */
export interface ChartSeries {
  id: string;
  label: string;
  points: readonly MetricPoint[];
}

/** What every chart over time is made of. */
export interface TimeChartParts {
  /** Unique on the page; letters, digits and hyphens. */
  id: string;
  title: string;
  unit: MetricUnit;
  timeZone: string;
  series: readonly ChartSeries[];
}

/** The values of a drawing, as they stand in the table under it. Null is unknown. */
export interface ChartTable {
  columns: readonly string[];
  rows: readonly (readonly (string | SafeHtml | null)[])[];
}

/** A drawing that runs nothing, the meaning of its colours, and the same in rows. */
export interface Chart {
  id: string;
  title: string;
  drawing: SafeHtml;
  legend: SafeHtml | null;
  table: ChartTable;
  /** What is not drawn, and why; null where everything is. */
  note: string | null;
}

/** Returns a chart with its legend, and under it a table that opens and holds every value drawn. */
export function chartFigure(chart: Chart): SafeHtml {
  const { drawing, legend, note } = chart;
  return html`<figure class="drawn">${drawing}${legend}${note !== null && html`<p class="quiet">${note}</p>`}</figure>${chartTable(chart)}`;
}

/** Returns the table of a chart, behind a line that opens it. */
export function chartTable({ id, title, table }: Chart): SafeHtml {
  const head = table.columns.map(
    (column, place) =>
      html`<th scope="col" class="${place === 0 ? 'text' : 'number'}">${column}</th>`,
  );
  const rows = table.rows.map((row) => {
    const cells = row.map((cell, place) => {
      const shown = cell ?? html`<span class="unknown">${unknownLabel}</span>`;
      return place === 0
        ? html`<th scope="row">${shown}</th>`
        : html`<td class="number">${shown}</td>`;
    });
    return html`<tr>${cells}</tr>`;
  });
  return html`<details class="as-table"><summary>As a table</summary><div class="scroll" role="region" tabindex="0" aria-label="${title}: all values"><table id="${id}-table"><caption class="aside">${title}</caption><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div></details>`;
}
