import type { ReportSummary, SharedReports, WorkspaceHandle } from '@adjutant/core';
import { plainText } from '../outside-text/plain-text.ts';

const longestLine = 300;
const mostLines = 12;

/** Words of a report, each line made safe to show and nothing more. */
export interface QuotedLines {
  lines: string[];
  /** There was more than is here. */
  isCut: boolean;
}

export interface DigestBlocker extends QuotedLines {
  reportId: string;
  day: string;
  author: string;
}

export interface DigestEntry {
  reportId: string;
  day: string;
  did: QuotedLines | null;
  next: QuotedLines | null;
}

export interface DigestAuthor {
  author: string;
  entries: DigestEntry[];
}

/** What a team told of its days: what is in the way first, then who did what. */
export interface ReportDigest {
  fromDay: string;
  toDay: string;
  blockers: DigestBlocker[];
  /** By name; each with the days in order. Whoever shared nothing is not in it. */
  authors: DigestAuthor[];
  /** How many people shared something. Who shared nothing is neither named nor counted. */
  sharing: number;
  /** More was shared than is here. */
  isCut: boolean;
}

/** Returns the digest of what was shared of some days; the same words every time. */
export async function buildReportDigest(
  handle: Pick<WorkspaceHandle, 'reports'>,
  days: { fromDay: string; toDay: string },
): Promise<ReportDigest> {
  return digestOf(await handle.reports.shared(days));
}

/** Pure: returns the digest of shared reports. */
export function digestOf(shared: SharedReports): ReportDigest {
  const { fromDay, toDay, sharing, isCut } = shared;
  const reports = shared.reports.toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  return {
    fromDay,
    toDay,
    blockers: reports.flatMap(blockerOf),
    authors: authorsOf(reports),
    sharing,
    isCut,
  };
}

function orderOf({ day, author, id }: ReportSummary): string {
  return `${day} ${author.name} ${id}`;
}

function blockerOf({ id, day, author, blockers }: ReportSummary): DigestBlocker[] {
  if (blockers === null) return [];
  return [{ reportId: id, day, author: nameOf(author), ...quoted(blockers) }];
}

function authorsOf(reports: readonly ReportSummary[]): DigestAuthor[] {
  const byPerson = new Map<string, DigestAuthor>();
  for (const { id, day, author, did, next } of reports) {
    const known = byPerson.get(author.personId) ?? { author: nameOf(author), entries: [] };
    known.entries.push({
      reportId: id,
      day,
      did: did === null ? null : quoted(did),
      next: next === null ? null : quoted(next),
    });
    byPerson.set(author.personId, known);
  }
  const keyOf = ({ author, entries }: DigestAuthor): string =>
    `${author} ${entries[0]?.reportId ?? ''}`;
  return [...byPerson.values()].toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function nameOf({ name }: ReportSummary['author']): string {
  return plainText(name, 100) || 'Somebody';
}

/** Returns words as lines that can only be read. */
function quoted(text: string): QuotedLines {
  const lines = text
    .split(/\r?\n/)
    .map((line) => plainText(line, longestLine))
    .filter((line) => line !== '');
  return { lines: lines.slice(0, mostLines), isCut: lines.length > mostLines };
}
