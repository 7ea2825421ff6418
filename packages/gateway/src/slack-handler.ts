import {
  AdjutantError,
  type InteractionDesk,
  type InteractionRoute,
  type Logger,
  type ReceivedInteraction,
  silentLogger,
  systemClock,
} from '@adjutant/core';
import { type BodyGate, createBodyGate } from './body-gate.ts';
import { neverKept } from './request-body.ts';
import { notedAddress } from './sender-address.ts';

const path = /^\/slack\/(interactions|commands|events)$/;
const routes: Readonly<Record<string, InteractionRoute>> = {
  interactions: 'interactions',
  commands: 'commands',
  events: 'events',
};

export interface SlackHandlerOptions {
  /** What knows Slack: `createSlackDesk` of `@adjutant/connectors/slack`. */
  desk: InteractionDesk;
  /**
   * Does what was asked for, after the answer; where a platform ends a process with its last answer,
   * this is its `waitUntil`. The work never rejects.
   */
  run?: (work: () => Promise<void>) => void;
  logger?: Logger;
  /**
   * The address of whoever sends a request, by which unsigned bodies are bounded; null where it is
   * unknown. Behind a gateway it is the one that the gateway knows, unless told.
   */
  addressOf?: (request: Request) => string | null;
  /** How bodies are read until it is known whether Slack sent them. */
  bodies?: BodyGate;
}

/**
 * Returns what answers `POST /slack/interactions`, `/slack/commands` and `/slack/events`. Slack waits for three
 * seconds, so it is answered as soon as it is known to be Slack; what was asked for is done after.
 */
export function createSlackHandler(
  options: SlackHandlerOptions,
): (request: Request) => Promise<Response> {
  const { desk, logger = silentLogger, bodies = createBodyGate(systemClock) } = options;
  const { addressOf = notedAddress } = options;
  const run = options.run ?? ((work: () => Promise<void>) => void work());
  return async (request) => {
    const route = routes[path.exec(new URL(request.url).pathname)?.[1] ?? ''];
    if (route === undefined) return answer(404, null);
    if (request.method !== 'POST') return answer(405, null, { allow: 'POST' });
    try {
      const body = await bodies.read(request, desk.largestBodyBytes, addressOf);
      if ('refused' in body) return notRead(body.refused);
      const received = await desk.receive(route, {
        headers: Object.fromEntries(request.headers),
        body: body.bytes,
      });
      if (received.work !== null) run(received.work);
      return told(received);
    } catch (error) {
      const code = AdjutantError.isInstance(error) ? error.code : 'Internal';
      logger.log('error', 'A request of Slack could not be taken.', { route, code });
      return answer(503, null);
    }
  };
}

const statusOf = { too_large: 413, too_slow: 408, too_many: 503 } as const;

/** What is left of the body is not waited for, so its connection ends. */
function notRead(reason: keyof typeof statusOf): Response {
  return answer(statusOf[reason], null, { connection: 'close' });
}

function told({ status, body, reason }: ReceivedInteraction): Response {
  return answer(status, reason === null ? body : { reason });
}

function answer(
  status: number,
  body: Readonly<Record<string, unknown>> | null,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const init = { status, headers: { ...neverKept, ...headers } };
  return body === null ? new Response(null, init) : Response.json(body, init);
}
