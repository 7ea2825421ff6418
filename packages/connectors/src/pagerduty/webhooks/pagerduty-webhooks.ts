import { matchesHmac, type WebhookReceiver } from '@adjutant/core';
import { parseOutsideJson } from '@adjutant/core/ports';
import { resolveSecrets } from '../../http/secret.ts';
import { apiAddressOf, type PagerdutyConfig } from '../config.ts';
import { deliverySchema, hintsOf } from './hints.ts';

const signatureForm = /^v1=([0-9a-f]{64})$/;
/** While secrets are changed there are two; a header of thousands would only cost. */
const mostSignatures = 10;

/**
 * How deliveries of PagerDuty (webhooks v3) are taken: signed over their very bytes
 * (`X-PagerDuty-Signature`, one signature for each secret while one is being changed), told apart by
 * the id of the event in the body. `X-Webhook-Id` would tell attempts apart too, but nobody signs it.
 * PagerDuty signs no instant, so an old delivery under its old id is known, and is never another one.
 */
export const pagerdutyWebhooks: WebhookReceiver<PagerdutyConfig> = {
  // What is larger PagerDuty drops itself.
  largestBodyBytes: 256 * 1_024,
  keptHeaders: ['x-webhook-id', 'x-webhook-subscription', 'content-type', 'user-agent'],
  async verify({ config, header, body }) {
    if (config.webhookSecret === undefined) {
      return { isGenuine: false, reason: 'not_configured' };
    }
    const given = header('x-pagerduty-signature');
    if (given === null || given.trim() === '') return { isGenuine: false, reason: 'unsigned' };
    if (!(await isSigned(config, body, given))) {
      return { isGenuine: false, reason: 'wrong_signature' };
    }
    const delivery = deliverySchema.safeParse(parse(body));
    if (!delivery.success) return { isGenuine: false, reason: 'malformed' };
    const { id, event_type: event } = delivery.data.event;
    return { isGenuine: true, deliveryId: id, event, signature: given };
  },
  hints: hintsOf,
};

/** Every pair is tried, also once one has matched: how long it takes tells nothing of which. */
async function isSigned(
  { webhookSecret, ...config }: PagerdutyConfig,
  body: Uint8Array,
  given: string,
): Promise<boolean> {
  const signatures = given.split(',', mostSignatures).flatMap((part) => {
    const digits = signatureForm.exec(part.trim())?.[1];
    return digits === undefined ? [] : [digits];
  });
  let matches = false;
  for (const secret of await resolveSecrets(webhookSecret, apiAddressOf(config).host)) {
    for (const digits of signatures) {
      if (matchesHmac('sha256', secret, [body], digits)) matches = true;
    }
  }
  return matches;
}

function parse(body: Uint8Array): unknown {
  try {
    return parseOutsideJson(Buffer.from(body).toString('utf8'));
  } catch {
    return null;
  }
}
