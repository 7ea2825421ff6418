import type {
  Adjutant,
  Clock,
  Logger,
  ReceivedInteraction,
  WebhookRefusal,
  WorkspaceHandle,
} from '@adjutant/core';
import type { SlackConfig } from '../config.ts';
import type { PersonalAnswer } from './answer-person.ts';
import type { SeenRequests } from './seen-requests.ts';

/**
 * Returns a brief as Slack's blocks, of what a handle sees. Briefs are made of rules that no connector
 * knows, so whoever mounts the desk gives it this: `buildBrief` and `renderBriefSlack` of
 * `@adjutant/insights` are such a one.
 */
export type SlackBrief = (
  handle: WorkspaceHandle,
  kind: 'today' | 'triage',
) => Promise<PersonalAnswer>;

/** What every request of people is answered with. */
export interface Desk {
  adjutant: Adjutant;
  workspaceId: string | undefined;
  config: SlackConfig;
  clock: Clock;
  fetch: typeof fetch;
  logger: Logger;
  /** Null where whoever mounted the desk gave none. */
  brief: SlackBrief | null;
  seen: SeenRequests;
}

export function accepted(
  body: ReceivedInteraction['body'],
  work: ReceivedInteraction['work'],
): ReceivedInteraction {
  return { status: 200, body, reason: null, work };
}

const statusOf: Readonly<Record<WebhookRefusal, 400 | 401 | 404>> = {
  not_configured: 404,
  malformed: 400,
  unsigned: 401,
  wrong_signature: 401,
  stale: 401,
};

export function refused(reason: WebhookRefusal): ReceivedInteraction {
  return { status: statusOf[reason], body: null, reason, work: null };
}
