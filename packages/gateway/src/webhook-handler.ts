import {
  AdjutantError,
  type Logger,
  type ReceivedWebhook,
  silentLogger,
  type WebhookAnswer,
  type Webhooks,
} from '@adjutant/core';
import { neverKept, readBody } from './request-body.ts';

const path = /^\/webhooks\/([a-z][a-z0-9_-]{0,60})$/;
const retryAfterSeconds = '30';

export interface WebhookHandlerOptions {
  webhooks: Webhooks;
  /**
   * Called once a delivery is kept that says something has changed, in place of
   * `webhooks.follow()`: to have it read by another process, for instance. The sender is not kept
   * waiting for it.
   */
  onHint?: (source: string) => void;
  logger?: Logger;
}

/**
 * Returns what answers `POST /webhooks/SOURCE`, for any server that speaks the web's own requests. It
 * keeps the delivery and answers; nothing is read from the source meanwhile.
 */
export function createWebhookHandler(
  options: WebhookHandlerOptions,
): (request: Request) => Promise<Response> {
  const { webhooks, onHint = () => void webhooks.follow(), logger = silentLogger } = options;
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
    try {
      const body = await readBody(request, limit);
      if (body === null) return answer(413, { reason: 'too_large' });
      const headers = Object.fromEntries(request.headers);
      const received = await webhooks.receive(source, { headers, body });
      if (received.hints > 0) tell(source);
      if (received.answer !== undefined) return asAsked(received.answer);
      return answer(received.status, told(received));
    } catch (error) {
      const code = AdjutantError.isInstance(error) ? error.code : 'Internal';
      logger.log('error', 'A webhook could not be kept.', { source, code });
      // Senders that try again do so on this; of others, what was missed comes with the next sync.
      return answer(503, { reason: 'try_again' }, { 'retry-after': retryAfterSeconds });
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
