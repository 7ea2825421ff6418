import type { AiAdoptionWeek, AiImpactDefinition, AiImpactRow, Window } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { readWindow } from '../metrics/compute-metric.ts';
import { noteUntold } from '../privacy/note-untold.ts';
import type { AiImpact, AiImpactMeasure, AiImpactQuery } from './ai-impact-handle.ts';
import { loadAiImpactRows, type PlacedRow } from './ai-impact-rows.ts';
import { readAnswerMeta } from './answer-meta.ts';
import type { ReadContext } from './read-context.ts';
import { findRepository } from './repositories.ts';
import { readTouchingGaps } from './touching-gaps.ts';

/** Returns the comparison and the adoption of one workspace. */
export function createAiImpact(context: ReadContext): AiImpact {
  return {
    async compare(query = {}) {
      const { definition, weeks, rows, leftOut, measure, gaps } = await read(context, query);
      const comparison = definition.compare(rows, { window: weeks, leftOut });
      const { merged, classes } = comparison.coverage;
      if (merged > 0 && classes === null) noteUntold(context, null, 'too_few_people');
      return { ...comparison, measure, gaps, meta: await readAnswerMeta(context) };
    },
    async adoption(query = {}) {
      const { definition, weeks, rows, leftOut, gaps } = await read(context, query);
      const adoption = definition.adoption(rows, weeks, { leftOut });
      const isUntold = ({ merged, classes }: AiAdoptionWeek) => merged > 0 && classes === null;
      if (adoption.weeks.some(isUntold)) noteUntold(context, null, 'too_few_people');
      return { ...adoption, gaps, meta: await readAnswerMeta(context) };
    },
  };
}

/** What a gap must be about to stand beside the answer. */
const whatIsRead = {
  subject: 'pull_request',
  columns: [
    'openedAt',
    'mergedAt',
    'firstCommitToMergeMs',
    'sizeLines',
    'reworkRounds',
    'mergedWithoutReview',
  ],
};

interface Asked {
  definition: AiImpactDefinition;
  weeks: Window;
  rows: AiImpactRow[];
  leftOut: AiImpactRow[][];
  measure: AiImpactMeasure;
  gaps: string[];
}

async function read(context: ReadContext, query: AiImpactQuery): Promise<Asked> {
  const definition = context.metrics.aiImpact;
  if (definition === undefined) {
    throw new AdjutantError('Configuration', 'No comparison of coding tools was given.', {
      hint: 'Pass "allMetrics" of @adjutant/metrics to createAdjutant.',
    });
  }
  const { store, workspaceId, clock, teamId } = context;
  const now = clock.now();
  const weeks = definition.weeks(readWindow(query.window, now), now);
  const repository =
    query.repository === undefined ? null : await findRepository(context, query.repository);
  const { rows: all, measure } = await loadAiImpactRows(store.read, workspaceId, weeks, now);
  const isInside = (placed: PlacedRow): boolean =>
    (teamId === null || placed.teamId === teamId) &&
    (repository === null || placed.repositoryExternalId === repository);
  const inside = all.filter(isInside);
  // The groups that can be asked about without the filter: the workspace, and the teams of what is inside.
  const teams = new Set(inside.map((placed) => placed.teamId));
  const outside = all.filter((placed) => !isInside(placed));
  const rowsOf = (placed: readonly PlacedRow[]): AiImpactRow[] => placed.map(({ row }) => row);
  return {
    definition,
    weeks,
    measure,
    gaps: await readTouchingGaps(context, whatIsRead, repository),
    rows: rowsOf(inside),
    leftOut: [
      rowsOf(outside),
      ...[...teams].map((team) => rowsOf(outside.filter((placed) => placed.teamId === team))),
    ],
  };
}
