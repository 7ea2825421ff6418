import {
  type Grant,
  grants,
  type PrivacyReport,
  type RefusalPage,
  refusalReasons,
  viewerRelations,
} from '@adjutant/core';
import { formatMinute, formatNumber, plainText } from '@adjutant/insights';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

const shortGrants: Readonly<Record<Grant, string>> = {
  shown: 'yes',
  protected: '5+',
  protected_known_set: '5+ known',
  own_entries: 'own',
  own_or_granted: 'own',
  granted: 'right',
  never: '–',
};

/** Returns the report in the width of a terminal; the Markdown form holds every column. */
export function privacyReportText(report: PrivacyReport, output: Output): string {
  const { bold } = output.colors;
  return [
    'It names no person. The whole of it: --format markdown, or --json.',
    '',
    bold('Thresholds'),
    ...report.thresholds.map(({ value, unit, meaning }) => `${value} ${unit}: ${meaning}`),
    '',
    bold('Personal data'),
    dataMapText(report, output),
    '',
    bold('Who sees what'),
    visibilityText(report, output),
    ...Object.entries(shortGrants)
      .filter(([name]) => name !== 'shown' && name !== 'never')
      .map(([name, short]) => `${short}: ${grants[name as Grant]}`),
    '',
    bold('Never'),
    ...report.neverExists.map(({ what }) => `– ${what}`),
    '',
    bold('Sources'),
    ...sourceLines(report),
    '',
    bold('Refused questions'),
    ...refusalLines(report),
  ].join('\n');
}

/** Returns refused questions as a table, newest first. */
export function refusalsText(page: RefusalPage, output: Output): string {
  if (page.items.length === 0) return 'No question about people was refused.';
  const rows = page.items.map(({ firstAt, lastAt, actor, name, class: of, reason, times }) => [
    formatMinute(lastAt === firstAt ? firstAt : lastAt),
    formatNumber(times),
    word(askerText(actor, name)),
    spoken(of),
    refusalReasons[reason],
  ]);
  const columns = [
    { title: 'last asked' },
    { title: 'times', align: 'right' as const },
    { title: 'by', width: 40 },
    { title: 'about' },
    { title: 'why', width: 60 },
  ];
  const left = page.total - page.items.length;
  const more = left > 0 ? ['', `and ${formatNumber(left)} more: raise --limit`] : [];
  return [renderTable(output, columns, rows), ...more].join('\n');
}

function askerText(actor: string, name: string | null): string {
  if (name === null) return actor;
  return actor.startsWith('agent:') ? `an assistant of ${name}` : name;
}

function dataMapText({ dataMap }: PrivacyReport, output: Output): string {
  const rows = dataMap.map(({ table, personal, purpose, retention, rows: count }) => [
    table,
    count === null ? 'under 5' : formatNumber(count),
    personal,
    purpose,
    retention.text,
  ]);
  const columns = [
    { title: 'table' },
    { title: 'rows', align: 'right' as const },
    { title: 'what', width: 30 },
    { title: 'for', width: 34 },
    { title: 'kept', width: 24 },
  ];
  return renderTable(output, columns, rows);
}

function visibilityText({ visibility }: PrivacyReport, output: Output): string {
  const rows = visibility.flatMap(({ class: name, read, change }) => [
    [spoken(name), 'see', ...viewerRelations.map((relation) => shortGrants[read[relation]])],
    ...(change === null
      ? []
      : [['', 'change', ...viewerRelations.map((relation) => shortGrants[change[relation]])]]),
  ]);
  const columns = [
    { title: 'what' },
    { title: '' },
    ...viewerRelations.map((title) => ({ title })),
  ];
  return renderTable(output, columns, rows);
}

function sourceLines({ sources, storeHost }: PrivacyReport): string[] {
  const store = storeHost === null ? 'a file of this machine' : plainText(storeHost, 100);
  return [
    ...sources.map(({ source, hosts, scopes, scopesTotal }) => {
      const contacted = hosts === null ? 'no longer configured' : hosts.join(', ') || 'no host';
      const more = scopesTotal > scopes.length ? ` and ${scopesTotal - scopes.length} more` : '';
      return `${word(source)} (${word(contacted)}): ${scopes.map(word).join(', ')}${more}`;
    }),
    `store: ${store}`,
  ];
}

function refusalLines({ refusals }: PrivacyReport): string[] {
  if (refusals.length === 0) return ['none so far'];
  return refusals.map(
    ({ class: of, reason, times }) =>
      `${formatNumber(times)} × ${spoken(of)}: ${refusalReasons[reason]}`,
  );
}

function spoken(name: string): string {
  return name.replaceAll('_', ' ');
}

function word(text: string): string {
  return plainText(text, 200);
}
