import { AdjutantError, matchesAnyHmac, type WebhookReceiver } from '@adjutant/core';
import { parseOutsideJson } from '@adjutant/core/ports';
import { resolveSecrets } from '../http/secret.ts';
import type { EventsConfig } from './config.ts';
import { problemOf } from './problem-of.ts';
import { keyOf } from './secret-key.ts';

const toleranceMs = 300_000;
const idForm = /^[\x21-\x7e]{1,200}$/;
const timestampForm = /^[0-9]{1,12}$/;
const signatureForm = /^v1,([A-Za-z0-9+/]{43}=)$/;
/** A sender that changes its key signs with both; a header of thousands would only cost. */
const mostSignatures = 10;

/** The header in which a sender says when it signed. */
export const timestampHeader = 'webhook-timestamp';

/**
 * How events are taken: by the Standard Webhooks scheme, HMAC-SHA256 over the id, the instant and the
 * very bytes of the body, with an instant at most five minutes away from our clock.
 */
export const eventsWebhooks: WebhookReceiver<EventsConfig> = {
  largestBodyBytes: 64 * 1_024,
  keptHeaders: ['webhook-id', timestampHeader, 'content-type', 'user-agent'],
  deliveriesAreRead: true,
  async verify({ config, header, body, now }) {
    const id = header('webhook-id');
    const timestamp = header(timestampHeader);
    const given = header('webhook-signature');
    if (id === null || timestamp === null || given === null) {
      return { isGenuine: false, reason: 'unsigned' };
    }
    const signatures = readSignatures(given);
    const isWritten = idForm.test(id) && timestampForm.test(timestamp) && signatures.length > 0;
    if (!isWritten || !(await isSigned(config, [`${id}.${timestamp}.`, body], signatures))) {
      return { isGenuine: false, reason: 'wrong_signature' };
    }
    // After the signature: whoever cannot sign learns nothing of our clock.
    if (Math.abs(now - Number(timestamp) * 1_000) > toleranceMs) {
      return { isGenuine: false, reason: 'stale' };
    }
    const payload = parse(body);
    // What is no JSON core refuses itself.
    const problem = payload === undefined ? null : problemOf(payload, now + toleranceMs);
    if (problem !== null) return { isGenuine: false, reason: 'malformed', problem };
    return { isGenuine: true, deliveryId: id, event: 'event', signature: given };
  },
  hints: () => [{ scopeExternalId: null, stream: 'events' }],
};

function readSignatures(header: string): Uint8Array[] {
  return header.split(' ', mostSignatures).flatMap((one) => {
    const base64 = signatureForm.exec(one)?.[1] ?? '';
    const digest = Buffer.from(base64, 'base64');
    // The last character has bits to spare: only one way of writing a digest is its signature.
    return base64 !== '' && digest.toString('base64') === base64 ? [digest] : [];
  });
}

/** Every secret is tried, also once one has matched: how long it takes tells nothing of which. */
async function isSigned(
  config: EventsConfig,
  parts: readonly (string | Uint8Array)[],
  signatures: readonly Uint8Array[],
): Promise<boolean> {
  let matches = false;
  for (const key of await readKeys(config)) {
    if (matchesAnyHmac(key, parts, signatures)) matches = true;
  }
  return matches;
}

/**
 * Returns the keys that senders may sign with.
 * @throws AdjutantError `Configuration` for what is no secret of the scheme; never with its value
 */
export async function readKeys({ webhookSecret }: EventsConfig): Promise<Uint8Array[]> {
  // For no host: nothing is sent anywhere with it.
  const secrets = await resolveSecrets(webhookSecret, '');
  const keys = secrets.flatMap((secret) => keyOf(secret) ?? []);
  if (secrets.length > 0 && keys.length === secrets.length) return keys;
  throw new AdjutantError('Configuration', 'The secret of the events is none of its scheme.', {
    source: 'events',
    hint: 'Make one: echo "whsec_$(openssl rand -base64 32)"; every sender needs the same.',
  });
}

function parse(body: Uint8Array): unknown {
  try {
    return parseOutsideJson(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
