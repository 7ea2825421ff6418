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
 * Where people's requests come in: buttons and forms, commands, and events of which the chat program
 * tells by itself, such as that somebody opened the app's own tab.
 */
export type InteractionRoute = 'interactions' | 'commands' | 'events';

/**
 * What takes signed requests of people: buttons that they press, forms that they fill in, commands
 * that they write, tabs that they open. It tells at once whether a request is genuine, and does what
 * was asked for later.
 */
export interface InteractionDesk {
  /** @unit bytes */
  largestBodyBytes: number;
  receive(route: InteractionRoute, request: WebhookRequest): Promise<ReceivedInteraction>;
}
