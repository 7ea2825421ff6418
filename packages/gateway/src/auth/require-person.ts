import { AdjutantError } from '@adjutant/core/ports';
import type { Principal, SignedInPerson } from './principal.ts';

/**
 * Returns the person whose browser asks.
 * @throws AdjutantError `Permission` for a program with a token
 */
export function requirePerson(principal: Principal): SignedInPerson {
  if (principal.kind === 'signed_in') return principal;
  throw new AdjutantError('Permission', 'This page is for people; a program has /v1 and /mcp.', {
    hint: 'GET /openapi.json says what a token can do.',
  });
}
