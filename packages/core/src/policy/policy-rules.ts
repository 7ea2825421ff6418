import type { ActionMode, RiskTier } from '../domain.ts';
import type { ActionTypeInfo } from './action-types.ts';
import { conditionText } from './conditions.ts';
import { type Policy, resolveRule } from './policy.ts';

/** What holds for one type of action. */
export interface PolicyRuleView {
  type: string;
  title: string;
  risk: RiskTier;
  mode: ActionMode;
  /** What makes it ask for more: `ask if channel_public`. */
  unless: readonly string[];
  quorum: number;
  separationOfDuties: boolean;
  /** Whether an assistant may do it without asking inside an allow-list. */
  hasAllowList: boolean;
  /** False where the policy says nothing and the tier decides. */
  isNamed: boolean;
}

/** Returns what a policy gives every known type. */
export function policyRules(
  policy: Policy,
  actionTypes: readonly ActionTypeInfo[],
): PolicyRuleView[] {
  return actionTypes.map((type) => {
    const rule = resolveRule(policy, type);
    return {
      type: type.id,
      title: type.title,
      risk: rule.risk,
      mode: rule.base,
      unless: [
        ...rule.denyIf.map((use) => `deny if ${conditionText(use)}`),
        ...rule.requireApprovalIf.map((use) => `require_approval if ${conditionText(use)}`),
        ...(rule.when === null ? [] : [`require_approval unless ${rule.when}`]),
        ...rule.askIf.map((use) => `ask if ${conditionText(use)}`),
      ],
      quorum: rule.quorum,
      separationOfDuties: rule.separationOfDuties,
      hasAllowList: rule.allow !== null,
      isNamed: rule.isNamed,
    };
  });
}
