/** An event that was given up. */
export interface DeadEvent {
  id: string;
  workspaceId: string;
  event: string;
  subjectId: string;
  attempts: number;
  lastError: string | null;
  deadAt: number;
}

/** Takes events from the outbox to a bus. */
export interface EventDispatcher {
  /** Delivers until aborted; with `once`, until nothing is due. One process at a time does it. */
  work(options: { signal: AbortSignal; once?: boolean }): Promise<void>;
  dead(workspaceId: string): Promise<DeadEvent[]>;
  /**
   * Gives a dead event all its attempts again; `actor` is who did it, for the ledger. It comes after
   * what its subject did since. @throws AdjutantError `NotFound`
   */
  redrive(eventId: string, actor?: string): Promise<void>;
}

/** The outbox as a host program sees it: `workActions` delivers, this looks after what failed. */
export type Outbox = Omit<EventDispatcher, 'work'>;
