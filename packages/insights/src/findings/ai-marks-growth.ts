import { formatShare } from '../format.ts';
import type { AiMarkCount } from '../report/team-report.ts';
import { shareDistance } from './chance.ts';
import { clear, defineFindingRule, found, unknown } from './finding-rule.ts';
import { inWindow } from './figure-rows.ts';

/** Growth in the share of work that carries a coding tool's mark: a lower bound, since no mark means unknown. */
export const aiMarksGrowth = defineFindingRule({
  id: 'ai_marks_growth',
  title: 'Marks of coding tools',
  params: { leastPoints: 0.1, leastDistance: 2, fewestSubjects: 20 },
  evaluate(facts, { leastPoints, leastDistance, fewestSubjects }) {
    const { before, after, subject, unknownReason, evidence } = facts.aiMarks;
    if (before === null || after === null) {
      return unknown(
        unknownReason?.toLowerCase().replace(/\.$/, '') ?? 'too little work to compare',
      );
    }
    if (Math.min(before.total, after.total) < fewestSubjects) {
      return unknown(`fewer than ${fewestSubjects} ${subject}s in one of the two periods`);
    }
    const [was, is] = [share(before), share(after)];
    const distance = shareDistance(
      { hits: marked(before), of: before.total },
      { hits: marked(after), of: after.total },
    );
    if (is - was < leastPoints || distance < leastDistance) return clear;
    const recent = inWindow(after.window);
    return found({
      severity: 38 + Math.min(12, (is - was) * 30),
      sentence: `At least ${formatShare(is)} of the last ${after.total} ${subject}s carry a coding tool's mark; in the weeks before, ${formatShare(was)}. The rest is unknown.`,
      next: 'Hold reverts and review time of marked changes against the others first.',
      figureIds: [],
      evidence: {
        ...evidence,
        rows: evidence.rows.filter(recent),
        total: marked(after) + after.declaredNone,
      },
    });
  },
});

function marked(count: AiMarkCount): number {
  return count.agentAuthored + count.assisted;
}

function share(count: AiMarkCount): number {
  return count.total === 0 ? 0 : marked(count) / count.total;
}
