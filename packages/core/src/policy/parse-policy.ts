import { AdjutantError } from '../errors.ts';
import type { ActionTypeInfo } from './action-types.ts';
import type { Policy } from './policy.ts';
import type { PolicyPlace, PolicyProblem } from './policy-document.ts';

export interface ParseOptions {
  /** As errors name it. */
  fileName: string;
  actionTypes: readonly ActionTypeInfo[];
}

export interface ParsedPolicy {
  policy: Policy;
  /** As it was written. */
  text: string;
  fileName: string;
  /** Where in the file something stands. */
  placeOf(path: readonly PropertyKey[]): PolicyPlace;
}

/**
 * Returns the policy of a text. The reader of YAML is loaded only now, because a process whose
 * policy is kept in the store needs none.
 * @throws AdjutantError `Configuration` with line, column and what to write instead
 */
export async function parsePolicy(text: string, options: ParseOptions): Promise<ParsedPolicy> {
  const { checkPolicy } = await import('./check-policy.ts');
  const { problems, policy, document } = await checkPolicy(text, options.actionTypes);
  if (policy !== null) {
    return { policy, text, fileName: options.fileName, placeOf: (path) => document.placeOf(path) };
  }
  throw policyError(options.fileName, problems);
}

/** Returns the places and words of everything that is wrong with a text; empty where nothing is. */
export async function policyProblems(
  text: string,
  actionTypes: readonly ActionTypeInfo[],
): Promise<readonly PolicyProblem[]> {
  const { checkPolicy } = await import('./check-policy.ts');
  return (await checkPolicy(text, actionTypes)).problems;
}

function policyError(fileName: string, problems: readonly PolicyProblem[]): AdjutantError {
  const [first, ...more] = problems;
  if (first === undefined)
    return new AdjutantError('Internal', 'A policy was refused for nothing.');
  const others =
    more.length === 0 ? '' : ` ${more.length} more: "adjutant policy check" lists everything.`;
  return new AdjutantError(
    'Configuration',
    `${fileName}:${first.line}:${first.column}: ${first.message}.`,
    { hint: `${first.hint}${others}` },
  );
}
