import type { ExplainedRow, WorkSummary } from '@adjutant/core';
import { plainText } from '../outside-text/plain-text.ts';
import { workPage } from './code-host.ts';
import { type Evidence, type EvidenceRow, evidenceLimit, textLimit } from './evidence.ts';
import { instantOf, type ListedWork } from './list-work.ts';
import { allWork, type RepositoryWork } from './repository-work.ts';

type Values = EvidenceRow['values'];

/** Returns a listed piece of work as a row of evidence. Its author stays behind: reports rank nobody. */
export function workRow(item: WorkSummary, page: string | null, values: Values = {}): EvidenceRow {
  return {
    id: item.id,
    key: plainText(item.key, textLimit),
    title: plainText(item.title, textLimit),
    repository: item.repository === null ? null : plainText(item.repository, textLimit),
    url: workPage(page, item.key, item.kind === 'release'),
    at: instantOf(item),
    values,
  };
}

/** Returns listed work as evidence, newest first, at most `limit` rows of it. */
export function workEvidence(
  listed: ListedWork,
  page: string | null,
  limit = evidenceLimit,
): Evidence {
  return {
    rows: listed.items.slice(0, limit).map((item) => workRow(item, page)),
    total: listed.items.length,
    totalIsLowerBound: !listed.isComplete,
    order: 'newest first',
  };
}

/** Returns evidence from rows that are already chosen. */
export function rowsEvidence(
  rows: readonly EvidenceRow[],
  order: string,
  total = rows.length,
  totalIsLowerBound = false,
): Evidence {
  return { rows: rows.slice(0, evidenceLimit), total, totalIsLowerBound, order };
}

/** Where each piece of work that was listed lives, by its id. */
export type WorkIndex = ReadonlyMap<string, { item: WorkSummary; page: string | null }>;

/** Returns an index of all listed work by id. */
export function indexWork(works: readonly RepositoryWork[]): WorkIndex {
  return new Map(
    works.flatMap((work) =>
      allWork(work).map((item) => [item.id, { item, page: work.page }] as const),
    ),
  );
}

/** Returns a row that a metric read as a row of evidence, with its columns. */
export function explainedRow(row: ExplainedRow, index: WorkIndex): EvidenceRow {
  const values = shownValues(row.values);
  const found = index.get(row.id);
  if (found !== undefined) return workRow(found.item, found.page, values);
  return {
    id: row.id,
    key: plainText(row.key, textLimit),
    title: plainText(row.title, textLimit),
    repository: null,
    url: null,
    at: instantAmong(row.values),
    values,
  };
}

/** Ids of accounts and rows say nothing to a reader, and could point at a person. */
function shownValues(values: ExplainedRow['values']): Values {
  const shown = Object.entries(values).filter(([name]) => !/^id$|Id$|accountKey$/.test(name));
  return Object.fromEntries(
    shown.map(([name, value]) => [
      plainText(name, 60),
      typeof value === 'string' ? plainText(value, textLimit) : value,
    ]),
  );
}

const instantColumns = [
  'deployedAt',
  'releasedAt',
  'finishedAt',
  'mergedAt',
  'openedAt',
  'decidedAt',
];

function instantAmong(values: ExplainedRow['values']): number | null {
  for (const name of instantColumns) {
    const value = values[name];
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  }
  return null;
}
