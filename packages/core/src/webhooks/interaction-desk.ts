import type { WebhookRefusal, WebhookRequest } from './webhook-receiver.ts';

/** What came of a request in which somebody pressed or asked for something. */
export interface ReceivedInteraction {
  /** The HTTP status to answer with, at once. */
  status: 200 | 400 | 401 | 404;
  /** What to answer with as JSON; nothing where it is null. */
  body: Readonly<Record<string, unknown>> | null;
  reason: WebhookRefusal | null;
  /** What is to be done after the answer; it never rejects. Null where nothing is. */
  work: (() => Promise<void>) | null;
}

/**
 * What takes signed requests of people: buttons that they press, and commands that they write. It
 * tells at once whether a request is genuine, and does what was asked for later.
 */
export interface InteractionDesk {
  /** @unit bytes */
  largestBodyBytes: number;
  receive(
    route: 'interactions' | 'commands',
    request: WebhookRequest,
  ): Promise<ReceivedInteraction>;
}
