import { and, eq } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import { isOfPeople } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { type ComputedMetric, computeMetric } from '../metrics/compute-metric.ts';
import { readAnswerMeta } from '../reads/answer-meta.ts';
import { describedSubjects } from '../reads/described-subjects.ts';
import { describeRows } from '../reads/explain-metric.ts';
import { nextCursor, readCursor, readLimit } from '../reads/paging.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { tables } from '../store/tables.ts';
import type { AnswerMeta } from '../workspace/handle.ts';
import { mayBeOnPeople } from './asked-on-people.ts';
import type { CitationRow } from './cite-answer.ts';
import { citationReasons } from './citation-reasons.ts';
import { findCitation, readCitedRows, type StoredQuestion } from './find-citation.ts';
import type { CitationExplanation, CitedFigure, CitedRow } from './handle.ts';
import { keepCitations } from './keep-citations.ts';
import { type ListedRow, listRows, matchRows } from './match-rows.ts';

/** Returns what was cited, what the same question comes to now, and what lies between them. */
export async function explainCitation(
  context: ReadContext,
  citationId: string,
  page: { limit?: number | undefined; cursor?: string | undefined },
): Promise<CitationExplanation> {
  const offset = readCursor(page.cursor);
  const limit = readLimit(page.limit);
  const { row, question } = await findCitation(context, citationId);
  const meta = await readAnswerMeta(context);
  const asThen = contextOf(context, row);
  const repository = await nameOfRepository(context, question.repository);
  const { teamId } = row;
  const head = { citationId: row.citationId, question, repository, teamId, cited: figureOf(row) };
  const computed = await askAgain(asThen, question, meta);
  const isUnanswered = typeof computed === 'string';
  const now = isUnanswered ? null : computed.answer;
  const isOnPeople =
    mayBeOnPeople(question) || (!isUnanswered && isOfPeople(computed.query.definition));
  const isHidden = isOnPeople && row.value !== null && (now?.value ?? null) === null;
  if (isUnanswered || isHidden) {
    const cited = isHidden ? hidden(head.cited) : head.cited;
    const reasons = [...(isUnanswered ? [computed] : []), ...(isHidden ? [noLonger] : [])];
    const none = { items: [], total: 0, nextCursor: null, meta };
    return { ...head, cited, now, verdict: 'cannot_tell', reasons, ...none };
  }
  keepCitations(context.store, [computed.citation]);
  const { row: present } = computed.citation;
  const isEqual =
    row.evidenceDigest === present.evidenceDigest && row.evidenceCount === present.evidenceCount;
  const cited = isEqual ? null : await readCitedRows(context, row);
  const isSameVersion = row.definitionVersion === present.definitionVersion;
  const matched =
    cited === null ? null : matchRows(cited, computed.evidenceDigests(), isSameVersion);
  const gone = await describe(context, computed, matched?.gone ?? []);
  const deletedCount = matched?.gone.filter((id) => !gone.has(id)).length ?? 0;
  const reasons = citationReasons({ cited: row, present, matched, deletedCount });
  const listed = listRows(matched, present.evidenceCount, isEqual);
  const items = await showRows(context, computed, listed.slice(offset, offset + limit));
  return {
    ...head,
    now,
    verdict: reasons.length === 0 ? 'same' : 'changed',
    reasons,
    items,
    total: listed.length,
    nextCursor: nextCursor(offset, items.length, listed.length),
    meta,
  };
}

/** The same team and the same instant: that time went by alone changes no answer. */
function contextOf(context: ReadContext, { teamId, computedAt }: CitationRow): ReadContext {
  const { clock } = context;
  const then: Clock = {
    now: () => computedAt,
    sleep: (milliseconds, signal) => clock.sleep(milliseconds, signal),
  };
  return { ...context, teamId, clock: then };
}

/** Asks again; returns in words why that cannot be done, where what it was about is gone. */
async function askAgain(
  asThen: ReadContext,
  question: StoredQuestion,
  meta: AnswerMeta,
): Promise<ComputedMetric | string> {
  try {
    return await computeMetric(asThen, question, meta);
  } catch (error) {
    const isGone =
      AdjutantError.isInstance(error) && ['NotFound', 'InvalidInput'].includes(error.code);
    if (!isGone) throw error;
    return `It cannot be asked again. ${error.message}`;
  }
}

async function nameOfRepository(
  { store, workspaceId }: ReadContext,
  externalId: string | undefined,
): Promise<string | null> {
  if (externalId === undefined) return null;
  const { repositories } = tables;
  const [found] = await store.read
    .select({ name: repositories.name })
    .from(repositories)
    .where(and(eq(repositories.workspaceId, workspaceId), eq(repositories.externalId, externalId)));
  return found?.name ?? null;
}

function figureOf(row: CitationRow): CitedFigure {
  const { definitionVersion, value, sampleSize, p50, p75, p90, gaps, computedAt } = row;
  const rowCount = row.evidenceCount;
  return { definitionVersion, value, sampleSize, p50, p75, p90, gaps, rowCount, computedAt };
}

const noLonger =
  'The figure may be one on few people and is unknown now, so what it was then is not told either.';

/** What was told once, when more people were behind it, may have too few behind it by now. */
function hidden({ definitionVersion, computedAt }: CitedFigure): CitedFigure {
  const none = { value: null, p50: null, p75: null, p90: null, sampleSize: 0, rowCount: 0 };
  return { definitionVersion, computedAt, ...none, gaps: [] };
}

function describe(context: ReadContext, { query }: ComputedMetric, ids: readonly string[]) {
  return describeRows(context, describedSubjects[query.definition.subject], ids);
}

async function showRows(
  context: ReadContext,
  computed: ComputedMetric,
  listed: readonly ListedRow[],
): Promise<CitedRow[]> {
  const rows = listed.map(({ gone, index, change }) => {
    const { id, values } = gone === null ? computed.evidenceAt(index) : { id: gone, values: {} };
    return { id, values, change };
  });
  // A row that is gone may belong to another team by now, which is not told what it is.
  const seen = rows.filter(({ change }) => change !== 'gone' || context.teamId === null);
  const ids = seen.map(({ id }) => id);
  const described = await describe(context, computed, ids);
  return rows.map((row) => {
    const found = ids.includes(row.id) ? described.get(row.id) : undefined;
    const { key = row.id, title = '', rawRecordId = null } = found ?? {};
    return { ...row, key, title, rawRecordId };
  });
}
