import type { CompiledPolicy } from './compile-policy.ts';
import type { PolicyStep } from './judge-action.ts';
import { modeWords } from './mode-words.ts';
import type { ParsedPolicy } from './parse-policy.ts';
import type { PolicyRequest, PolicyVerdict } from './policy-engine.ts';

export interface ExplainedStep {
  sentence: string;
  /** `adjutant.policy.yaml:3:5`; null for what does not stand in a file. */
  place: string | null;
  path: string;
  /** Whether the verdict would be milder without what asks for this. */
  isDecisive: boolean;
}

export interface PolicyExplanation {
  type: string;
  /** The answer in one sentence. */
  answer: string;
  verdict: PolicyVerdict;
  steps: readonly ExplainedStep[];
}

/** Returns why a policy answers as it does: which line decided, in words. */
export function explainPolicy(
  policy: CompiledPolicy,
  request: PolicyRequest,
  file: Pick<ParsedPolicy, 'fileName' | 'placeOf'> | null = null,
): PolicyExplanation {
  const { verdict, steps } = policy.trace(request);
  const explained = steps.map((step) => explainStep(step, verdict, file));
  const [first] = explained;
  const where = first?.place ?? 'the built-in rules';
  return {
    type: request.type,
    answer: `${request.type}: ${modeWords[verdict.mode]}${who(verdict)}. Decided by ${where}.`,
    verdict,
    steps: explained,
  };
}

function explainStep(
  step: PolicyStep,
  verdict: PolicyVerdict,
  file: Pick<ParsedPolicy, 'fileName' | 'placeOf'> | null,
): ExplainedStep {
  const stands = file !== null && step.path.length > 0;
  const place = stands ? file.placeOf(step.path) : null;
  return {
    sentence: step.sentence,
    place:
      file === null || place === null ? null : `${file.fileName}:${place.line}:${place.column}`,
    path: step.path.join('.'),
    isDecisive: step.mode === verdict.mode,
  };
}

function who({ mode, quorum, assurance }: PolicyVerdict): string {
  if (mode !== 'ask' && mode !== 'require_approval') return '';
  const people = quorum === 1 ? 'one person' : `${quorum} different people`;
  const separate = assurance === 'separate' ? ', nobody of whom it was proposed for' : '';
  return `, by ${people}${separate}`;
}
