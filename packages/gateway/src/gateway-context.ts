import type { Adjutant, Approvers, Clock, Logger, WorkspaceHandle } from '@adjutant/core';
import type { SetupSteps } from './setup/setup-steps.ts';
import type { Principal } from './auth/principal.ts';

/** What everything behind the gateway is handed beside the request. */
export interface GatewayContext {
  adjutant: Adjutant;
  /** The workspace whose pages these are; the default one where it is not told. */
  workspaceId: string | undefined;
  /** The address at which a browser sees it: scheme, host and port. */
  origin: string;
  approvers: Approvers;
  clock: Clock;
  logger: Logger;
  /** How this installation is set up; null where the host does that itself. */
  setup: SetupSteps | null;
  /** Returns the workspace of a principal as they see it. */
  workspaceOf(this: void, principal: Principal): WorkspaceHandle;
}
