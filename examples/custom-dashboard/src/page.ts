import type { ExplainedRow } from '@adjutant/core';
import {
  formatFigure,
  formatMinute,
  formatNumber,
  formatShare,
  formatWindow,
  html,
  type SafeHtml,
  toText,
} from '@adjutant/insights';
import type { Chart } from './chart.ts';
import { drawChart } from './draw.ts';
import type { Overview } from './figures.ts';

/** Some of the rows that a figure was made of. */
export interface RowsBehind {
  chartId: string;
  rows: Pick<ExplainedRow, 'key' | 'title'>[];
  total: number;
}

/** Returns the whole page. Every text put in is escaped by `html`; the page runs no script. */
export function renderPage(
  { repositories, window, meta }: Overview,
  charts: readonly Chart[],
  behind: RowsBehind,
): string {
  const names = repositories.map(({ name }) => name);
  const title =
    names.length === 0
      ? 'Delivery'
      : `Delivery of ${names.slice(0, 4).join(', ')}${names.length > 4 ? ` and ${names.length - 4} more` : ''}`;
  const read =
    meta.syncedAt === null
      ? 'nothing was read yet'
      : `last read ${formatMinute(meta.syncedAt)} UTC`;
  const head = html`<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title}</title><link rel="stylesheet" href="/style.css"></head>`;
  const body = html`<body><main><header><h1>${title}</h1><p>${formatWindow(window)}, ${read}. <a href="/series.json">The same as JSON</a></p></header><div class="cards">${charts.map((chart) => card(chart, behind.chartId === chart.id ? behind : null))}</div></main></body>`;
  return `<!doctype html>\n${toText(html`<html lang="en">${head}${body}</html>`)}\n`;
}

function card(chart: Chart, behind: RowsBehind | null): SafeHtml {
  const { id, title, figure, definition, notes, citationId } = chart;
  const drawing = drawChart(chart);
  const nothing = html`<p class="nothing">Nothing to draw: no value is known.</p>`;
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><p class="figure">${figure}</p>${drawing ?? nothing}${drawing && legend(chart)}${notes.length > 0 && html`<ul class="notes" aria-label="What to know of ${title}">${notes.map((note) => html`<li>${note}</li>`)}</ul>`}${drawing && table(chart)}${behind && rowsOf(behind)}<details><summary>Definition</summary><p>${definition}</p></details>${citationId !== null && html`<p class="citation">Check it later: <code>adjutant explain ${citationId}</code></p>`}</section>`;
}

function legend({ datasets, share }: Chart): SafeHtml | null {
  if (datasets.length < 2) return null;
  const keys = datasets.map(
    ({ id, label }) =>
      html`<li><svg class="key" viewBox="0 0 12 12" aria-hidden="true"><rect class="${id}" x="1" y="1" width="10" height="10"/></svg>${label}</li>`,
  );
  return html`<ul class="legend">${keys}${share && html`<li class="quiet">above each bar: ${share.label.toLowerCase()}</li>`}</ul>`;
}

/** Every value of the drawing, for whoever cannot see it or wants it exactly. */
function table({ title, labels, datasets, share, sampleSizes, unit }: Chart): SafeHtml {
  const columns = [...datasets.map(({ label }) => label), ...(share ? [share.label] : []), 'n'];
  const rows = labels.map((day, place) => {
    const values = datasets.map(({ data }) => formatFigure(data[place] ?? null, unit));
    const part = share?.data[place] ?? null;
    const shares = share === null ? [] : [part === null ? 'unknown' : formatShare(part)];
    const cells = [...values, ...shares, formatNumber(sampleSizes[place] ?? 0)];
    return html`<tr><th scope="row">${day}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
  });
  return html`<details><summary>All values</summary><div class="scroll" role="region" tabindex="0" aria-label="${title}: all values"><table><thead><tr><th scope="col">From</th>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div></details>`;
}

function rowsOf({ rows, total }: RowsBehind): SafeHtml | null {
  if (rows.length === 0) return null;
  return html`<details><summary>${formatNumber(rows.length)} of the ${formatNumber(total)} rows behind it</summary><ul class="rows">${rows.map(({ key, title }) => html`<li><bdi>${key}</bdi> <bdi>${title}</bdi></li>`)}</ul></details>`;
}
