import type { Principal } from './auth/principal.ts';

/** What hono keeps of a request. */
export interface GatewayVariables {
  Variables: {
    /** Whoever sent it, behind the check of who that is. */
    principal: Principal;
    /** The token that a change from a page of ours has to carry; empty for programs. */
    csrf: string;
  };
}
