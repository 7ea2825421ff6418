import type { Hono } from 'hono';
import type { GatewayVariables } from '../gateway-variables.ts';
import type { Scope } from './principal.ts';
import type { ProtectedResource } from './protected-resource-options.ts';

const metadataPath = '/.well-known/oauth-protected-resource';
/** What an assistant can use at all; each tool asks for one beside `mcp`. */
const assistantScopes: readonly Scope[] = ['mcp', 'read', 'propose', 'report'];
/** What a client without a token asks for first: to look. The others it is told when it needs them. */
export const firstScopes: readonly Scope[] = ['mcp', 'read'];

/** Returns where the metadata of the resource is. */
export function metadataOf(origin: string): string {
  return `${origin}${metadataPath}/mcp`;
}

/**
 * Adds what tells an assistant where to get a token: at the address made of the resource's, and at the
 * root, where clients look that were told nothing.
 * @source RFC 9728 §3
 */
export function addProtectedResource(
  app: Hono<GatewayVariables>,
  origin: string,
  resource: ProtectedResource | undefined,
): void {
  if (resource === undefined) return;
  const { authorizationServers, scopes = assistantScopes } = resource;
  const metadata = {
    resource: `${origin}/mcp`,
    authorization_servers: authorizationServers,
    scopes_supported: scopes,
    bearer_methods_supported: ['header'],
    resource_name: 'Adjutant',
  };
  for (const path of [metadataPath, `${metadataPath}/mcp`]) {
    app.get(path, (context) => context.json(metadata));
  }
}

/** What is wrong with the token of a request, as RFC 6750 calls it; null where there was none. */
export type TokenFault = 'invalid_token' | 'insufficient_scope' | null;

/** Returns `WWW-Authenticate` of an answer that asks for a token, or for a better one. */
export function challengeOf(
  origin: string,
  resource: ProtectedResource | undefined,
  fault: TokenFault,
  scopes: readonly Scope[] = firstScopes,
): string {
  const parts = [
    ...(fault === null ? [] : [`error="${fault}"`]),
    ...(resource === undefined && fault !== 'insufficient_scope'
      ? []
      : [`scope="${scopes.join(' ')}"`]),
    ...(resource === undefined ? [] : [`resource_metadata="${metadataOf(origin)}"`]),
  ];
  return parts.length === 0 ? 'Bearer' : `Bearer ${parts.join(', ')}`;
}
