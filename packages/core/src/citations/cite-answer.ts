import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import type { MetricValue } from '../domain.ts';
import type { tables } from '../store/tables.ts';
import { type EvidenceColumns, type EvidenceDigest, summariseEvidence } from './evidence-digest.ts';

export type CitationRow = typeof tables.metricCitations.$inferSelect;

/** An answer with what is kept of it, so that it can be checked later. */
export interface Citation {
  row: CitationRow;
  /** Null where the rows are too many to be kept one by one. */
  evidence(): EvidenceDigest[] | null;
}

export interface CitedQuestion {
  workspaceId: string;
  teamId: string | null;
  /** All that was asked, with what stood open resolved: window, zone, repository. */
  question: Readonly<Record<string, unknown>>;
}

/**
 * Returns the citation of an answer. Its id is made from the question, the definition's version and
 * the result, so that the same answer to the same question has the same id wherever it is made.
 */
export function citeAnswer(
  { workspaceId, teamId, question: asked }: CitedQuestion,
  value: Omit<MetricValue, 'evidenceIds'>,
  evidence: EvidenceColumns,
  computedAt: number,
): Citation {
  const summary = summariseEvidence(evidence);
  const question = plain(asked);
  const row = {
    workspaceId,
    metricId: value.metricId,
    definitionVersion: value.definitionVersion,
    question,
    teamId,
    value: finite(value.value),
    sampleSize: value.sampleSize,
    p50: finite(value.p50),
    p75: finite(value.p75),
    p90: finite(value.p90),
    gaps: value.gaps,
    evidenceCount: summary.count,
    evidenceDigest: summary.digest,
  };
  return { row: { ...row, citationId: idOf(row), computedAt }, evidence: () => summary.rows() };
}

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';
/** 55 bits: two of a million answers share an id in one of 70,000 workspaces. */
const idCharacters = 11;

function idOf(row: object): string {
  const bytes = createHash('sha256').update(canonicalJson(row)).digest();
  const id = Array.from({ length: idCharacters }, (_, index) => {
    const bit = index * 5;
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0);
    return base32[(pair >> (11 - (bit & 7))) & 31];
  });
  return `m${id.join('')}`;
}

/** Returns the question as JSON carries it: nothing left open, no half characters. */
function plain(question: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const text = JSON.stringify(question, (_, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed() : part,
  );
  return JSON.parse(text) as Record<string, unknown>;
}

/** A metric of somebody's own may give what no column and no JSON carries. */
function finite(value: number | null): number | null {
  return value === null || Number.isFinite(value) ? value : null;
}
