import type { Finding, ReportFacts } from '../report/team-report.ts';

/** What a rule says: something was found, nothing was, or it could not be judged and why. */
export type RuleResult =
  | { outcome: 'found'; finding: Omit<Finding, 'id' | 'title'> }
  | { outcome: 'clear' }
  | { outcome: 'unknown'; reason: string };

/** A rule: a pure function over a report's facts. It looks at repositories and teams, never at a person. */
export interface FindingRule<Params extends Record<string, number> = Record<string, number>> {
  id: string;
  title: string;
  /** The thresholds it uses; there are no others. */
  params: Params;
  evaluate(facts: ReportFacts, params: Params): RuleResult;
}

/** A rule with its thresholds bound. */
export interface BoundFindingRule {
  id: string;
  title: string;
  params: Record<string, number>;
  evaluate(facts: ReportFacts): RuleResult;
}

/** Returns a rule that is evaluated with its own thresholds. */
export function defineFindingRule<Params extends Record<string, number>>(
  rule: FindingRule<Params>,
): BoundFindingRule {
  const { id, title, params } = rule;
  return { id, title, params, evaluate: (facts) => rule.evaluate(facts, params) };
}

export const clear: RuleResult = { outcome: 'clear' };

export function unknown(reason: string): RuleResult {
  return { outcome: 'unknown', reason };
}

export function found(finding: Omit<Finding, 'id' | 'title'>): RuleResult {
  return { outcome: 'found', finding };
}
