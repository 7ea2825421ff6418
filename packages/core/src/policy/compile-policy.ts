import { AdjutantError } from '../errors.ts';
import type { ActionMode } from '../domain.ts';
import type { ActionTypeInfo } from './action-types.ts';
import { compileAllowList } from './allow-list.ts';
import type { CelCompiler } from './cel-contract.ts';
import { conditionText, findCondition } from './conditions.ts';
import {
  type Clause,
  type CompiledRule,
  judge,
  judgeFailed,
  type Judgement,
  judgeUnknown,
  type PolicyStep,
} from './judge-action.ts';
import { modeWords } from './mode-words.ts';
import {
  type ConditionUse,
  type Policy,
  policyHash,
  type PolicyLimits,
  resolveRule,
} from './policy.ts';
import type { PolicyEngine, PolicyRequest } from './policy-engine.ts';

export interface CompiledPolicy extends PolicyEngine {
  readonly policy: Policy;
  readonly actionTypes: readonly ActionTypeInfo[];
  /** As `evaluate`, with every step that led there, most decisive first. */
  trace(request: PolicyRequest): Judgement;
}

export interface CompileOptions {
  actionTypes: readonly ActionTypeInfo[];
  /** Needed where a rule has a `when`. */
  cel?: CelCompiler | undefined;
}

/**
 * Returns a policy as closures, made once. @throws AdjutantError `Configuration` where an
 * expression cannot be compiled
 */
export function compileClosures(policy: Policy, options: CompileOptions): CompiledPolicy {
  const rules = new Map(
    options.actionTypes.map((type) => [type.id, compileRule(policy, type, options.cel)]),
  );
  const { limits } = policy;
  const decide = (request: PolicyRequest): Judgement => {
    try {
      const compiled = rules.get(request.type);
      return compiled === undefined
        ? judgeUnknown(
            request,
            limits,
            `No type ${request.type} is known here, so somebody approves.`,
          )
        : judge(compiled, request, limits);
    } catch {
      return judgeFailed(limits);
    }
  };
  return {
    hash: policyHash(policy),
    redactionLevel: limits.piiRedaction,
    monthlyCostLimitUsd: limits.maxMonthlyCostUsd,
    policy,
    actionTypes: options.actionTypes,
    evaluate: (request) => decide(request).verdict,
    trace: decide,
  };
}

/** Returns a policy as closures; loads the expression language only where a rule has a `when`. */
export async function compilePolicy(
  policy: Policy,
  actionTypes: readonly ActionTypeInfo[],
): Promise<CompiledPolicy> {
  const hasWhen = Object.values(policy.actions).some(({ when }) => when !== null);
  const cel = hasWhen ? (await import('./cel.ts')).compileCel : undefined;
  return compileClosures(policy, { actionTypes, cel });
}

function compileRule(
  policy: Policy,
  type: ActionTypeInfo,
  cel: CelCompiler | undefined,
): CompiledRule {
  const rule = resolveRule(policy, type);
  const path = ['actions', type.id];
  const clauses: Clause[] = [
    ...rule.denyIf.map((use) => compileCondition(path, 'deny', use, policy.limits)),
    ...rule.requireApprovalIf.map((use) =>
      compileCondition(path, 'require_approval', use, policy.limits),
    ),
    ...(rule.when === null ? [] : [compileWhen(path, rule.when, cel)]),
    ...rule.askIf.map((use) => compileCondition(path, 'ask', use, policy.limits)),
  ];
  const base: PolicyStep = rule.isNamed
    ? {
        path: [...path, 'mode', 'base'],
        mode: rule.base,
        sentence: `The policy says of ${type.id}: ${modeWords[rule.base]}.`,
      }
    : {
        path: [],
        mode: rule.base,
        sentence: `The policy does not name ${type.id}. Its tier is ${rule.risk}: ${modeWords[rule.base]}.`,
      };
  return {
    rule,
    type,
    base,
    clauses,
    allow: compileAllowList(rule.allow, type.targetFields ?? []),
  };
}

const fieldOf: Record<ActionMode, string> = {
  auto: 'base',
  ask: 'ask_if',
  require_approval: 'require_approval_if',
  deny: 'deny_if',
};

function compileCondition(
  path: readonly string[],
  mode: ActionMode,
  use: ConditionUse,
  limits: PolicyLimits,
): Clause {
  const condition = findCondition(use.name);
  const above = use.above ?? 0;
  const text = conditionText(use);
  const what = use.above === null ? condition?.holds : `${condition?.holds} ${use.above}`;
  return {
    step: {
      path: [...path, 'mode', fieldOf[mode]],
      mode,
      sentence: `${text}: ${what ?? 'unknown condition'}, or that is not known.`,
    },
    // A name that is not in the list cannot be answered, and counts as well.
    counts: (request) =>
      condition === undefined ||
      condition.read(request, above, limits.maxChannelSizeAutoPost) !== false,
  };
}

function compileWhen(
  path: readonly string[],
  expression: string,
  cel: CelCompiler | undefined,
): Clause {
  if (cel === undefined) {
    throw new AdjutantError(
      'Internal',
      `The expression of ${path.join('.')} cannot be compiled here.`,
    );
  }
  const holds = cel(expression);
  const step: PolicyStep = {
    path: [...path, 'when'],
    mode: 'require_approval',
    sentence: `"when" is not true, or cannot be known: ${expression}`,
  };
  return {
    step,
    counts: (request) => {
      try {
        return holds(request) !== true;
      } catch {
        return true;
      }
    },
  };
}
