import { matchesHmac, type WebhookReceiver } from '@adjutant/core';
import { readApiAddress } from '../client/api-address.ts';
import { resolveSecrets } from '../../http/secret.ts';
import type { GithubConfig } from '../config.ts';
import { hintsOf } from './hints.ts';

const signatureForm = /^sha256=([0-9a-f]{64})$/;
/** GitHub sends a UUID; what stands in for GitHub counts. */
const deliveryForm = /^[0-9A-Za-z-]{1,100}$/;
const eventForm = /^[a-z0-9_]{1,60}$/;

/**
 * How deliveries of GitHub are taken: signed with the secret of the hook over their very bytes
 * (`X-Hub-Signature-256`), told apart by `X-GitHub-Delivery`. GitHub signs no instant, so an old
 * delivery that somebody sends again under another name looks genuine: it leads to a look at GitHub,
 * and to nothing that is not so.
 */
export const githubWebhooks: WebhookReceiver<GithubConfig> = {
  // As GitHub says of its payloads.
  largestBodyBytes: 25 * 1_024 * 1_024,
  keptHeaders: [
    'x-github-event',
    'x-github-delivery',
    'x-github-hook-id',
    'x-github-hook-installation-target-type',
    'x-github-hook-installation-target-id',
    'content-type',
    'user-agent',
  ],
  async verify({ config, header, body }) {
    if (config.webhookSecret === undefined) {
      return { isGenuine: false, reason: 'not_configured' };
    }
    const given = header('x-hub-signature-256');
    if (given === null) return { isGenuine: false, reason: 'unsigned' };
    const digits = signatureForm.exec(given)?.[1];
    const isSigned = digits !== undefined && (await isSignedBy(config, body, digits));
    if (!isSigned) return { isGenuine: false, reason: 'wrong_signature' };
    const deliveryId = header('x-github-delivery') ?? '';
    const event = header('x-github-event') ?? '';
    if (!deliveryForm.test(deliveryId) || !eventForm.test(event)) {
      return { isGenuine: false, reason: 'malformed' };
    }
    return { isGenuine: true, deliveryId, event, signature: given };
  },
  hints: hintsOf,
};

/** Every secret is tried, also once one has matched: how long it takes tells nothing of which. */
async function isSignedBy(
  { webhookSecret, baseUrl }: GithubConfig,
  body: Uint8Array,
  digits: string,
): Promise<boolean> {
  const { host } = readApiAddress(baseUrl);
  let isSigned = false;
  for (const secret of await resolveSecrets(webhookSecret, host)) {
    if (matchesHmac('sha256', secret, [body], digits)) isSigned = true;
  }
  return isSigned;
}
