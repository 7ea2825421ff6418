/** One line of the report of an evaluation. */
export interface EvaluationLine {
  title: string;
  found: string;
  must: string;
  ok: boolean;
  /** What was missed, so that somebody can look. */
  details?: readonly string[];
}
