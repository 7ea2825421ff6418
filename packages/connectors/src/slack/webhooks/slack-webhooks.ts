import type { WebhookReceiver, WebhookVerdict } from '@adjutant/core';
import { parseOutsideJson } from '@adjutant/core/ports';
import { z } from 'zod';
import { resolveSecrets } from '../../http/secret.ts';
import { addressOf } from '../client/credential.ts';
import type { SlackConfig } from '../config.ts';
import { hintsOf, keptOf } from './event.ts';
import { verifySlackSignature } from './verify-signature.ts';

const challengeSchema = z.object({
  type: z.literal('url_verification'),
  challenge: z.string().regex(/^[\w.-]{1,400}$/),
});
const eventSchema = z.object({
  type: z.literal('event_callback'),
  event_id: z.string().regex(/^[A-Za-z0-9]{1,100}$/),
  event: z.object({ type: z.string().regex(/^[a-z0-9_.]{1,60}$/) }),
});
/** Slack says so where it held events back; the next ordinary sync finds them. */
const limitedSchema = z.object({
  type: z.literal('app_rate_limited'),
  minute_rate_limited: z.number().int().nonnegative(),
});

/**
 * How events of Slack are taken: signed with the app's signing secret over their very bytes and the
 * time at which they were sent, told apart by `event_id`, which a delivery that is tried again keeps.
 */
export const slackWebhooks: WebhookReceiver<SlackConfig> = {
  largestBodyBytes: 1_024 * 1_024,
  keptHeaders: [
    'x-slack-request-timestamp',
    'x-slack-retry-num',
    'x-slack-retry-reason',
    'content-type',
    'user-agent',
  ],
  async verify({ config, header, body, now }) {
    const { host } = addressOf(config);
    const secrets = await resolveSecrets(config.signingSecret, host);
    const trouble = verifySlackSignature(body, header, secrets, now);
    if (trouble !== null) return { isGenuine: false, reason: trouble };
    return verdictOf(parsed(body), header('x-slack-signature') ?? '');
  },
  hints: hintsOf,
  kept: keptOf,
};

function verdictOf(payload: unknown, signature: string): WebhookVerdict {
  const asked = challengeSchema.safeParse(payload);
  if (asked.success) {
    return { isGenuine: true, answer: { body: asked.data.challenge, contentType: 'text/plain' } };
  }
  const event = eventSchema.safeParse(payload);
  if (event.success) {
    const { event_id: deliveryId, event: inner } = event.data;
    return { isGenuine: true, deliveryId, event: inner.type, signature };
  }
  const limited = limitedSchema.safeParse(payload);
  if (limited.success) {
    const deliveryId = `limited-${limited.data.minute_rate_limited}`;
    return { isGenuine: true, deliveryId, event: 'app_rate_limited', signature };
  }
  return { isGenuine: false, reason: 'malformed' };
}

function parsed(body: Uint8Array): unknown {
  try {
    return parseOutsideJson(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return null;
  }
}
