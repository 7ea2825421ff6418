import type { MetricAnswer } from '@adjutant/core';
import { type Chart, chartFigure, html, type SafeHtml } from '@adjutant/insights';
import { freshness, type FreshnessParts } from './freshness.ts';

export interface Plot {
  title: string;
  /** A line beside the title: the figure, and where its rows are. */
  figure?: SafeHtml | null;
  /** The drawing; null where there is nothing to draw, and then `instead` says what to expect. */
  chart: Chart | null;
  instead: SafeHtml;
  caveats?: readonly string[];
  fresh: FreshnessParts;
}

/** Returns a drawing with its title, table, caveats, and how fresh and complete it is. */
export function plot({
  title,
  figure = null,
  chart,
  instead,
  caveats = [],
  fresh,
}: Plot): SafeHtml {
  const beside = figure === null ? null : html`<p class="plot-figure">${figure}</p>`;
  return html`<article class="plot"><div class="plot-head"><h3>${title}</h3>${beside}</div>${chart === null ? instead : chartFigure(chart)}${caveatList(caveats)}${freshness(fresh)}</article>`;
}

/** Returns plots beside each other where there is room. */
export function plots(items: readonly SafeHtml[]): SafeHtml {
  return html`<div class="plots">${items}</div>`;
}

/** Returns what to know of a figure, line by line. */
export function caveatList(lines: readonly string[]): SafeHtml | null {
  if (lines.length === 0) return null;
  return html`<ul class="caveats">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

/** Returns how fresh the answer to a question about a figure is, with the gaps that touch it. */
export function freshnessOf(
  answer: Pick<MetricAnswer, 'meta' | 'timeZone' | 'gaps'>,
): FreshnessParts {
  return { meta: answer.meta, timeZone: answer.timeZone, gaps: answer.gaps };
}
