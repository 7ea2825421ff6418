import type { ReadContext } from '../reads/read-context.ts';
import { evaluateSignals } from './evaluate-signals.ts';
import type { SignalPass } from './signal-pass.ts';

/** Runs the rules that are due, and has what they found answered with proposals where that is wanted. */
export async function runSignals(
  context: ReadContext,
  { everything = false }: { everything?: boolean | undefined } = {},
): Promise<SignalPass | null> {
  const pass = await evaluateSignals(context, { rules: context.signalRules ?? [], everything });
  if (pass !== null) await context.answerFindings?.();
  return pass;
}
