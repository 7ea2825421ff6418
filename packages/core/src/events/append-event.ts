import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import type { EventDetail } from './adjutant-events.ts';
import { ringOutboxBells } from './outbox-bell.ts';

export interface NewEvent {
  workspaceId: string;
  /** Noun-verb. A name of `AdjutantEvents` has typed listeners; others reach only a bus of the host's. */
  event: string;
  /** Events of one subject are delivered in the order in which they were appended. */
  subjectId: string;
  /** No secrets and no free text of people: it goes wherever the host's bus goes. */
  detail?: EventDetail;
  at: number;
}

/** Puts an event in the outbox in the caller's transaction: it is told exactly if the change is kept. */
export async function appendEvent(transaction: Database, event: NewEvent): Promise<void> {
  await transaction.insert(tables.outbox).values({
    id: createIdentifier(),
    workspaceId: event.workspaceId,
    event: event.event,
    subjectId: event.subjectId,
    detail: { ...event.detail },
    createdAt: event.at,
    attempts: 0,
    nextAttemptAt: event.at,
  });
  ringOutboxBells();
}
