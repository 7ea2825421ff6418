import { formatFigure, formatNumber, isDurationUnit } from '../format.ts';
import type { Figure } from '../report/team-report.ts';
import { distributionChart } from './distribution-chart.ts';
import { html, type SafeHtml } from './escape.ts';
import { opensRows } from './evidence-table.ts';
import { anchorOf, gapChips } from './gap-chips.ts';
import { partChart } from './part-chart.ts';
import { seriesChart } from './series-chart.ts';

const fewestForDistribution = 8;

/** Returns a known figure with its spread, drawing, caveats, gaps, definition and rows. */
export function figureCard(
  figure: Figure,
  { explained, timeZone }: { explained: ReadonlySet<string>; timeZone: string },
): SafeHtml {
  const id = anchorOf('figure', figure.id);
  const value = html`<span class="value">${formatFigure(figure.value, figure.unit)}</span>`;
  return html`<article class="card" id="${id}" aria-labelledby="${id}-name"><h3 id="${id}-name">${figure.title}</h3>${opensRows(value, figure.evidence, figure.title)}${spread(figure)}${writtenParts(figure)}${drawings(figure, id, timeZone)}${caveats(figure.caveats)}${gapChips(figure.gaps, explained)}${definition(figure)}</article>`;
}

function spread({ unit, value, sampleSize, p50, p75, p90 }: Figure): SafeHtml {
  const parts: [string, string][] = [['n', formatNumber(sampleSize)]];
  const add = (name: string, part: number | null): void => {
    if (part !== null) parts.push([name, formatFigure(part, unit)]);
  };
  if (p50 !== value) add('median', p50);
  add('p75', p75);
  add('p90', p90);
  return html`<dl class="spread">${parts.map(([name, shown]) => html`<div><dt>${name}</dt><dd>${shown}</dd></div>`)}</dl>`;
}

function drawings(figure: Figure, id: string, timeZone: string): SafeHtml | null {
  const { title, unit, series, distribution, sampleSize } = figure;
  const overTime = seriesChart(`${id}-series`, title, unit, { series, timeZone });
  const parts = drawnParts(figure);
  const hasBands =
    parts.length === 0 && distribution !== null && sampleSize >= fewestForDistribution;
  const drawn = [
    parts.length > 0 && captioned('Part by part', partChart(`${id}-parts`, title, unit, parts)),
    overTime !== null && captioned(isDuration(figure) ? 'Median by week' : 'By week', overTime),
    hasBands &&
      captioned('How long each took', distributionChart(`${id}-bands`, title, distribution)),
  ].filter((drawing) => drawing !== false);
  return drawn.length === 0 ? null : html`<div class="drawings">${drawn}</div>`;
}

/** Parts share a drawing only where they share a unit; otherwise their lengths would mean nothing. */
function drawnParts({ parts, unit }: Figure): Figure['parts'] {
  const isOneScale = parts.every((part) => (part.unit ?? unit) === unit);
  return isOneScale && parts.length > 1 ? parts : [];
}

function writtenParts(figure: Figure): SafeHtml | null {
  if (figure.parts.length === 0 || drawnParts(figure).length > 0) return null;
  const items = figure.parts.map(
    (part) =>
      html`<div><dt>${part.title}</dt><dd>${formatFigure(part.value, part.unit ?? figure.unit)}</dd></div>`,
  );
  return html`<dl class="spread">${items}</dl>`;
}

function captioned(caption: string, drawing: SafeHtml): SafeHtml {
  return html`<figure><figcaption>${caption}</figcaption>${drawing}</figure>`;
}

/** Durations are drawn twice, over time and as a spread, and take the whole width. */
export function isDuration({ unit }: Figure): boolean {
  return isDurationUnit(unit);
}

function caveats(lines: readonly string[]): SafeHtml | null {
  if (lines.length === 0) return null;
  return html`<ul class="caveats">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function definition({ definition: text, definitionVersion }: Figure): SafeHtml {
  return html`<details class="about"><summary><span class="opens">How this is counted</span></summary><p>${text}</p><p>Definition version ${definitionVersion}.</p></details>`;
}

/** Returns the figures that are not known, each with the reason; none is shown as 0. */
export function unknownFigures(
  figures: readonly Figure[],
  explained: ReadonlySet<string>,
): SafeHtml | null {
  if (figures.length === 0) return null;
  const items = figures.map(
    (figure) =>
      html`<li id="${anchorOf('figure', figure.id)}"><h3>${figure.title}: <span class="unknown">unknown</span></h3><p class="quiet">${figure.unknownReason ?? 'No reason was given.'}</p>${definition(figure)}</li>`,
  );
  const gaps = [...new Set(figures.flatMap((figure) => figure.gaps))];
  return html`<div class="card"><ul class="unknowns">${items}</ul>${gapChips(gaps, explained)}</div>`;
}
