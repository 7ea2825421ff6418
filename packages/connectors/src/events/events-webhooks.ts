import { AdjutantError, matchesHmac, type WebhookReceiver } from '@adjutant/core';
import type { EventsConfig } from './config.ts';
import { problemOf } from './event-schema.ts';

const toleranceSeconds = 300;
const idForm = /^[\x21-\x7e]{1,200}$/;
const timestampForm = /^[0-9]{1,12}$/;
const signatureForm = /^v1,([A-Za-z0-9+/]{43}=)$/;
const secretForm = /^whsec_([A-Za-z0-9+/]{32,88}={0,2})$/;
/** A sender that changes its key signs with both. */
const mostSignatures = 5;

/**
 * How events are taken: by the Standard Webhooks scheme, HMAC-SHA256 over the id, the instant and the
 * very bytes of the body, with an instant at most five minutes away from our clock.
 */
export const eventsWebhooks: WebhookReceiver<EventsConfig> = {
  keptHeaders: ['webhook-id', 'webhook-timestamp', 'content-type', 'user-agent'],
  async verify({ config, header, body, now }) {
    const id = header('webhook-id');
    const timestamp = header('webhook-timestamp');
    const given = header('webhook-signature');
    if (id === null || timestamp === null || given === null) {
      return { isGenuine: false, reason: 'unsigned' };
    }
    const isWritten = idForm.test(id) && timestampForm.test(timestamp);
    const digests = given
      .split(' ', mostSignatures)
      .flatMap((one) => signatureForm.exec(one)?.[1] ?? []);
    const secrets = Array.isArray(config.secret) ? config.secret : [config.secret];
    let isSigned = false;
    for (const secret of secrets) {
      const key = keyOf(typeof secret === 'string' ? secret : await secret());
      for (const digest of digests) {
        const digits = Buffer.from(digest, 'base64').toString('hex');
        const parts = [`${id}.${timestamp}.`, body];
        if (isWritten && matchesHmac('sha256', key, parts, digits)) isSigned = true;
      }
    }
    if (!isSigned) return { isGenuine: false, reason: 'wrong_signature' };
    // After the signature: whoever cannot sign learns nothing of our clock.
    if (Math.abs(now / 1_000 - Number(timestamp)) > toleranceSeconds) {
      return { isGenuine: false, reason: 'stale' };
    }
    return { isGenuine: true, deliveryId: id, event: 'event', signature: given };
  },
  problem: (_event, payload) => problemOf(payload),
  hints: () => [{ scopeExternalId: null, stream: 'events' }],
};

/** @throws AdjutantError `Configuration` for what is no secret of the scheme; never with its value */
function keyOf(secret: string): Buffer {
  const base64 = secretForm.exec(secret.trim())?.[1];
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  throw new AdjutantError('Configuration', 'The secret of the events is none of its scheme.', {
    source: 'events',
    hint: 'Make one: echo "whsec_$(openssl rand -base64 32)"; every sender needs the same.',
  });
}
