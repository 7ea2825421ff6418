import { type Clock, systemClock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import type { CredentialProvider } from '../secrets/credential-provider.ts';
import type { AdjutantEvent } from './adjutant-events.ts';
import type { EventBus } from './event-bus.ts';
import { webhookSignature } from './webhook-signature.ts';

export interface WebhookBusOptions {
  /** Where events are posted: https, or http on this machine. It is told to nobody. */
  url: string;
  /**
   * Gives the secret that signs, asked for `{ source: 'webhook', purpose: 'write', host }` at each
   * delivery: `whsec_` and 24 to 64 bytes in base64, or several of them parted by spaces.
   */
  credentials: CredentialProvider;
  /** Only these; all unless told. */
  events?: readonly string[];
  fetch?: typeof fetch;
  clock?: Clock;
}

/**
 * Returns a bus that posts each event, signed by the Standard Webhooks scheme, as
 * `{ type, timestamp, data }`. It is taken when the receiver answers 2xx; anything else is delivered
 * again by the outbox, so a receiver remembers `webhook-id`. Redirects are not followed: a signed
 * event goes to the host that was named and to no other.
 * @throws AdjutantError `Configuration` for an address that it must not be sent to
 */
export function createWebhookBus(options: WebhookBusOptions): EventBus {
  const url = readAddress(options.url);
  const send = options.fetch ?? globalThis.fetch;
  const clock = options.clock ?? systemClock;
  const wanted = options.events === undefined ? null : new Set(options.events);
  return {
    async publish(event, signal) {
      if (wanted !== null && !wanted.has(event.event)) return;
      const secret = await requireSecret(options.credentials, url.host);
      const body = bodyOf(event);
      // Of this attempt, not of the event: a receiver refuses what is old.
      const timestamp = Math.floor(clock.now() / 1_000);
      const response = await send(url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'webhook-id': event.id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': webhookSignature(secret, { id: event.id, timestamp, body }),
        },
        body,
        signal,
      }).catch((error: unknown) => {
        throw notReached(url, error);
      });
      // What a receiver says besides its status is of no use here, however long it is.
      await response.body?.cancel();
      if (!response.ok) throw refused(url, response.status);
    },
  };
}

function bodyOf({ id, workspaceId, event, subjectId, detail, at }: AdjutantEvent): string {
  return JSON.stringify({
    type: event,
    timestamp: new Date(at).toISOString(),
    data: { id, workspaceId, subjectId, detail },
  });
}

async function requireSecret(credentials: CredentialProvider, host: string): Promise<string> {
  const secret = await credentials({ source: 'webhook', purpose: 'write', host });
  if (secret !== null && secret.trim() !== '') return secret;
  throw new AdjutantError('Configuration', `There is no secret for the webhook at ${host}.`, {
    source: 'webhook',
    hint: `Store one: adjutant keys set connector:webhook:write@${host}`,
  });
}

/** Messages name the host alone: the rest of such an address is often as good as a password. */
function readAddress(text: string): URL {
  if (!URL.canParse(text)) throw wrong('is not a URL');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw wrong('must not carry a user or password');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw wrong('must be https; http is for a receiver on this machine only');
  }
  return url;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function wrong(problem: string): AdjutantError {
  return new AdjutantError('Configuration', `The address of the webhook ${problem}.`, {
    source: 'webhook',
    hint: 'Write the address of the receiver, such as https://hooks.example.com/adjutant.',
  });
}

function notReached({ host }: URL, cause: unknown): AdjutantError {
  return new AdjutantError('Upstream', `The webhook at ${host} could not be reached.`, {
    source: 'webhook',
    hint: 'It is delivered again. Check that the receiver runs.',
    cause,
  });
}

function refused({ host }: URL, status: number): AdjutantError {
  const isRedirect = status >= 300 && status < 400;
  return new AdjutantError('Upstream', `The webhook at ${host} answered ${status}.`, {
    source: 'webhook',
    status,
    hint: isRedirect
      ? 'Redirects are not followed: name the address that it leads to.'
      : 'It is delivered again. See what the receiver has against it.',
  });
}
