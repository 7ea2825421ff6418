import { seededRandom } from '@adjutant/core/domain';
import { describe, expect, it } from 'vitest';
import { mergedWeeks, repositorySubject, weekMs } from '../testing/delivery-subjects.ts';
import { judgeRule, now } from '../testing/judge-rule.ts';
import { throughputDrop } from './throughput-drop.ts';

const merged = (...counts: number[]) => repositorySubject({ mergedPerWeek: mergedWeeks(counts) });

describe('throughput drop', () => {
  it('is found after three weeks at less than three fifths', () => {
    const found = judgeRule(throughputDrop, merged(9, 11, 10, 8, 12, 10, 9, 11, 10, 3, 2, 4));
    expect(found).toMatchObject({
      since: now - 3 * weekMs,
      sentence: 'shop has merged 3 changes a week for 3 weeks, 10 before.',
    });
    const facts = (found as { facts: Record<string, number> }).facts;
    expect(facts['lowerRatio']).toBeLessThan(0.3);
    expect(facts['upperRatio']).toBeLessThan(0.8);
  });

  it('is over when the last two weeks are as before, nearly', () => {
    const back = merged(9, 11, 10, 8, 12, 10, 9, 11, 10, 3, 2, 4, 8, 9);
    expect(judgeRule(throughputDrop, back, { isOpen: true })).toBeNull();
  });

  it('is not made of chance, holidays, a quiet repository or one that never was even', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = seededRandom(seed);
      const draw = () =>
        Array.from({ length: 40 }, () => (random() < 0.2 ? 1 : 0)).reduce<number>(
          (a, b) => a + b,
          0,
        );
      const counts = Array.from({ length: 20 }, draw);
      expect(judgeRule(throughputDrop, merged(...counts))).toBeNull();
    }
    expect(judgeRule(throughputDrop, merged(9, 11, 10, 8, 12, 10, 9, 11, 10, 0, 0))).toBeNull();
    expect(judgeRule(throughputDrop, merged(2, 1, 3, 2, 0, 2, 1, 2, 3, 0, 0, 0))).toBeNull();
    expect(judgeRule(throughputDrop, merged(30, 2, 1, 28, 2, 0, 25, 3, 1, 2, 3, 1))).toBeNull();
  });

  it('cannot be told of a few weeks', () => {
    expect(judgeRule(throughputDrop, merged(9, 9, 1, 1, 1))).toHaveProperty('unknown');
  });
});
