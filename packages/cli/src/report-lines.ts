import type { DayWork, DayWorkItem, ReportSummary, ReportView } from '@adjutant/core';
import { countOf, formatMinute, plainText } from '@adjutant/insights';
import type { Output } from './output.ts';

const longestLine = 2_000;
const verbs: Readonly<Record<DayWorkItem['did'], string>> = {
  committed: 'committed',
  opened: 'opened',
  merged: 'merged',
  reviewed: 'reviewed',
  moved: 'moved',
};

/** Returns a report as a paragraph: whose and of when, then what it says. */
export function reportText(report: ReportSummary, { colors }: Output): string {
  const { day, author, isOwn, visibility, id } = report;
  const whose = isOwn ? 'you' : plainText(author.name, 100);
  const seen = visibility === 'team' ? 'shared' : 'private';
  return [`${colors.bold(day)}  ${whose}  ${colors.dim(`${seen}  ${id}`)}`, ...texts(report)].join(
    '\n',
  );
}

function texts({ did, next, blockers }: ReportSummary): string[] {
  return [...labelled('Did', did), ...labelled('Next', next), ...labelled('Blockers', blockers)];
}

function labelled(label: string, text: string | null): string[] {
  if (text === null) return [];
  const lines = text.split(/\r?\n/).map((line) => plainText(line, longestLine));
  return lines.map((line, place) => `  ${(place === 0 ? `${label}:` : '').padEnd(10)}${line}`);
}

/** Returns a report, and where it is one's own its day's work and what it said before. */
export function reportViewText(report: ReportView, output: Output): string {
  const { revision, revisions, submittedVia, updatedAt, work } = report;
  const via = `Revision ${revision}, by ${submittedVia}, ${formatMinute(updatedAt)} UTC.`;
  const before =
    revisions.length === 0 ? '' : ` ${countOf(revisions.length, 'earlier revision')} kept.`;
  const shown = work === null ? [] : ['', ...workLines(work, output)];
  return [reportText(report, output), '', via + before, ...shown].join('\n');
}

/** Returns what is known of a day's work, and what is not. */
export function workLines({ items, unmapped, gaps }: DayWork, { colors }: Output): string[] {
  const lines = items.map(({ did, key, title, repository }) => {
    const place = repository === null ? '' : ` ${colors.dim(plainText(repository, 80))}`;
    return `  ${verbs[did].padEnd(10)}${plainText(key, 60)}  ${plainText(title, 200)}${place}`;
  });
  const strangers = unmapped.map(
    ({ source, login, name, externalId, repository }) =>
      `  ${plainText(login ?? name ?? externalId, 100)} (${plainText(source, 40)}) in ${plainText(repository, 80)}`,
  );
  return [
    colors.bold('The work of that day'),
    ...(lines.length === 0 ? ['  None is known.'] : lines),
    ...(gaps.includes('author_unmapped')
      ? ['  No account is mapped to this person: adjutant people merge']
      : []),
    ...(gaps.includes('truncated') ? ['  There is more than is shown.'] : []),
    ...(strangers.length === 0 ? [] : ['', colors.bold('Accounts of nobody known'), ...strangers]),
  ];
}
