import {
  AdjutantError,
  type Logger,
  type ReceivedWebhook,
  silentLogger,
  systemClock,
  type WebhookAnswer,
  type Webhooks,
} from '@adjutant/core';
import { type BodyGate, createBodyGate } from './body-gate.ts';
import { neverKept } from './request-body.ts';

const path = /^\/webhooks\/([a-z][a-z0-9_-]{0,60})$/;
const retryAfterSeconds = '30';
/** More than any burst that can be written in the time for which senders wait. */
const mostAtOnce = 1_000;
/** What all of them that are here may take together. @unit bytes */
const mostBytesAtOnce = 128 * 1024 * 1024;

export interface WebhookHandlerOptions {
  webhooks: Omit<Webhooks, 'replay'>;
  /**
   * Called once a delivery is kept that says something has changed, in place of
   * `webhooks.follow()`: to have it read by another process, for instance. The sender is not kept
   * waiting for it.
   */
  onHint?: (source: string) => void;
  /** Called with every answer to what names a source that is here: `stored`, `refused`, `busy`. */
  onAnswer?: (source: string, outcome: string) => void;
  logger?: Logger;
  /**
   * How many may be under way at once; 1,000 unless told. Whoever comes beyond is asked to come again,
   * before anything of theirs is read: nothing that was acknowledged is at risk.
   */
  mostAtOnce?: number;
  /**
   * The address of whoever sends a request, by which unsigned bodies are bounded; null where it is
   * unknown.
   */
  addressOf?: (request: Request) => string | null;
  /** How bodies are read until somebody knows who sent them. */
  bodies?: BodyGate;
}

/**
 * Returns what answers `POST /webhooks/SOURCE`, for any server that speaks the web's own requests. It
 * keeps the delivery and answers; nothing is read from the source meanwhile.
 */
export function createWebhookHandler(
  options: WebhookHandlerOptions,
): (request: Request) => Promise<Response> {
  const { webhooks, onHint = () => void webhooks.follow(), logger = silentLogger } = options;
  const { mostAtOnce: most = mostAtOnce, onAnswer = () => undefined } = options;
  const { addressOf = () => null, bodies = createBodyGate(systemClock) } = options;
  // Of those whose body is here: before, `bodies` bounds them.
  const under = { way: 0, bytes: 0 };
  const tell = (source: string): void => {
    try {
      onHint(source);
    } catch {
      // The delivery is kept, and the next sync reads what it hints at.
      logger.log('error', 'Nobody could be told of a webhook.', { source });
    }
  };
  return async (request) => {
    const source = path.exec(new URL(request.url).pathname)?.[1];
    if (source === undefined) return answer(404, { reason: 'unknown_source' });
    if (request.method !== 'POST') return answer(405, { reason: 'post_only' }, { allow: 'POST' });
    const limit = webhooks.largestBodyBytes(source);
    if (limit === null) return answer(404, { reason: 'unknown_source' });
    if (under.way >= most) {
      onAnswer(source, 'busy');
      return tryAgain('too_many');
    }
    let bytes: number | null = null;
    try {
      const body = await bodies.read(request, limit, addressOf);
      if ('refused' in body) {
        if (body.refused === 'too_large') return answer(413, { reason: 'too_large' });
        onAnswer(source, 'busy');
        return notRead(body.refused);
      }
      const { byteLength } = body.bytes;
      if (under.way >= most || under.bytes + byteLength > mostBytesAtOnce) {
        onAnswer(source, 'busy');
        return tryAgain('too_many');
      }
      bytes = byteLength;
      under.way += 1;
      under.bytes += bytes;
      const headers = Object.fromEntries(request.headers);
      const received = await webhooks.receive(source, { headers, body: body.bytes });
      onAnswer(source, received.outcome);
      if (received.hints > 0) tell(source);
      if (received.answer !== undefined) return asAsked(received.answer);
      return answer(received.status, told(received));
    } catch (error) {
      const code = AdjutantError.isInstance(error) ? error.code : 'Internal';
      logger.log('error', 'A webhook could not be kept.', { source, code });
      // Senders that try again do so on this; of others, what was missed comes with the next sync.
      onAnswer(source, 'failed');
      return tryAgain('try_again');
    } finally {
      if (bytes !== null) {
        under.way -= 1;
        under.bytes -= bytes;
      }
    }
  };
}

const hintOf: Readonly<Partial<Record<NonNullable<ReceivedWebhook['reason']>, string>>> = {
  malformed: 'The body is to be JSON: set the content type of the webhook to application/json.',
  wrong_signature: 'The secret of the webhook is another one than that of this server.',
  unsigned: 'Give the webhook a secret.',
  stale: 'The clocks differ, or the request is an old one.',
};

function told({ outcome, reason, problem }: ReceivedWebhook): Record<string, string> {
  if (reason === null) return { outcome };
  const hint = problem ?? hintOf[reason];
  return { outcome, reason, ...(hint === undefined ? {} : { hint }) };
}

function tryAgain(reason: string): Response {
  return answer(503, { reason }, { 'retry-after': retryAfterSeconds });
}

/** What is left of the body is not waited for, so its connection ends. */
function notRead(reason: 'too_slow' | 'too_many'): Response {
  const ends = { connection: 'close' };
  if (reason === 'too_slow') return answer(408, { reason }, ends);
  return answer(503, { reason }, { ...ends, 'retry-after': retryAfterSeconds });
}

function asAsked({ body, contentType }: WebhookAnswer): Response {
  return new Response(body, { headers: { ...neverKept, 'content-type': contentType } });
}

function answer(
  status: number,
  body: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(body, {
    status,
    headers: { ...neverKept, ...headers },
  });
}
