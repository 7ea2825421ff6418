import { type AccessScope, accessScopeSchema } from '@adjutant/core/domain';
import type { HeldScopes, MissingScope } from '../call-scopes.ts';
import { refusal } from './refusal.ts';

/**
 * Returns the answer to a caller whose token lacks a scope: which one, and how to get a token with it. The
 * scopes in the header are those to ask for, the ones that it has included, so that none gets lost.
 * @source Model Context Protocol 2025-11-25, Authorization, Scope Challenge Handling; RFC 6750 §3.1
 */
export function insufficientScope(
  { id, what, scopes }: MissingScope,
  held: HeldScopes,
  resourceMetadata: string | undefined,
): Response {
  const wanted = new Set<AccessScope>([...(held === 'all' ? [] : held), 'mcp', ...scopes]);
  const asked = accessScopeSchema.options.filter((scope) => wanted.has(scope));
  const parts = [
    'error="insufficient_scope"',
    `scope="${asked.join(' ')}"`,
    ...(resourceMetadata === undefined ? [] : [`resource_metadata="${resourceMetadata}"`]),
  ];
  const missing = scopes.map((scope) => `"${scope}"`).join(' and ');
  const command = `adjutant tokens create <name> ${asked.map((scope) => `--scope ${scope}`).join(' ')}`;
  return refusal(
    403,
    `The token lacks the scope ${missing}, which ${what} needs. Make one that has it: ${command} (for an assistant add --agent <name>). A token of an authorization server gets it there.`,
    { 'www-authenticate': `Bearer ${parts.join(', ')}` },
    { id },
  );
}
