import { expect, test } from 'vitest';
import { noEvidence } from '../report/evidence.ts';
import { emptyFacts } from '../testing/facts.ts';
import { clear, defineFindingRule, found, unknown, type RuleResult } from './finding-rule.ts';
import { selectFindings } from './select-findings.ts';

function rule(id: string, result: RuleResult) {
  return defineFindingRule({ id, title: id, params: {}, evaluate: () => result });
}

function finds(severity: number): RuleResult {
  return found({
    severity,
    sentence: 'Something is so.',
    next: 'Do something.',
    figureIds: [],
    evidence: noEvidence,
  });
}

test('the three most severe findings are chosen, in that order', () => {
  const rules = [
    rule('a', finds(10)),
    rule('b', finds(90)),
    rule('c', finds(50)),
    rule('d', finds(70)),
  ];
  const { findings, findingsNote, checks } = selectFindings(emptyFacts(), rules);
  expect(findings.map(({ id }) => id)).toEqual(['b', 'd', 'c']);
  expect(findingsNote).toBeNull();
  expect(checks).toHaveLength(4);
});

test('the order does not depend on the order of the rules', () => {
  const rules = [
    rule('b', finds(50)),
    rule('a', finds(50)),
    rule('c', finds(50)),
    rule('d', finds(50)),
  ];
  const forward = selectFindings(emptyFacts(), rules).findings.map(({ id }) => id);
  const backward = selectFindings(emptyFacts(), rules.toReversed()).findings.map(({ id }) => id);
  expect(forward).toEqual(['a', 'b', 'c']);
  expect(backward).toEqual(forward);
});

test('with fewer than three it says how many checks found nothing and how many could not be judged', () => {
  const rules = [
    rule('a', finds(10)),
    rule('b', clear),
    rule('c', clear),
    rule('d', unknown('no history')),
  ];
  const { findings, findingsNote, checks } = selectFindings(emptyFacts(), rules);
  expect(findings).toHaveLength(1);
  expect(findingsNote).toBe(
    'One thing stands out: 2 checks found nothing and 1 could not be judged.',
  );
  expect(checks.find(({ ruleId }) => ruleId === 'd')?.reason).toBe('no history');
});

test('where nothing is known it invents nothing', () => {
  const { findings, findingsNote } = selectFindings(emptyFacts());
  expect(findings).toEqual([]);
  expect(findingsNote).toMatch(/^Nothing stands out: \d+ checks could not be judged\.$/);
});
