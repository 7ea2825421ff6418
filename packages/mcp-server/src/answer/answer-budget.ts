import { estimateTokens } from './estimate-tokens.ts';
import { renderText } from './render-text.ts';

/** What an answer may cost where the caller set no limit of its own. @unit tokens */
export const defaultBudgetTokens = 4_000;

/** What no answer may cost. @unit tokens */
export const hardBudgetTokens = 10_000;

/** Returns the larger of what an answer's two forms cost, estimated. @unit tokens */
export function answerTokens(answer: Record<string, unknown>): number {
  return Math.max(estimateTokens(JSON.stringify(answer)), estimateTokens(renderText(answer)));
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
    // A character is estimated at two tokens at most: this short, nothing needs counting.
    if (JSON.stringify(answer).length <= budget / 2) return answer;
    const tokens = answerTokens(answer);
    if (tokens <= budget || limit <= 1) return answer;
    limit = Math.max(1, Math.min(limit - 1, Math.floor((limit * budget * 0.9) / tokens)));
  }
}
