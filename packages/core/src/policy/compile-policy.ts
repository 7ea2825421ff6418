import { AdjutantError } from '../errors.ts';
import type { ActionMode, Assurance, RiskTier } from '../domain.ts';
import { type ActionTypeInfo, higherRisk, nextRisk } from './action-types.ts';
import { type AllowCheck, compileAllowList } from './allow-list.ts';
import type { CelCompiler } from './cel-contract.ts';
import { channelMembers, conditionText, findCondition } from './conditions.ts';
import {
  type ActionRule,
  type ConditionUse,
  type Policy,
  type PolicyLimits,
  policyHash,
  type ResolvedRule,
  defaultEscalateAt,
  isConditionalAuto,
  resolveRule,
  stricterMode,
  timesToLive,
  tierFloor,
  tierRule,
} from './policy.ts';
import type { PolicyEngine, PolicyRequest, PolicyVerdict } from './policy-engine.ts';

/** One reason for what a verdict asks, and the place in the policy that it comes from. */
export interface PolicyStep {
  /** `['actions', 'pr.merge', 'mode']`; empty for what does not come from the policy. */
  path: readonly string[];
  /** What it asks for at least. */
  mode: ActionMode;
  sentence: string;
}

export interface CompiledPolicy extends PolicyEngine {
  readonly policy: Policy;
  readonly actionTypes: readonly ActionTypeInfo[];
  /** As `evaluate`, with every step that led there, most decisive first. */
  trace(request: PolicyRequest): { verdict: PolicyVerdict; steps: readonly PolicyStep[] };
}

interface Clause {
  step: PolicyStep;
  /** True where it holds or where that is not known. */
  counts(request: PolicyRequest): boolean;
}

interface CompiledRule {
  rule: ResolvedRule;
  type: ActionTypeInfo;
  base: PolicyStep;
  clauses: readonly Clause[];
  allow: AllowCheck;
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
  const decide = (request: PolicyRequest): { verdict: PolicyVerdict; steps: PolicyStep[] } => {
    try {
      const compiled = rules.get(request.type);
      return compiled === undefined
        ? cautious(request, limits, `No type ${request.type} is known here, so somebody approves.`)
        : judge(compiled, request, limits);
    } catch {
      return failed(limits);
    }
  };
  return {
    hash: policyHash(policy),
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

/** What a mode means, as part of a sentence. */
export const modeWords: Record<ActionMode, string> = {
  auto: 'it runs without asking (auto)',
  ask: 'somebody is asked (ask)',
  require_approval: 'somebody has to approve with presence (require_approval)',
  deny: 'it never runs (deny)',
};

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

const conditionNeedsLimit: PolicyStep = {
  path: ['limits', 'max_channel_size_auto_post'],
  mode: 'ask',
  sentence:
    'The channel has more members than may be reached without asking, or that is not known.',
};

function judge(
  { rule, type, base, clauses, allow }: CompiledRule,
  request: PolicyRequest,
  limits: PolicyLimits,
): { verdict: PolicyVerdict; steps: PolicyStep[] } {
  const steps: PolicyStep[] = [base];
  for (const { step, counts } of clauses) if (counts(request)) steps.push(step);
  const risk = effectiveRisk(rule, request, limits, steps);
  addLimits(request, limits, steps);
  // A tier that was raised needs what the tier needs, whatever the rule's exception.
  if (!(risk === rule.risk && isConditionalAuto(rule)) && tierFloor(risk) !== 'auto') {
    steps.push({
      path: [],
      mode: tierFloor(risk),
      sentence: `What a ${risk} action needs at least: ${modeWords[tierFloor(risk)]}.`,
    });
  }
  let mode = strictest(steps);
  if (mode === 'auto' && request.requesterKind !== 'person') {
    const outside = allow(request);
    if (outside !== null) {
      mode = 'ask';
      steps.push({
        path: ['actions', type.id, 'allow'],
        mode,
        sentence: `No person proposed it, so it runs without asking only inside an allow-list; ${outside}.`,
      });
    }
  }
  const isSeparate = rule.separationOfDuties || rule.quorum > 1;
  if (mode === 'ask' && isSeparate) {
    mode = 'require_approval';
    steps.push({
      path: ['actions', type.id, rule.separationOfDuties ? 'separation_of_duties' : 'quorum'],
      mode,
      sentence: 'Approval by somebody else than the sponsor is asked for.',
    });
  }
  return {
    verdict: verdictOf(rule, risk, mode, steps, limits, isSeparate),
    steps: ranked(steps, mode),
  };
}

function effectiveRisk(
  rule: ActionRule,
  request: PolicyRequest,
  limits: PolicyLimits,
  steps: PolicyStep[],
): RiskTier {
  let risk = higherRisk(rule.risk, request.risk);
  if (request.containsPersonalData && limits.piiRedaction !== 'off') {
    risk = limits.piiRedaction === 'strict' ? 'high' : nextRisk(risk);
    steps.push({
      path: ['limits', 'pii_redaction'],
      mode: tierFloor(risk),
      sentence: `What leaves holds personal data or a secret, which makes it a ${risk} action.`,
    });
  }
  return risk;
}

function addLimits(request: PolicyRequest, limits: PolicyLimits, steps: PolicyStep[]): void {
  const { maxMonthlyCostUsd, maxChannelSizeAutoPost } = limits;
  const total = request.costUsd + request.spentUsd;
  // What costs nothing stays possible when the month is spent; a cost that is no number is over.
  if (maxMonthlyCostUsd !== null && request.costUsd !== 0 && !(total <= maxMonthlyCostUsd)) {
    steps.push({
      path: ['limits', 'max_monthly_cost_usd'],
      mode: 'deny',
      sentence: `It would bring this month to ${total.toFixed(2)} US dollars; the limit is ${maxMonthlyCostUsd}.`,
    });
  }
  const members = request.conditions[channelMembers];
  if (members === undefined || maxChannelSizeAutoPost === null) return;
  if (typeof members === 'number' && members <= maxChannelSizeAutoPost) return;
  steps.push(conditionNeedsLimit);
}

function verdictOf(
  rule: ResolvedRule,
  risk: RiskTier,
  mode: ActionMode,
  steps: readonly PolicyStep[],
  limits: PolicyLimits,
  isSeparate: boolean,
): PolicyVerdict {
  const least: Assurance = mode === 'require_approval' ? 'presence' : 'cooperative';
  return {
    mode,
    risk,
    quorum: rule.quorum,
    declineThreshold: 1,
    assurance: isSeparate ? 'separate' : least,
    reasons: ranked(steps, mode).map(({ sentence }) => sentence),
    ...timesToLive(rule, risk),
    escalateAt: rule.escalateAt,
    monthlyCostLimitUsd: limits.maxMonthlyCostUsd,
  };
}

function strictest(steps: readonly PolicyStep[]): ActionMode {
  return steps.reduce<ActionMode>((mode, step) => stricterMode(mode, step.mode), 'auto');
}

/** What asked for the mode stands first, in the order in which it was found; then the rest. */
function ranked(steps: readonly PolicyStep[], mode: ActionMode): PolicyStep[] {
  const deciding = steps.filter((step) => step.mode === mode);
  return deciding.length === steps.length
    ? [...steps]
    : [...deciding, ...steps.filter((step) => step.mode !== mode)];
}

const cautiousRule: ResolvedRule = {
  ...tierRule('high'),
  escalateAt: defaultEscalateAt,
  isNamed: false,
};

function cautious(
  request: PolicyRequest,
  limits: PolicyLimits,
  sentence: string,
): { verdict: PolicyVerdict; steps: PolicyStep[] } {
  const steps: PolicyStep[] = [{ path: [], mode: 'require_approval', sentence }];
  addLimits(request, limits, steps);
  const mode = strictest(steps);
  const verdict = verdictOf(cautiousRule, 'high', mode, steps, limits, false);
  return { verdict, steps: ranked(steps, mode) };
}

/** What cannot be evaluated is not read any further: nothing of the request is trusted. */
function failed(limits: PolicyLimits): { verdict: PolicyVerdict; steps: PolicyStep[] } {
  const sentence = 'The policy could not be evaluated for this action, so somebody approves.';
  const steps: PolicyStep[] = [{ path: [], mode: 'require_approval', sentence }];
  const verdict = verdictOf(cautiousRule, 'high', 'require_approval', steps, limits, false);
  return { verdict, steps };
}
