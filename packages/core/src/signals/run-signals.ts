import type { ReadContext } from '../reads/read-context.ts';
import { evaluateSignals, type SignalPass } from './evaluate-signals.ts';
import { type ProposalOptions, proposeForFindings } from './propose-for-findings.ts';

/** Runs the rules that are due, and proposes what their findings suggest where that is wanted. */
export async function runSignals(
  context: ReadContext,
  proposals: ProposalOptions,
): Promise<SignalPass | null> {
  const pass = await evaluateSignals(context, { rules: context.signalRules ?? [] });
  if (pass !== null) await proposeForFindings(context, proposals);
  return pass;
}
