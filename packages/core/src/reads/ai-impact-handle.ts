import type { AiAdoption, AiImpactComparison, Window } from '../domain.ts';
import type { AnswerMeta } from '../workspace/handle.ts';

/** Which of two durations is compared: the one that more pull requests have. */
export type AiImpactMeasure = 'opened_to_merge' | 'first_commit_to_merge';

/** What is asked about. The window is the last ninety days unless told, taken in whole weeks. */
export interface AiImpactQuery {
  window?: Window | undefined;
  repository?: string | undefined;
}

export interface AiImpactAnswer extends AiImpactComparison {
  /** Which duration the hours are: that which more of the pull requests have. */
  measure: AiImpactMeasure;
  /** Codes of the gaps that touch these figures. */
  gaps: string[];
  meta: AnswerMeta;
}

export interface AiAdoptionAnswer extends AiAdoption {
  /** Codes of the gaps that touch these figures. */
  gaps: string[];
  meta: AnswerMeta;
}

/** What the marks of coding tools go together with. Nothing here is of a single person. */
export interface AiImpact {
  /**
   * Compares pull requests that were assisted with those declared as made without.
   * @throws AdjutantError `Configuration`, `InvalidInput`, `NotFound`
   */
  compare(query?: AiImpactQuery): Promise<AiImpactAnswer>;
  /**
   * Counts merged pull requests by class, week by week.
   * @throws AdjutantError `Configuration`, `InvalidInput`, `NotFound`
   */
  adoption(query?: AiImpactQuery): Promise<AiAdoptionAnswer>;
}
