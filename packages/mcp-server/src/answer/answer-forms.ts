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

// A tool that fits its page to the budget has its answer measured before it is sent. Only the last
// one is kept: what hangs on a long-lived weak map outlives every quick collection of garbage.
let last: { answer: object; forms: AnswerForms } | undefined;

/** Returns the forms of an answer; asked twice in a row for the same answer, they are the same. */
export function answerForms(answer: object): AnswerForms {
  if (last?.answer !== answer) last = { answer, forms: makeForms(answer) };
  return last.forms;
}

function makeForms(answer: object): AnswerForms {
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
  return forms;
}
