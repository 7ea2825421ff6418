import type { Adjutant } from '@adjutant/core';
import type { TokenVerifier } from './token-verifier.ts';

/** Returns the verifier of Adjutant's own tokens: those of the workspace that a gateway is for. */
export function ownTokenVerifier(adjutant: Adjutant, workspaceId?: string): TokenVerifier {
  return {
    async verify(token) {
      const found = await adjutant.verifyAccessToken(token, workspaceId);
      return found === null ? null : { kind: 'token', ...found };
    },
  };
}
