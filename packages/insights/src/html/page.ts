import { createHash } from 'node:crypto';
import { formatMinute, unknownLabel } from '../format.ts';
import type { Figure, TeamReport } from '../report/team-report.ts';
import { defaultConnectCommand } from '../report/wording.ts';
import { html, type SafeHtml, styleElement, toText } from './escape.ts';
import { figureCard, isDuration, unknownFigures } from './figure-card.ts';
import { findingCards } from './finding-cards.ts';
import { markCard } from './mark-card.ts';
import { checksSection, missingSection } from './missing-section.ts';
import { reportHeader } from './report-header.ts';
import { repositoryCards } from './repository-cards.ts';
import { styleSheet } from './style-sheet.ts';

export interface TeamReportPageOptions {
  /** The command that connects an assistant. */
  connectCommand?: string;
}

/** Nothing is loaded and nothing runs; the one style sheet is allowed by its hash. */
const securityPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256')
  .update(styleSheet)
  .digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** Returns a report as one HTML file that needs nothing else: no script, no request, no font. */
export function renderTeamReportPage(
  report: TeamReport,
  options: TeamReportPageOptions = {},
): string {
  const { connectCommand = defaultConnectCommand } = options;
  const explained = new Set(report.gaps.map(({ code }) => code));
  const body = html`<a class="skip" href="#findings">Skip to the findings</a><div class="page">${reportHeader(report)}<main>${findingCards(report)}${figuresSection(report, explained)}${section('marks-section', 'Marks of coding tools', markCard(report.aiMarks, report.timeZone))}${section('repositories', 'Repositories', repositoryCards(report.repositories))}${missingSection(report)}</main>${askSection(connectCommand)}${footer(report)}</div>`;
  const head = html`<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${securityPolicy}"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><title>Team report: ${report.title}</title>${styleElement(styleSheet)}</head>`;
  return `<!doctype html>\n${toText(html`<html lang="en">${head}<body>${body}</body></html>`)}\n`;
}

function section(id: string, title: string, content: SafeHtml): SafeHtml {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`;
}

function figuresSection(report: TeamReport, explained: ReadonlySet<string>): SafeHtml {
  const known = report.figures.filter(({ value }) => value !== null);
  const unknown = unknownFigures(
    report.figures.filter(({ value }) => value === null),
    explained,
  );
  const { timeZone } = report;
  const cardsOf = (figures: readonly Figure[]): SafeHtml[] =>
    figures.map((figure) => figureCard(figure, { explained, timeZone }));
  const cards =
    known.length === 0
      ? html`<p class="quiet">No figure is known for this window.</p>`
      : html`<div class="stack">${cardsOf(known.filter(isDuration))}</div><div class="grid">${cardsOf(
          known.filter((figure) => !isDuration(figure)),
        )}</div>`;
  const unknownSection = unknown === null ? null : section('unknown', 'Not known here', unknown);
  return html`${section('figures', 'Figures', cards)}${unknownSection}`;
}

function askSection(command: string): SafeHtml {
  return html`<div class="ask"><p>Ask an assistant about any of this:</p><code>${command}</code></div>`;
}

function footer(report: TeamReport): SafeHtml {
  const synced = report.syncedAt === null ? unknownLabel : `${formatMinute(report.syncedAt)} UTC`;
  return html`<footer><p>Made by Adjutant from its own store, last read from the sources ${synced}. Days are UTC. n is how many rows a figure stands on; p75 and p90 are what three of four and nine of ten stay within.</p><p>This file is complete in itself: it runs no script and loads nothing. Titles and names in it are quoted from the repositories.</p>${checksSection(report.checks)}</footer>`;
}
