import { AdjutantError } from '@adjutant/core/ports';
import { createAdjutantHttpHandler } from '@adjutant/mcp-server/http';
import type { Hono } from 'hono';
import {
  type Authentication,
  authenticateRequest,
  showsToken,
} from './auth/authenticate-request.ts';
import type { Principal, Scope } from './auth/principal.ts';
import {
  challengeOf,
  firstScopes,
  metadataOf,
  type TokenFault,
} from './auth/protected-resource.ts';
import type { GatewayContext } from './gateway-context.ts';
import type { GatewayOptions } from './gateway-options.ts';
import type { GatewayVariables } from './gateway-variables.ts';

const mcpAddress = /^https?:\/\/[^/?#]+\/mcp(?:[?#]|$)/;

/** Returns whether a request is an assistant's. Looked at with every request, so the address is not taken apart. */
export function asksMcp(request: Request): boolean {
  return mcpAddress.test(request.url);
}

/**
 * Returns whether an assistant comes with nothing, to be told where it gets a token. Whatever else its
 * request may carry is not looked at: without an origin nobody knows which page sent it.
 */
export function comesWithNothing(request: Request): boolean {
  return asksMcp(request) && !showsToken(request) && request.headers.get('origin') === null;
}

/** Adds MCP over HTTP, for whoever may have an assistant: with a token, or in the host's own session. */
export function mountMcp(
  app: Hono<GatewayVariables>,
  { adjutant, logger, origin }: GatewayContext,
  { mcp, protectedResource, workspaceId }: GatewayOptions,
  authentication: Authentication,
): void {
  if (mcp === undefined) return;
  const principals = new WeakMap<Request, Principal>();
  const handler = createAdjutantHttpHandler(
    (request) => adjutant.workspace(principals.get(request)?.workspaceId ?? workspaceId),
    {
      ...mcp,
      logger,
      allowedHosts: [new URL(origin).hostname],
      allowedOrigins: [origin],
      ...(protectedResource === undefined ? {} : { resourceMetadata: metadataOf(origin) }),
      authenticate: (request) => {
        const principal = principals.get(request);
        if (principal === undefined) return null;
        const { viewer } = principal;
        return principal.kind === 'token' ? { viewer, scopes: principal.scopes } : viewer;
      },
    },
  );
  const refuse = (
    status: 401 | 403,
    message: string,
    fault: TokenFault,
    scopes?: readonly Scope[],
  ): Response =>
    Response.json(
      { jsonrpc: '2.0', error: { code: -32_000, message }, id: null },
      {
        status,
        headers: { 'www-authenticate': challengeOf(origin, protectedResource, fault, scopes) },
      },
    );
  app.all('/mcp', async (context) => {
    const request = context.req.raw;
    if (comesWithNothing(request)) return refuse(401, 'Not authenticated.', null);
    const principal = await authenticateRequest(request, authentication).catch(nobody);
    if (principal === null) {
      return refuse(401, 'Not authenticated.', showsToken(request) ? 'invalid_token' : null);
    }
    // Tools mostly read; what one writes waits for a decision or stands under the person's own name.
    authentication.guard.request(principal, 'GET');
    if (principal.kind === 'token' && !principal.scopes.includes('mcp')) {
      const message =
        'The token lacks the scope "mcp". Make one that has it: adjutant tokens create <name> --scope mcp --scope read.';
      // With those that it has, so that none gets lost.
      const scopes = [...new Set([...firstScopes, ...principal.scopes])];
      return refuse(403, message, 'insufficient_scope', scopes);
    }
    principals.set(request, principal);
    return handler(request);
  });
}

function nobody(error: unknown): null {
  if (AdjutantError.isInstance(error) && error.code === 'Authentication') return null;
  throw error;
}
