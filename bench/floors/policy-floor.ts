import type { PolicyRequest } from '@adjutant/core';

/** The founding policy as one plain function: no reasons, no rules to change. */
export function policyFloor(request: PolicyRequest): string {
  const { type, conditions, costUsd, spentUsd, requesterKind } = request;
  if (costUsd !== 0 && costUsd + spentUsd > 200) return 'deny';
  if (request.containsSensitiveText || request.risk === 'high') return 'require_approval';
  const members = conditions['channel_members'];
  if (members !== undefined && (typeof members !== 'number' || members > 10)) return 'ask';
  if (requesterKind !== 'person') return 'ask';
  if (type === 'pr.label') return 'auto';
  if (type === 'pr.comment.summary') return conditions['channel_public'] === false ? 'auto' : 'ask';
  return type === 'issue.create.low' ? 'ask' : 'require_approval';
}
