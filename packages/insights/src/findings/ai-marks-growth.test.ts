import { expect, test } from 'vitest';
import type { AiMarkCount } from '../report/team-report.ts';
import { emptyFacts } from '../testing/facts.ts';
import { aiMarksGrowth } from './ai-marks-growth.ts';

const base = emptyFacts();

function count(marked: number, total: number): AiMarkCount {
  return {
    window: base.window,
    total,
    agentAuthored: 0,
    assisted: marked,
    declaredNone: 0,
    unmarked: total - marked,
  };
}

function facts(before: AiMarkCount | null, after: AiMarkCount | null) {
  return emptyFacts({ aiMarks: { ...base.aiMarks, before, after } });
}

test('growth is told as a lower bound, and what has no mark as unknown', () => {
  const result = aiMarksGrowth.evaluate(facts(count(12, 100), count(35, 70)));
  if (result.outcome !== 'found') throw new Error('nothing was found');
  expect(result.finding.sentence).toMatch(/^At least 50 % .*12 %\. The rest is unknown\.$/);
  expect(result.finding.sentence).not.toMatch(/human/i);
});

test('a fall and a small rise are not found', () => {
  expect(aiMarksGrowth.evaluate(facts(count(50, 100), count(10, 70))).outcome).toBe('clear');
  expect(aiMarksGrowth.evaluate(facts(count(12, 100), count(10, 70))).outcome).toBe('clear');
});

test('suppressed or few marks cannot be judged', () => {
  expect(aiMarksGrowth.evaluate(facts(null, null)).outcome).toBe('unknown');
  expect(aiMarksGrowth.evaluate(facts(count(1, 19), count(15, 19))).outcome).toBe('unknown');
});
