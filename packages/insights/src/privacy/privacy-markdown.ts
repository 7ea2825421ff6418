import {
  type Granted,
  grants,
  type PrivacyReport,
  refusalReasons,
  viewerRelations,
} from '@adjutant/core';
import { formatMinute, formatNumber } from '../format.ts';
import { plainText } from '../outside-text/plain-text.ts';

const longestCell = 300;

/** Returns the privacy report as one Markdown document, fit to be handed on: it names no person. */
export function privacyReportMarkdown(report: PrivacyReport): string {
  return `${[
    '# Privacy report',
    `Of the workspace ${cell(report.workspaceId)}, made on ${formatMinute(report.asOf)}. It names no person. Adjutant shows how work flows; it is not made to assess, compare or monitor single people and must not be used for it.`,
    ...section('Personal data', dataMapOf(report), [
      'Counts from one to four are not told: they could tell of a single person.',
    ]),
    ...section('Who sees what', visibilityOf(report), [
      Object.entries(grants)
        .map(([name, text]) => `- **${spoken(name)}**: ${text}`)
        .join('\n'),
    ]),
    ...section(
      'Thresholds in force',
      table(
        ['', ''],
        report.thresholds.map(({ value, unit, meaning }) => [`${value} ${unit}`, meaning]),
      ),
    ),
    ...section(
      'What never exists',
      table(
        ['never', 'the test that fails otherwise'],
        report.neverExists.map(({ what, guardedBy }) => [
          what,
          `${guardedBy.test} (${guardedBy.file})`,
        ]),
      ),
    ),
    ...section('Sources and hosts', sourcesOf(report), [
      report.storeHost === null
        ? 'The store is a file of this machine.'
        : `The store lies on ${cell(report.storeHost)}.`,
    ]),
    ...section('Questions that were refused', refusalsOf(report), [
      'Who asked stands in the ledger: `adjutant privacy refusals`. What was asked in particular is kept nowhere.',
    ]),
    ...section(
      'Tables without personal data',
      table(
        ['table', 'holds', 'personal data'],
        report.otherTables.map(({ table: name, holds, personal }) => [name, holds, personal]),
      ),
    ),
    '## What this report cannot know',
    'The legal basis, who is responsible, who holds the roles of lead and administrator, how long backups are kept, and what the sources themselves keep.',
  ].join('\n\n')}\n`;
}

function dataMapOf({ dataMap }: PrivacyReport): string {
  return table(
    ['table', 'what', 'fields', 'whose', 'from', 'for', 'kept', 'seen as', 'rows'],
    dataMap.map((entry) => [
      entry.table,
      entry.personal,
      entry.fields.join(', '),
      entry.whose,
      entry.origin,
      entry.purpose,
      entry.retention.text,
      entry.seenAs,
      rowsText(entry.rows),
    ]),
  );
}

function visibilityOf({ visibility }: PrivacyReport): string {
  const line = (what: string, act: string, row: Granted): string[] => [
    what,
    act,
    ...viewerRelations.map((relation) => spoken(row[relation])),
  ];
  return table(
    ['what', '', ...viewerRelations],
    visibility.flatMap(({ class: name, holds, read, change }) => [
      line(`${name}: ${holds}`, 'see', read),
      ...(change === null ? [] : [line(`${name}: ${holds}`, 'change', change)]),
    ]),
  );
}

function sourcesOf({ sources }: PrivacyReport): string {
  if (sources.length === 0) return 'No source is configured and none was ever read.';
  return table(
    ['source', 'hosts', 'reads'],
    sources.map(({ source, title, hosts, scopes, scopesTotal }) => [
      title === source ? source : `${title} (${source})`,
      hosts === null ? 'no longer configured' : hosts.length === 0 ? 'none' : hosts.join(', '),
      scopes.join(', ') +
        (scopesTotal > scopes.length ? ` and ${scopesTotal - scopes.length} more` : ''),
    ]),
  );
}

function refusalsOf({ refusals }: PrivacyReport): string {
  if (refusals.length === 0) return 'None so far.';
  return table(
    ['about', 'why', 'times'],
    refusals.map(({ class: of, reason, times }) => [
      spoken(of),
      refusalReasons[reason],
      formatNumber(times),
    ]),
  );
}

function section(title: string, body: string, after: readonly string[] = []): string[] {
  return [`## ${title}`, body, ...after];
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heading), `|${heading.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

/** Names of repositories and channels come from outside: none of them is markup here. */
function cell(text: string): string {
  return plainText(text, longestCell)
    .replaceAll('\\', '\\\\')
    .replaceAll(/[|<>[\]`*_]/g, (mark) => `\\${mark}`);
}

function rowsText(rows: number | null): string {
  return rows === null ? 'fewer than 5' : formatNumber(rows);
}

function spoken(name: string): string {
  return name.replaceAll('_', ' ');
}
