import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import type { ActionMode, RiskTier } from '../domain.ts';
import { type ActionTypeInfo, higherRisk } from './action-types.ts';

/** A condition as a rule names it; `cost_above` and `channel_size_above` carry a number. */
export interface ConditionUse {
  name: string;
  above: number | null;
}

/** What one field of the payload may hold for an assistant's proposal to need nobody. */
export type AllowedValues = 'any' | readonly (string | number | boolean)[];

/** Where an assistant's proposal may go without anybody; both parts must fit. */
export interface AllowList {
  /** `acme/api`, `acme/*`: the target itself or what it lies in. */
  targets: readonly string[];
  /** Every field of the payload that does not name the target stands here. */
  values: Readonly<Record<string, AllowedValues>>;
}

/** What a policy says of one type, as far as it says anything. Null: what the tier gives. */
export interface ActionRule {
  risk: RiskTier;
  base: ActionMode;
  askIf: readonly ConditionUse[];
  requireApprovalIf: readonly ConditionUse[];
  denyIf: readonly ConditionUse[];
  /** The mode holds only while this CEL expression is true; otherwise somebody approves. */
  when: string | null;
  quorum: number;
  separationOfDuties: boolean;
  pendingTtlMs: number | null;
  approvedTtlMs: number | null;
  escalateAt: readonly number[] | null;
  allow: AllowList | null;
}

export type PiiRedaction = 'off' | 'standard' | 'strict';

/** Limits over all types. Null: none. */
export interface PolicyLimits {
  maxMonthlyCostUsd: number | null;
  /** People whom a post may reach without anybody being asked. */
  maxChannelSizeAutoPost: number | null;
  piiRedaction: PiiRedaction;
}

/** A policy that was checked: what is hashed, kept, compared and compiled. */
export interface Policy {
  format: 1;
  actions: Readonly<Record<string, ActionRule>>;
  limits: PolicyLimits;
}

/** The founding document's limits; they hold where a policy names none. */
export const defaultLimits: PolicyLimits = {
  maxMonthlyCostUsd: 200,
  maxChannelSizeAutoPost: 10,
  piiRedaction: 'strict',
};

const hourMs = 3_600_000;
const tierDefaults: Record<
  RiskTier,
  { mode: ActionMode; pendingTtlMs: number; approvedTtlMs: number }
> = {
  low: { mode: 'auto', pendingTtlMs: 72 * hourMs, approvedTtlMs: 4 * hourMs },
  medium: { mode: 'ask', pendingTtlMs: 72 * hourMs, approvedTtlMs: 4 * hourMs },
  high: { mode: 'require_approval', pendingTtlMs: 24 * hourMs, approvedTtlMs: hourMs },
};
/** Parts of the waiting time after which more people may decide. */
export const defaultEscalateAt: readonly number[] = [0.5, 0.8];

/** Returns the least that a tier needs. */
export function tierFloor(risk: RiskTier): ActionMode {
  return tierDefaults[risk].mode;
}

const modes: readonly ActionMode[] = ['auto', 'ask', 'require_approval', 'deny'];

/** Returns how much a mode asks, from 0. */
export function modeRank(mode: ActionMode): number {
  return modes.indexOf(mode);
}

/** Returns the mode that asks more. */
export function stricterMode(left: ActionMode, right: ActionMode): ActionMode {
  return modeRank(left) >= modeRank(right) ? left : right;
}

/** Returns the rule that a tier gives where a policy says nothing. */
export function tierRule(risk: RiskTier): ActionRule {
  return {
    risk,
    base: tierDefaults[risk].mode,
    askIf: [],
    requireApprovalIf: [],
    denyIf: [],
    when: null,
    quorum: 1,
    separationOfDuties: false,
    pendingTtlMs: null,
    approvedTtlMs: null,
    escalateAt: null,
    allow: null,
  };
}

export interface ResolvedRule extends ActionRule {
  escalateAt: readonly number[];
  /** Whether the policy itself names the type. */
  isNamed: boolean;
}

/** Returns what holds for a type: the policy's own rule, else that of its tier. */
export function resolveRule(policy: Policy, type: ActionTypeInfo): ResolvedRule {
  const own = Object.hasOwn(policy.actions, type.id) ? policy.actions[type.id] : undefined;
  const rule = own ?? tierRule(type.risk);
  return {
    ...rule,
    // A type whose tier rose after the policy was written keeps the higher one.
    risk: higherRisk(rule.risk, type.risk),
    escalateAt: rule.escalateAt ?? defaultEscalateAt,
    isNamed: own !== undefined,
  };
}

/** Returns how long an action of this tier waits, first for a decision, then to be carried out. */
export function timesToLive(
  rule: Pick<ActionRule, 'pendingTtlMs' | 'approvedTtlMs'>,
  risk: RiskTier,
): { pendingTtlMs: number; approvedTtlMs: number } {
  return {
    pendingTtlMs: rule.pendingTtlMs ?? tierDefaults[risk].pendingTtlMs,
    approvedTtlMs: rule.approvedTtlMs ?? tierDefaults[risk].approvedTtlMs,
  };
}

/**
 * Returns whether a medium action may run without anybody: only where the rule says what makes it
 * ask, and being read by everybody is part of that.
 */
export function isConditionalAuto(rule: Pick<ActionRule, 'risk' | 'base' | 'askIf'>): boolean {
  return (
    rule.risk === 'medium' &&
    rule.base === 'auto' &&
    rule.askIf.some(({ name }) => name === 'channel_public')
  );
}

/** Returns the one text of a policy: what is kept and hashed. */
export function canonicalPolicy(policy: Policy): string {
  return canonicalJson(policy);
}

/** Returns the SHA-256 of a policy: the same for every way of writing it down. */
export function policyHash(policy: Policy): string {
  return createHash('sha256').update(canonicalPolicy(policy)).digest('hex');
}
