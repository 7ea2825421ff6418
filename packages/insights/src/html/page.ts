import { formatMinute, unknownLabel } from '../format.ts';
import type { Figure, TeamReport } from '../report/team-report.ts';
import { defaultConnectCommand } from '../report/wording.ts';
import { html, type SafeHtml } from './escape.ts';
import { htmlDocument } from './html-document.ts';
import { figureCard, isDuration, unknownFigures } from './figure-card.ts';
import { findingCards } from './finding-cards.ts';
import { markCard } from './mark-card.ts';
import { checksSection, missingSection } from './missing-section.ts';
import { reportHeader } from './report-header.ts';
import { repositoryCards } from './repository-cards.ts';

export interface TeamReportPageOptions {
  /** The command that connects an assistant. */
  connectCommand?: string;
}

/** Returns a report as one HTML file that needs nothing else: no script, no request, no font. */
export function renderTeamReportPage(
  report: TeamReport,
  options: TeamReportPageOptions = {},
): string {
  const { connectCommand = defaultConnectCommand } = options;
  const explained = new Set(report.gaps.map(({ code }) => code));
  const body = html`<a class="skip" href="#findings">Skip to the findings</a><div class="page">${reportHeader(report)}<main>${findingCards(report)}${figuresSection(report, explained)}${section('marks-section', 'Marks of coding tools', markCard(report.aiMarks, report.timeZone))}${section('repositories', 'Repositories', repositoryCards(report.repositories))}${missingSection(report)}</main>${askSection(connectCommand)}${footer(report)}</div>`;
  return htmlDocument(`Team report: ${report.title}`, body);
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
