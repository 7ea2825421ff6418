import type { AnyActionDefinition } from '../actions/define-action.ts';
import type { RiskTier } from '../domain.ts';

/** What policy knows of a type of action: its own tier, which no policy may lower. */
export interface ActionTypeInfo {
  id: string;
  risk: RiskTier;
  reversible: boolean;
  title: string;
  /** Fields of the payload that only name the target; an allow-list checks those as the target. */
  targetFields?: readonly string[];
}

const pullRequestFields = ['repository', 'number', 'pullRequest'] as const;
const issueFields = ['repository', 'number', 'issue'] as const;

function type(
  id: string,
  risk: RiskTier,
  reversible: boolean,
  title: string,
  targetFields: readonly string[] = [],
): ActionTypeInfo {
  return { id, risk, reversible, title, targetFields };
}

/**
 * Types that a policy may name whether or not a connector here carries them out, each with the
 * least tier it has: so that one policy file holds in every workspace.
 */
export const knownActionTypes: readonly ActionTypeInfo[] = [
  type('pr.merge', 'high', false, 'Merge a pull request', pullRequestFields),
  type('pr.close', 'high', true, 'Close a pull request', pullRequestFields),
  type('pr.backport', 'high', true, 'Backport a pull request', pullRequestFields),
  type('pr.label', 'low', true, 'Label a pull request', pullRequestFields),
  type('pr.assign_reviewers', 'medium', true, 'Ask people to review', pullRequestFields),
  type('pr.comment', 'medium', true, 'Comment on a pull request', pullRequestFields),
  type('pr.comment.summary', 'medium', true, 'Post a summary', pullRequestFields),
  type('issue.create', 'medium', true, 'Create an issue', ['repository']),
  type('issue.create.low', 'medium', true, 'Create a low-priority issue', ['repository']),
  type('issue.comment', 'medium', true, 'Comment on an issue', issueFields),
  type('issue.transition', 'high', true, 'Move an issue to another status', issueFields),
  type('issue.assign', 'high', true, 'Give an issue to somebody', issueFields),
  // High wherever it is not named as non-deploying: the preparation raises it.
  type('workflow.rerun', 'medium', true, 'Run a workflow again', ['repository', 'runId']),
  type('webhook.register', 'high', true, 'Register a webhook', ['repository']),
  // High where it calls everybody, a group or a program, or where another organisation reads along.
  type('message.post', 'medium', true, 'Post a message', ['channel', 'threadTs']),
  type('message.dm', 'medium', true, 'Send somebody a message', ['user']),
  type('message.update', 'medium', true, 'Change a message of our own', ['channel', 'ts']),
  type('nudge', 'medium', true, 'Remind somebody of something'),
  type('report.post', 'medium', true, 'Post a report to a channel'),
  type('incident.page', 'high', false, 'Page somebody'),
  type('statuspage.update', 'high', false, 'Update the public status page'),
  type('note.draft', 'low', true, 'Keep a private draft'),
  type('policy.update', 'high', true, 'Change the policy'),
];

/**
 * Returns every type that a policy may name: what is installed here and what is known. Where both
 * have one, the higher tier counts.
 */
export function policyActionTypes(
  installed: readonly (ActionTypeInfo | AnyActionDefinition)[] = [],
): ActionTypeInfo[] {
  const byId = new Map(knownActionTypes.map((known) => [known.id, known]));
  for (const { id, risk, reversible, title, ...rest } of installed) {
    const known = byId.get(id);
    const told = 'targetFields' in rest ? rest.targetFields : undefined;
    byId.set(id, {
      id,
      risk: known === undefined ? risk : higherRisk(risk, known.risk),
      reversible,
      title,
      targetFields: told ?? known?.targetFields ?? [],
    });
  }
  return [...byId.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const tiers: readonly RiskTier[] = ['low', 'medium', 'high'];

/** Returns how high a tier is, from 0. */
export function riskRank(risk: RiskTier): number {
  return tiers.indexOf(risk);
}

/** Returns the higher of two tiers. */
export function higherRisk(left: RiskTier, right: RiskTier): RiskTier {
  return riskRank(left) >= riskRank(right) ? left : right;
}

/** Returns the tier above; `high` has none. */
export function nextRisk(risk: RiskTier): RiskTier {
  return tiers[riskRank(risk) + 1] ?? 'high';
}
