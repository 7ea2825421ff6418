import type { Clock, Logger } from '@adjutant/core';
import type { MetricSet } from '@adjutant/core/domain';
import type { AuthenticateHost } from './auth/authenticate-request.ts';
import type { ProtectedResource } from './auth/protected-resource-options.ts';
import type { RateLimits } from './auth/rate-limits.ts';
import type { SetupSteps } from './setup/setup-steps.ts';
import type { TokenVerifier } from './auth/token-verifier.ts';
import type { OidcOptions } from './sign-in/oidc-options.ts';

export interface GatewayOptions {
  /** The address at which a browser sees it: scheme, host and port. */
  origin: string;
  /** The workspace whose pages these are, and whose webhooks come here; the default one unless told. */
  workspaceId?: string;
  /**
   * Who sends a request, where a host signs its people in itself. Without it the gateway signs them in
   * by its own links and passkeys.
   */
  authenticate?: AuthenticateHost;
  /** Who stands behind a bearer token; tokens of the gateway's own always count. */
  tokens?: readonly TokenVerifier[];
  /** An OpenID provider through which people sign in, beside links and passkeys. */
  oidc?: OidcOptions;
  /** Where assistants get tokens for `/mcp` by themselves; told to whoever comes without one. */
  protectedResource?: ProtectedResource;
  /** How often somebody may ask. */
  limits?: RateLimits;
  /**
   * The address of whoever sends a request, by which attempts to sign in are counted and unsigned bodies
   * bounded; null where it is unknown. Without it all strangers are counted together; `serveGateway` has
   * one of its own.
   */
  addressOf?: (request: Request) => string | null;
  /** How the provider is asked; the global one unless told. */
  fetch?: typeof globalThis.fetch;
  /** What `/mcp` is served with; without it there is none. */
  mcp?: { version: string; metrics: MetricSet };
  /** What answers Slack, as `createSlackHandler` makes it; without it there is no `/slack`. */
  slack?: (request: Request) => Promise<Response>;
  /** The steps in which an administrator sets this installation up; without them `/setup` says so. */
  setup?: SetupSteps;
  clock?: Clock;
  logger?: Logger;
  /** The version that `/openapi.json` and `/health` tell. */
  version?: string;
  /** Longest that an answer may take. @unit milliseconds */
  timeoutMs?: number;
  /**
   * What tells this installation from others on the machine, for a command that looks for its page.
   * Everybody on the machine may read it: a digest, nothing that opens anything.
   */
  installation?: string;
}

/** A whole gateway as one web-standard function, to be served as it is or mounted in a host's own. */
export interface Gateway {
  readonly origin: string;
  fetch(request: Request): Promise<Response>;
  /** Ends what stays open by itself: lines on which pages hear of changes, and its watch over the process. */
  close(): Promise<void>;
}
