import type { ActionMode, Assurance, RiskTier } from '../domain.ts';
import type { PolicyVerdict } from '../policy/policy-engine.ts';

/** What an action needs before it may run. */
export interface Requirement {
  mode: ActionMode;
  /** Different people who must approve; none for `auto`. */
  quorum: number;
  declineThreshold: number;
  assurance: Assurance;
}

const modes: readonly ActionMode[] = ['auto', 'ask', 'require_approval', 'deny'];
const assurances: readonly Assurance[] = ['cooperative', 'presence', 'separate'];
const risks: readonly RiskTier[] = ['low', 'medium', 'high'];

/** Returns whether one assurance is worth at least as much as another. */
export function reaches(assurance: Assurance, needed: Assurance): boolean {
  return assurances.indexOf(assurance) >= assurances.indexOf(needed);
}

/** Returns the higher of two tiers. */
export function higherRisk(one: RiskTier, other: RiskTier): RiskTier {
  return risks.indexOf(one) >= risks.indexOf(other) ? one : other;
}

/**
 * Returns what a verdict asks, never less than the floors that no policy lowers: high risk takes an
 * approval, an approval takes presence, two people take separate ones.
 */
export function requirementOf(
  verdict: PolicyVerdict,
  { cooperativeSuffices }: { cooperativeSuffices: boolean },
): Requirement {
  if (verdict.mode === 'deny') {
    return { mode: 'deny', quorum: 0, declineThreshold: 1, assurance: verdict.assurance };
  }
  const mode =
    verdict.risk === 'high' ? stricterMode(verdict.mode, 'require_approval') : verdict.mode;
  const declineThreshold = Math.max(1, verdict.declineThreshold);
  if (mode === 'auto') return { mode, quorum: 0, declineThreshold, assurance: 'cooperative' };
  const quorum = Math.max(1, verdict.quorum);
  // Only where nothing is real does a terminal count as presence; two people are two all the same.
  let assurance: Assurance = cooperativeSuffices ? 'cooperative' : verdict.assurance;
  if (mode === 'require_approval' && !cooperativeSuffices) {
    assurance = stricterAssurance(assurance, 'presence');
  }
  if (quorum > 1) assurance = 'separate';
  return { mode, quorum, declineThreshold, assurance };
}

/** Returns what satisfies both: only tighter counts. */
export function tighten(one: Requirement, other: Requirement): Requirement {
  return {
    mode: stricterMode(one.mode, other.mode),
    quorum: Math.max(one.quorum, other.quorum),
    declineThreshold: Math.min(one.declineThreshold, other.declineThreshold),
    assurance: stricterAssurance(one.assurance, other.assurance),
  };
}

function stricterMode(one: ActionMode, other: ActionMode): ActionMode {
  return modes.indexOf(one) >= modes.indexOf(other) ? one : other;
}

function stricterAssurance(one: Assurance, other: Assurance): Assurance {
  return reaches(one, other) ? one : other;
}
