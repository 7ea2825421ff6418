import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { ActionEventName, ActionEvents } from '../events/action-events.ts';
import { appendEvent } from '../events/append-event.ts';
import { createTextRedactor } from '../redaction/create-text-redactor.ts';
import type { Database } from '../store/database.ts';
import type { ActionRow } from './action-rows.ts';

/** What the ledger and the listeners are told of a transition. */
export type Transition = {
  [Name in ActionEventName]: Told & { event: Name; detail: Omit<ActionEvents[Name], 'traceId'> };
}[ActionEventName];

interface Told {
  at: number;
  actor: string;
  /** Free text: it stays out of the chain and out of events. */
  personal?: Record<string, string>;
  outcome?: string;
}

/** Appends a transition to the ledger and puts its event in the outbox, in the change's transaction. */
export async function recordTransition(
  transaction: Database,
  action: Pick<ActionRow, 'id' | 'workspaceId' | 'traceId'>,
  { event, at, actor, detail, personal, outcome }: Transition,
): Promise<void> {
  await appendAuditEntry(transaction, {
    workspaceId: action.workspaceId,
    at,
    actor,
    event,
    subject: action.id,
    detail: { ...detail },
    traceId: action.traceId,
    outcome: outcome ?? null,
    ...(personal === undefined ? {} : { personal: withoutSecrets(personal) }),
  });
  const { workspaceId, id: subjectId, traceId } = action;
  await appendEvent(transaction, {
    workspaceId,
    event,
    subjectId,
    detail: { ...detail, traceId },
    at,
  });
}

const secretsOnly = createTextRedactor({ level: 'off' });

/** The ledger keeps what people wrote, but no secret that slipped into it. */
function withoutSecrets(personal: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(personal).map(([name, words]) => [name, secretsOnly.redact(words)]),
  );
}
