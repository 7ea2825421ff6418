import type { Principal } from './auth/principal.ts';

/** What hono keeps of a request. */
export interface GatewayVariables {
  Variables: {
    /** Whoever sent it, behind the check of who that is. */
    principal: Principal;
    /** The cookie of a session of ours; null for whoever the host or a token stands for. */
    cookie: string | null;
    /** Whether the answer was made with the headers that every answer has. */
    hasHeaders: boolean | undefined;
  };
}
