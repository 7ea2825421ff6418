import { describe, expect, it } from 'vitest';
import { defaultBudgetTokens, hardBudgetTokens, withinBudget } from './answer-budget.ts';
import { answerForms } from './answer-forms.ts';

const asked: number[] = [];
const huge = () => ({ rows: ['負'.repeat(9_000)] });
function page(limit: number) {
  asked.push(limit);
  return {
    rows: Array.from({ length: limit }, (_, index) => ({ index, title: 'word '.repeat(60) })),
  };
}

describe('withinBudget', () => {
  it('asks once where the page fits', async () => {
    asked.length = 0;
    expect((await withinBudget({ asked: undefined, byDefault: 5 }, page)).rows).toHaveLength(5);
    expect(asked).toEqual([5]);
  });

  it.each([
    [undefined, defaultBudgetTokens],
    [5_000, hardBudgetTokens],
  ])('shrinks the page of a caller who asked for %s rows to %i tokens', async (limit, budget) => {
    const answer = await withinBudget({ asked: limit, byDefault: 5_000 }, page);
    const tokens = answerForms(answer).tokens();
    expect(tokens).toBeLessThanOrEqual(budget);
    expect(tokens).toBeGreaterThan(budget / 2);
  });

  it('gives a single row that is too large rather than none', async () => {
    expect((await withinBudget({ asked: undefined, byDefault: 50 }, huge)).rows).toHaveLength(1);
  });
});
