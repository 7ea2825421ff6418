import { countOf } from '../format.ts';
import type { Finding, ReportFacts, RuleOutcome, TeamReport } from '../report/team-report.ts';
import type { BoundFindingRule } from './finding-rule.ts';
import { findingRules } from './rules.ts';

const mostFindings = 3;

/** Returns the three findings worth most attention, and an honest sentence where there are fewer. */
export function selectFindings(
  facts: ReportFacts,
  rules: readonly BoundFindingRule[] = findingRules,
): Pick<TeamReport, 'findings' | 'findingsNote' | 'checks'> {
  const all: Finding[] = [];
  const checks: RuleOutcome[] = [];
  for (const rule of rules) {
    const { id, title } = rule;
    const result = rule.evaluate(facts);
    const reason = result.outcome === 'unknown' ? result.reason : null;
    checks.push({ ruleId: id, title, outcome: result.outcome, reason });
    if (result.outcome === 'found') all.push({ id, title, ...result.finding });
  }
  all.sort((left, right) => right.severity - left.severity || (left.id < right.id ? -1 : 1));
  return { findings: all.slice(0, mostFindings), findingsNote: noteOn(all.length, checks), checks };
}

function noteOn(found: number, checks: readonly RuleOutcome[]): string | null {
  if (found >= mostFindings) return null;
  const clear = checks.filter(({ outcome }) => outcome === 'clear').length;
  const unknown = checks.filter(({ outcome }) => outcome === 'unknown').length;
  const what = ['Nothing stands out', 'One thing stands out', 'Two things stand out'][found];
  const parts = [
    ...(clear > 0 ? [`${countOf(clear, 'check')} found nothing`] : []),
    ...(unknown > 0
      ? [`${clear > 0 ? unknown : countOf(unknown, 'check')} could not be judged`]
      : []),
  ];
  return parts.length === 0 ? `${what}.` : `${what}: ${parts.join(' and ')}.`;
}
