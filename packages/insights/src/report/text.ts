import {
  countOf,
  formatFigure,
  formatNumber,
  formatWindow,
  isDurationUnit,
  listNames,
} from '../format.ts';
import { plainText } from '../outside-text/plain-text.ts';
import { cutToWidth, terminalWidth, wrapToWidth } from '../outside-text/terminal-width.ts';
import { type GapGroup, groupGaps } from './group-gaps.ts';
import type { Figure, Finding, TeamReport } from './team-report.ts';
import {
  defaultConnectCommand,
  findingsHeading,
  markedShare,
  peopleLine,
  reportNotes,
} from './wording.ts';

/** What a piece of a line is; the terminal decides how that looks. */
export type TextStyle = 'title' | 'heading' | 'figure' | 'muted' | 'warning' | 'next' | 'command';
export type Paint = (style: TextStyle, text: string) => string;

export interface TeamReportTextOptions {
  /** Left out: no styling at all, as for a pipe. */
  paint?: Paint;
  /** @unit columns */
  width?: number;
  maxLines?: number;
  /** Where the page was written; null where none was. */
  pagePath?: string | null;
  /** The command of the last line. */
  connectCommand?: string;
}

interface Layout {
  paint: Paint;
  width: number;
  hasPage: boolean;
}

const titleColumns = 34;
const valueColumns = 13;
const fewFigures = 4;
/** A gap's message is bounded, so that this many lines hold the whole of it. */
const gapLinesAtMost = 12;

/** Returns a report as half a page of lines for a terminal; every one is safe to print and fits the width. */
export function renderTeamReportText(
  report: TeamReport,
  options: TeamReportTextOptions = {},
): string[] {
  const { paint = (_style, text) => text, maxLines = 30 } = options;
  const hasPage = (options.pagePath ?? null) !== null;
  const layout = { paint, width: Math.max(40, options.width ?? 80), hasPage };
  const head = headLines(report, layout);
  const findings = findingLines(report, layout);
  const missing = missingLines(report, layout);
  const foot = footLines(options, layout);
  const rest = maxLines - head.length - findings.length - missing.length - foot.length;
  return [...head, ...findings, ...figureLines(report, layout, rest), ...missing, ...foot];
}

function headLines(report: TeamReport, { paint, width }: Layout): string[] {
  const repositories = countOf(report.repositories.length, 'repository', 'repositories');
  const subtitle = `${formatWindow(report.window, report.timeZone)} · ${repositories} · ${peopleLine(report)}`;
  const notes = reportNotes(report).flatMap((note) => wrapToWidth(plainText(note), width, 2));
  return [
    paint('title', cutToWidth(`Team report: ${plainText(report.title)}`, width)),
    paint('muted', cutToWidth(subtitle, width)),
    ...notes.map((line) => paint('warning', line)),
    '',
  ];
}

function findingLines(report: TeamReport, layout: Layout): string[] {
  const lines = [layout.paint('heading', findingsHeading(report))];
  report.findings.forEach((finding, index) => {
    lines.push(...findingBlock(finding, index + 1, layout));
  });
  if (report.findingsNote !== null) {
    const note = wrapToWidth(plainText(report.findingsNote), layout.width - 2, 2);
    lines.push(...note.map((line) => `  ${layout.paint('muted', line)}`));
  }
  return [...lines, ''];
}

function findingBlock(finding: Finding, number: number, { paint, width }: Layout): string[] {
  const sentence = wrapToWidth(plainText(finding.sentence, 400), width - 3, 2);
  const next = cutToWidth(plainText(finding.next), width - 5);
  return [
    ...sentence.map((line, index) =>
      index === 0 ? `${paint('figure', String(number))}  ${line}` : `   ${line}`,
    ),
    `   ${paint('next', `→ ${next}`)}`,
  ];
}

function figureLines(report: TeamReport, layout: Layout, rows: number): string[] {
  const known = report.figures.filter((figure) => figure.value !== null);
  const further = [...commitsLine(report, known.length, layout), ...marksLine(report, layout)];
  const room = Math.max(1, rows - 2 - further.length);
  const shown = known.slice(0, known.length > room ? room - 1 : room);
  const left = known.length - shown.length;
  const lines = [
    ...shown.map((figure) => figureLine(figure, layout)),
    ...(left > 0
      ? [`  ${layout.paint('muted', `and ${left} more${layout.hasPage ? ' in the page' : ''}`)}`]
      : []),
    ...further,
  ];
  const none = `  ${layout.paint('muted', 'None is known for this window.')}`;
  return [layout.paint('heading', 'Figures'), ...(lines.length === 0 ? [none] : lines), ''];
}

function figureLine(figure: Figure, layout: Layout): string {
  const { unit, p75, p90 } = figure;
  const spread =
    isDurationUnit(unit) && p75 !== null && p90 !== null
      ? `   p75 ${formatFigure(p75, unit)}, p90 ${formatFigure(p90, unit)}`
      : '';
  return tableLine(
    figure.title,
    formatFigure(figure.value, unit),
    `n ${formatNumber(figure.sampleSize)}${spread}`,
    layout,
  );
}

/** Where merges leave no trace, commits are what can be told. */
function commitsLine(report: TeamReport, knownFigures: number, layout: Layout): string[] {
  const { repositories, contributors } = report;
  const count = repositories.reduce((sum, { commits }) => sum + commits.total, 0);
  if (knownFigures >= fewFigures || count === 0) return [];
  const isAtLeast = repositories.some(({ commits }) => commits.totalIsLowerBound);
  const value = `${isAtLeast ? 'at least ' : ''}${formatNumber(count)}`;
  const by = contributors === null ? '' : `by ${countOf(contributors, 'person', 'people')}`;
  return [tableLine('Commits', value, by, layout)];
}

function marksLine(report: TeamReport, layout: Layout): string[] {
  const { overall, subject } = report.aiMarks;
  if (overall === null || overall.total === 0) return [];
  const isPart = overall.window.from > report.window.from;
  const rest = `${isPart ? 'last' : 'of'} ${countOf(overall.total, subject)}, rest unknown`;
  return [tableLine("Coding tools' marks", markedShare(overall), rest, layout)];
}

function tableLine(title: string, value: string, rest: string, { paint, width }: Layout): string {
  const name = pad(cutToWidth(plainText(title), titleColumns - 1), titleColumns);
  const shown = pad(value, Math.max(valueColumns, terminalWidth(value) + 1));
  const room = width - 2 - titleColumns - terminalWidth(shown);
  return `  ${name}${paint('figure', shown)}${paint('muted', cutToWidth(rest, Math.max(1, room)))}`;
}

function missingLines(report: TeamReport, { paint, width, hasPage }: Layout): string[] {
  const gaps = groupGaps(report.gaps);
  const unknown = report.figures.filter((figure) => figure.value === null).length;
  const { shown, lines } = gapLines(gaps, report.findings.length, width);
  const left = [
    ...(gaps.length > shown ? [countOf(gaps.length - shown, 'further gap')] : []),
    ...(unknown > 0 ? [countOf(unknown, 'unknown figure')] : []),
  ];
  if (left.length > 0)
    lines.push(`  · ${left.join(' and ')}${hasPage ? ': the page says why' : ''}`);
  const token = report.tokenWouldAdd;
  if (token !== null) lines.push(...wrapToWidth(plainText(token, 400), width - 4, 2).map(indent));
  if (lines.length === 0) return [];
  const heading = paint('heading', 'What is missing');
  return [heading, ...lines.map((line) => paint('muted', line)), ''];
}

/** The first gap, cut where there is no room, and further ones as long as they fit in whole. */
function gapLines(gaps: readonly GapGroup[], findings: number, width: number) {
  // Where little was found there is room to say more.
  const room = [6, 4, 4, 2][findings] ?? 2;
  const lines: string[] = [];
  let shown = 0;
  for (const gap of gaps) {
    const whole = wrapToWidth(scoped(gap), width - 4, gapLinesAtMost);
    const fits = lines.length + whole.length <= room;
    if (shown > 0 && !fits) break;
    const kept = fits ? whole : wrapToWidth(scoped(gap), width - 4, room);
    lines.push(...kept.map(indent));
    shown += 1;
  }
  return { shown, lines };
}

function scoped(gap: { message: string; scopes: readonly string[] }): string {
  return `${listNames(gap.scopes.map((scope) => plainText(scope, 60)))}: ${plainText(gap.message, 400)}`;
}

function indent(line: string, index: number): string {
  return index === 0 ? `  · ${line}` : `    ${line}`;
}

function footLines(options: TeamReportTextOptions, { paint, width }: Layout): string[] {
  const { pagePath = null, connectCommand = defaultConnectCommand } = options;
  // Never cut: a path and a command are there to be copied.
  return [
    ...(pagePath === null
      ? []
      : [`The page, every number with its rows: ${plainText(pagePath, 1000)}`]),
    cutToWidth('Ask an assistant about it: ', width) +
      paint('command', plainText(connectCommand, 1000)),
  ];
}

function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - terminalWidth(text)));
}
