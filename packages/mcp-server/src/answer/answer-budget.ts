import { answerForms } from './answer-forms.ts';

/** What an answer may cost where the caller set no limit of its own. @unit tokens */
export const defaultBudgetTokens = 4_000;

/** What no answer may cost. @unit tokens */
export const hardBudgetTokens = 10_000;

/** Returns what an answer costs where that is more than the budget; null where it is not. */
export function tokensAbove(answer: object, budget: number): number | null {
  const forms = answerForms(answer);
  if (forms.mostTokens <= budget) return null;
  const tokens = forms.tokens();
  return tokens > budget ? tokens : null;
}

/**
 * Returns the answer made with the largest page that fits the budget. The page is asked for again
 * with a smaller limit rather than cut, so that its cursor continues exactly where it ends.
 */
export async function withinBudget<Answer extends Record<string, unknown>>(
  limits: { asked: number | undefined; byDefault: number },
  make: (limit: number) => Promise<Answer> | Answer,
): Promise<Answer> {
  const budget = limits.asked === undefined ? defaultBudgetTokens : hardBudgetTokens;
  let limit = limits.asked ?? limits.byDefault;
  for (;;) {
    const answer = await make(limit);
    if (limit <= 1) return answer;
    const tokens = tokensAbove(answer, budget);
    if (tokens === null) return answer;
    limit = Math.max(1, Math.min(limit - 1, Math.floor((limit * budget * 0.9) / tokens)));
  }
}
