import type { Scope } from './principal.ts';

/** Where an assistant gets a token for `/mcp` by itself. */
export interface ProtectedResource {
  /** Issuers of the authorization servers whose tokens are taken; each needs its verifier in `tokens`. */
  authorizationServers: readonly string[];
  /** Scopes that an assistant can ask for; `mcp`, `read`, `propose` and `report` unless told. */
  scopes?: readonly Scope[];
}
