import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { windowSchema } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { tables } from '../store/tables.ts';
import type { MetricQuery } from '../workspace/handle.ts';
import type { CitationRow } from './cite-answer.ts';
import type { EvidenceDigest } from './evidence-digest.ts';
import { citationsKept } from './keep-citations.ts';

const { citedEvidence, metricCitations } = tables;

/** What every question has; what else one names is checked where it is answered. */
const questionSchema = z.looseObject({
  metricId: z.string(),
  window: windowSchema,
  repository: z.string().optional(),
});

export type StoredQuestion = MetricQuery & z.infer<typeof questionSchema>;

interface FoundCitation {
  row: CitationRow;
  question: StoredQuestion;
}

/** Returns a citation that the viewer may see. @throws AdjutantError `NotFound` */
export async function findCitation(
  context: ReadContext,
  citationId: string,
): Promise<FoundCitation> {
  const { store, workspaceId, teamId } = context;
  await citationsKept(store);
  const [row] = await store.read
    .select()
    .from(metricCitations)
    .where(
      and(
        eq(metricCitations.workspaceId, workspaceId),
        eq(metricCitations.citationId, citationId.trim().toLowerCase()),
      ),
    );
  const question = row === undefined ? undefined : questionSchema.parse(row.question);
  if (row === undefined || question === undefined) throw unknownCitation();
  // What was asked of the whole workspace may show more than the team's own rows.
  if (teamId !== null && row.teamId !== teamId) throw unknownCitation();
  return { row, question };
}

/** Returns the rows that a citation was made from; null where they are not kept. */
export async function readCitedRows(
  { store, workspaceId }: ReadContext,
  { evidenceCount, evidenceDigest }: CitationRow,
): Promise<EvidenceDigest[] | null> {
  if (evidenceCount === 0) return [];
  const [found] = await store.read
    .select({ rows: citedEvidence.rows })
    .from(citedEvidence)
    .where(
      and(
        eq(citedEvidence.workspaceId, workspaceId),
        eq(citedEvidence.evidenceDigest, evidenceDigest),
      ),
    );
  return found?.rows ?? null;
}

function unknownCitation(): AdjutantError {
  return new AdjutantError('NotFound', 'There is no citation of that id here.', {
    hint: 'An id stands beside each figure, m and eleven letters and digits. It is kept for 400 days, in the workspace it was made in; a team sees its own.',
  });
}
