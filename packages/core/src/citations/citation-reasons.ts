import type { CitationRow } from './cite-answer.ts';
import { mostRowsKept } from './evidence-digest.ts';
import type { MatchedRows } from './match-rows.ts';

export interface CitationComparison {
  cited: CitationRow;
  present: CitationRow;
  /** Null where the rows that were cited are not kept one by one. */
  matched: MatchedRows | null;
  /** How many of the rows that no longer count are not in the store at all. */
  deletedCount: number;
}

/** Returns in sentences what differs between a figure as cited and as it is now; none where nothing does. */
export function citationReasons(comparison: CitationComparison): string[] {
  const { cited, present } = comparison;
  const isFigureSame = figureOf(cited) === figureOf(present);
  const reasons = [
    ...versionReasons(cited, present),
    ...rowReasons(comparison),
    ...gapReasons(cited.gaps, present.gaps),
  ];
  if (isFigureSame && reasons.length === 0) return [];
  if (isFigureSame) return ['The figure itself is the same.', ...reasons];
  if (reasons.length > 0) return reasons;
  if (cited.evidenceCount === 0 && cited.sampleSize > 0) {
    return ['The figure is another one; its rows are not shown, so what changed is not told.'];
  }
  return [
    'The rows are the same; something else that the figure reads is not, such as settings or up to when the sources are read.',
  ];
}

function figureOf({ value, sampleSize, p50, p75, p90 }: CitationRow): string {
  return JSON.stringify([value, sampleSize, p50, p75, p90]);
}

function versionReasons(cited: CitationRow, present: CitationRow): string[] {
  const { definitionVersion: was } = cited;
  const { definitionVersion: is } = present;
  return was === is ? [] : [`The definition changed from version ${was} to version ${is}.`];
}

function rowReasons({ cited, present, matched, deletedCount }: CitationComparison): string[] {
  if (matched === null) return manyRowsReasons(cited, present);
  const added = matched.changes.filter((change) => change === 'added').length;
  const changed = matched.changes.filter((change) => change === 'changed').length;
  const gone = matched.gone.length;
  const reasons: string[] = [];
  if (added > 0) {
    reasons.push(`${rows(added)} more, which came later or did not count before.`);
  }
  if (gone > 0) {
    const deleted =
      deletedCount > 0 ? `; ${deletedCount} of them no longer in the store at all` : '';
    reasons.push(`${rows(gone)} no longer there${deleted}.`);
  }
  if (changed > 0) reasons.push(`${rows(changed)} with other values than then.`);
  return reasons;
}

/** Where a definition reads other columns, a digest of many rows says nothing about them. */
function manyRowsReasons(cited: CitationRow, present: CitationRow): string[] {
  const { evidenceCount: was } = cited;
  const { evidenceCount: is } = present;
  const which = `Which ones is not kept above ${mostRowsKept} rows.`;
  if (was !== is) {
    const [count, how] = is > was ? [is - was, 'more'] : [was - is, 'fewer'];
    return [`${rows(count)} ${how} on balance: ${was} then, ${is} now. ${which}`];
  }
  const isComparable = cited.definitionVersion === present.definitionVersion;
  if (!isComparable || cited.evidenceDigest === present.evidenceDigest) return [];
  return [`As many rows as then, ${is}, but not the same, or with other values. ${which}`];
}

function gapReasons(cited: readonly string[], present: readonly string[]): string[] {
  return [
    ...present
      .filter((code) => !cited.includes(code))
      .map((code) => `The gap ${code} came: something is missing that was not then.`),
    ...cited
      .filter((code) => !present.includes(code))
      .map((code) => `The gap ${code} went: what was missing then no longer is.`),
  ];
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}
