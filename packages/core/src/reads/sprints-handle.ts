import type {
  SprintAmount,
  SprintFigures,
  SprintItemOutcome,
  SprintShare,
  SprintSummary,
  SprintVelocity,
} from '../domain.ts';
import type { AnswerMeta, Page } from '../workspace/handle.ts';

/** An item of a sprint and what became of it. */
export interface SprintReportItem extends SprintItemOutcome {
  /** Its own id, with which `getWork` returns it whole. */
  id: string;
  key: string;
  title: string;
}

/** The figures of one sprint, with the rows that made them. */
export interface SprintReport extends Omit<SprintFigures, 'items'> {
  sprint: SprintSummary;
  items: SprintReportItem[];
  definition: string;
  definitionVersion: number;
  /** Codes of the gaps that touch it. */
  gaps: string[];
  meta: AnswerMeta;
}

/** What one closed sprint adds to the velocity. */
export interface VelocitySprint extends SprintSummary {
  commitment: SprintAmount | null;
  velocity: SprintAmount | null;
  reliability: SprintShare;
  caveats: string[];
}

/** The velocity over some closed sprints, newest first, and what the next one should take on. */
export interface SprintVelocityAnswer extends SprintVelocity {
  sprints: VelocitySprint[];
  definition: string;
  definitionVersion: number;
  /** Codes of the gaps that touch it. */
  gaps: string[];
  meta: AnswerMeta;
}

/** Sprints and what was planned and done in them. */
export interface Sprints {
  /** Running ones first, then those to come, then closed ones, the newest first. */
  list(query?: {
    limit?: number | undefined;
    cursor?: string | undefined;
  }): Promise<Page<SprintSummary>>;
  /**
   * Returns a sprint replayed from what changed of its items.
   * @throws AdjutantError `NotFound` for an id of no sprint here, `Configuration` where no metrics
   * that know sprints were given
   */
  report(sprintId: string): Promise<SprintReport>;
  /**
   * Returns what the last closed sprints completed; the last 5 unless told, 50 at most.
   * @throws AdjutantError `InvalidInput`, `Configuration` as for a report
   */
  velocity(query?: { last?: number | undefined }): Promise<SprintVelocityAnswer>;
}
