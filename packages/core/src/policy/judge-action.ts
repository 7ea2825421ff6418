import type { ActionMode, Assurance, RiskTier } from '../domain.ts';
import { type ActionTypeInfo, higherRisk, nextRisk } from './action-types.ts';
import type { AllowCheck } from './allow-list.ts';
import { channelMembers } from './conditions.ts';
import { modeWords } from './mode-words.ts';
import {
  type ActionRule,
  defaultEscalateAt,
  isConditionalAuto,
  type PolicyLimits,
  type ResolvedRule,
  stricterMode,
  tierFloor,
  tierRule,
  timesToLive,
} from './policy.ts';
import type { PolicyRequest, PolicyVerdict } from './policy-engine.ts';

/** One reason for what a verdict asks, and the place in the policy that it comes from. */
export interface PolicyStep {
  /** `['actions', 'pr.merge', 'mode']`; empty for what does not come from the policy. */
  path: readonly string[];
  /** What it asks for at least. */
  mode: ActionMode;
  sentence: string;
}

/** Something that may make a rule ask for more. */
export interface Clause {
  step: PolicyStep;
  /** True where it holds or where that is not known. */
  counts(this: void, request: PolicyRequest): boolean;
}

/** What one type of action is judged by. */
export interface CompiledRule {
  rule: ResolvedRule;
  type: ActionTypeInfo;
  base: PolicyStep;
  clauses: readonly Clause[];
  allow: AllowCheck;
}

export interface Judgement {
  verdict: PolicyVerdict;
  /** Most decisive first. */
  steps: readonly PolicyStep[];
}

const conditionNeedsLimit: PolicyStep = {
  path: ['limits', 'max_channel_size_auto_post'],
  mode: 'ask',
  sentence:
    'The channel has more members than may be reached without asking, or that is not known.',
};

/** Returns what an action needs by its rule, with every step that led there. */
export function judge(
  { rule, type, base, clauses, allow }: CompiledRule,
  request: PolicyRequest,
  limits: PolicyLimits,
): Judgement {
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
  if (request.containsSensitiveText && limits.piiRedaction !== 'off') {
    risk = limits.piiRedaction === 'strict' ? 'high' : nextRisk(risk);
    steps.push({
      path: ['limits', 'pii_redaction'],
      mode: tierFloor(risk),
      sentence: `What was proposed holds personal data or a secret, which makes it a ${risk} action.`,
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

/** Returns what an action of a type that nobody knows needs. */
export function judgeUnknown(
  request: PolicyRequest,
  limits: PolicyLimits,
  sentence: string,
): Judgement {
  const steps: PolicyStep[] = [{ path: [], mode: 'require_approval', sentence }];
  addLimits(request, limits, steps);
  const mode = strictest(steps);
  const verdict = verdictOf(cautiousRule, 'high', mode, steps, limits, false);
  return { verdict, steps: ranked(steps, mode) };
}

/** Returns what stands where evaluating failed. It is not read any further: nothing of the request is trusted. */
export function judgeFailed(limits: PolicyLimits): Judgement {
  const sentence = 'The policy could not be evaluated for this action, so somebody approves.';
  const steps: PolicyStep[] = [{ path: [], mode: 'require_approval', sentence }];
  const verdict = verdictOf(cautiousRule, 'high', 'require_approval', steps, limits, false);
  return { verdict, steps };
}
