import type { Clock, InteractionDesk, Logger } from '@adjutant/core';
import type { MetricSet } from '@adjutant/core/domain';
import type { AuthenticateHost } from './auth/authenticate-request.ts';
import type { SetupSteps } from './setup/setup-steps.ts';
import type { TokenVerifier } from './auth/token-verifier.ts';

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
  /** What `/mcp` is served with; without it there is none. */
  mcp?: { version: string; metrics: MetricSet };
  /** What knows Slack's buttons and commands; without it there is no `/slack`. */
  slack?: InteractionDesk;
  /**
   * Does what was asked for after an answer; where a platform ends a process with its last answer,
   * this is its `waitUntil`. The work never rejects.
   */
  run?: (work: () => Promise<void>) => void;
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
  /** Ends what stays open by itself: the lines on which pages hear of changes. */
  close(): void;
}
