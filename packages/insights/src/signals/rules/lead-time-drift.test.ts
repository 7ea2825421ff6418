import { seededRandom } from '@adjutant/core/domain';
import { describe, expect, it } from 'vitest';
import { repositorySubject } from '../testing/delivery-subjects.ts';
import { dayMs, judgeRule, now, sentenceOf } from '../testing/judge-rule.ts';
import { leadTimeDrift } from './lead-time-drift.ts';

/** Twelve weeks of one merge a day, each as many hours as is said for its day, more or less. */
const values = (hoursOn: (day: number) => number, seed = 7) => {
  const random = seededRandom(seed);
  return repositorySubject({
    leadTimeValues: Array.from({ length: 84 }, (_, day) => ({
      id: `request-${day}`,
      at: now - (84 - day) * dayMs,
      hours: hoursOn(day) * Math.exp(1.2 * (random() + random() - 1)),
    })),
  });
};

describe('lead time drift', () => {
  it('is found where changes have come to take longer, since about when', () => {
    const found = judgeRule(
      leadTimeDrift,
      values((day) => (day < 54 ? 20 : 50)),
    );
    expect(sentenceOf(found)).toMatch(
      /^From first commit to merge takes about 2\.\d times as long in shop as before\.$/,
    );
    const since = (found as { since: number }).since;
    expect(Math.abs(since - (now - 30 * dayMs))).toBeLessThan(7 * dayMs);
    const facts = (found as { facts: Record<string, number> }).facts;
    expect(facts['lowerRatio']).toBeGreaterThan(1);
    expect(facts['upperRatio']).toBeGreaterThan(facts['ratio'] ?? 0);
  });

  it('goes on, since the day that it was told of, though the estimate of that day comes near', () => {
    // Where the level changed is now put at twelve days ago, less than what opens one.
    const steps = values((day) => (day < 72 ? 20 : 300));
    expect(judgeRule(leadTimeDrift, steps)).toBeNull();
    expect(judgeRule(leadTimeDrift, steps, { isOpen: true })).toMatchObject({ keepsSince: true });
  });

  it('is over once the last two weeks are quick again', () => {
    const over = values((day) => (day < 40 || day >= 70 ? 20 : 50));
    expect(judgeRule(leadTimeDrift, over, { isOpen: true })).toBeNull();
  });

  it('is not made of chance, one bad week, a few slow ones or what became quicker', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      expect(
        judgeRule(
          leadTimeDrift,
          values(() => 20, seed),
        ),
      ).toBeNull();
    }
    expect(
      judgeRule(
        leadTimeDrift,
        values((day) => (day >= 77 ? 80 : 20)),
      ),
    ).toBeNull();
    expect(
      judgeRule(
        leadTimeDrift,
        values((day) => (day % 12 === 0 ? 400 : 20)),
      ),
    ).toBeNull();
    expect(
      judgeRule(
        leadTimeDrift,
        values((day) => (day < 54 ? 50 : 20)),
      ),
    ).toBeNull();
  });

  it('cannot be told without first commits', () => {
    expect(judgeRule(leadTimeDrift, repositorySubject())).toHaveProperty('unknown');
  });
});
