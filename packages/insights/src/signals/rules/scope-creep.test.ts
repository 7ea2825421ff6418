import { describe, expect, it } from 'vitest';
import { hourMs, judgeRule, now } from '../testing/judge-rule.ts';
import { sprintSubject } from '../testing/work-subjects.ts';
import { scopeCreep } from './scope-creep.ts';

const grown = (addedItems: number, fields = {}) =>
  sprintSubject({
    addedItems,
    addedShare: addedItems / 10,
    addedAt: Array.from({ length: addedItems }, (_, item) => now - (20 - item) * hourMs),
    ...fields,
  });

describe('scope creep', () => {
  it('is found from the item on that made it a fifth and the third', () => {
    expect(judgeRule(scopeCreep, grown(4))).toMatchObject({
      severity: 'medium',
      since: now - 18 * hourMs,
      sentence: '4 items came into Sprint 7 after it began, beside 10 planned.',
      facts: { addedPercent: 40 },
    });
    expect(judgeRule(scopeCreep, grown(5))).toMatchObject({ severity: 'high' });
  });

  it('is over once enough is taken out, and not with the first', () => {
    const large = (items: number) => grown(items, { plannedItems: 20, addedShare: items / 20 });
    expect(judgeRule(scopeCreep, large(3), { isOpen: true })).not.toBeNull();
    expect(judgeRule(scopeCreep, large(3))).toBeNull();
    expect(judgeRule(scopeCreep, large(2), { isOpen: true })).toBeNull();
  });

  it.each([
    ['got two items', grown(2)],
    ['got three of many', grown(3, { plannedItems: 30, addedShare: 0.1 })],
    ['is in its first day', grown(9, { startedAt: now - 20 * hourMs })],
    ['was only estimated anew', sprintSubject({ addedPointsShare: 0 })],
    ['began empty', grown(9, { plannedItems: 0, addedShare: null })],
  ])('leaves out a sprint that %s', (_what, subject) => {
    expect(judgeRule(scopeCreep, subject)).toBeNull();
  });

  it('cannot be told where changes of sprints are not recorded', () => {
    const unknown = sprintSubject({ plannedItems: null, addedItems: null, addedShare: null });
    expect(judgeRule(scopeCreep, unknown)).toHaveProperty('unknown');
  });
});
