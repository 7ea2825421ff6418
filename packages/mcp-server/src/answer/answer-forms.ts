import { estimateTokens } from './estimate-tokens.ts';
import { mostTokens } from './most-tokens.ts';
import { neutralise } from './neutralise.ts';
import { renderText } from './render-text.ts';

/** An answer in the two forms that a client is given, each made once and when it is needed. */
export interface AnswerForms {
  structured: Record<string, unknown>;
  text(): string;
  /** More than what either form costs, and quickly found. @unit tokens */
  mostTokens: number;
  /** The larger of what the two forms cost, estimated. @unit tokens */
  tokens(): number;
}

// A tool that fits its page to the budget has its answer measured before it is sent.
const made = new WeakMap<object, AnswerForms>();

/** Returns the forms of an answer; asked twice for the same answer, they are the same. */
export function answerForms(answer: object): AnswerForms {
  const known = made.get(answer);
  if (known !== undefined) return known;
  const structured = neutralise(answer);
  let text: string | undefined;
  let tokens: number | undefined;
  const forms: AnswerForms = {
    structured,
    mostTokens: mostTokens(structured),
    text: () => (text ??= renderText(structured)),
    tokens: () =>
      (tokens ??= Math.max(
        estimateTokens(JSON.stringify(structured)),
        estimateTokens(forms.text()),
      )),
  };
  made.set(answer, forms);
  return forms;
}
