import type { ActionDetail, Actions, Approvers, Clock, Logger, PageSession } from '@adjutant/core';

/** What the page does with actions: it looks, and passes on what a person decides. */
export type PageActions = Pick<Actions, 'get' | 'list' | 'decide' | 'modify' | 'resolve'>;

/** Who is signed in, as core knows them: always a person. */
export type PageViewer = PageSession['viewer'];

export interface ApprovalsPageOptions {
  /** The address at which a browser sees the page: scheme, host and port. */
  origin: string;
  approvers: Approvers;
  /** Returns the actions as whoever is signed in sees them. */
  actionsFor(this: void, viewer: PageViewer): PageActions;
  clock: Clock;
  logger?: Logger;
  /**
   * What tells this installation from others on the machine, for a command that looks for its page.
   * Everybody on the machine may read it: a digest, nothing that opens anything.
   */
  installation?: string;
}

/** A page as one web-standard function, to be served as it is or mounted at the root of a host's own. */
export interface ApprovalsPage {
  readonly origin: string;
  fetch(request: Request): Promise<Response>;
}

/** What a route is handed beside the request. */
export interface PageContext extends ApprovalsPageOptions {
  logger: Logger;
}

/** What hono keeps of a request whose sender is known. */
export interface PageVariables {
  Variables: { session: PageSession; csrf: string };
}

/** Returns whether an approval of this action takes a passkey. */
export function needsPasskey({ assurance }: Pick<ActionDetail, 'assurance'>): boolean {
  return assurance !== 'cooperative';
}
