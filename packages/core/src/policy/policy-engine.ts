import type { RedactionLevel } from '../redaction/redaction-rule.ts';
import type { ActionMode, Assurance, RiskTier } from '../domain.ts';

/** What policy is asked about: a prepared action, as facts. */
export interface PolicyRequest {
  type: string;
  /** The tier after whatever the preparation raised. */
  risk: RiskTier;
  requesterKind: 'person' | 'agent' | 'system';
  targetRef: string;
  source: string;
  payload: Readonly<Record<string, unknown>>;
  /** Null where unknown. A condition that is unknown counts against the action. */
  conditions: Readonly<Record<string, boolean | number | string | null>>;
  costUsd: number;
  /** Already spent or reserved this month. */
  spentUsd: number;
  /** Whether what was proposed holds personal data or a secret, masked meanwhile or not. */
  containsSensitiveText: boolean;
}

/** What policy asks, and why. */
export interface PolicyVerdict {
  mode: ActionMode;
  risk: RiskTier;
  /** Different people who must approve. */
  quorum: number;
  declineThreshold: number;
  /** The least that proves a decision. */
  assurance: Assurance;
  /** In words for a person, most decisive first. */
  reasons: readonly string[];
  /** @unit milliseconds */
  pendingTtlMs: number;
  /** @unit milliseconds */
  approvedTtlMs: number;
  /** Parts of the pending time after which the circle of reviewers widens. */
  escalateAt: readonly number[];
  /** What a claim has to reserve. */
  monthlyCostLimitUsd: number | null;
}

/**
 * Decides what an action needs. Ours reads `adjutant.policy.yaml`; a host may put another one here.
 * It never throws: an error while evaluating is `require_approval`.
 */
export interface PolicyEngine {
  /** SHA-256 of what is in force. */
  readonly hash: string;
  /** How much of texts that leave or are shown is masked; all that can be, unless told. */
  readonly redactionLevel?: RedactionLevel;
  /** What model calls and actions may cost in a month; null for no limit, 200 unless told. */
  readonly monthlyCostLimitUsd?: number | null;
  evaluate(request: PolicyRequest): PolicyVerdict;
}
