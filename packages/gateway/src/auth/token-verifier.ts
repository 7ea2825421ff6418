import type { TokenBearer } from './principal.ts';

/**
 * Tells whom a bearer token stands for: tokens of ours, of an authorization server, or of the host.
 * The first of several that knows it is believed.
 */
export interface TokenVerifier {
  /** Returns null for a token that is none of its own, has ended, or is meant for another server. */
  verify(token: string): Promise<TokenBearer | null>;
}
