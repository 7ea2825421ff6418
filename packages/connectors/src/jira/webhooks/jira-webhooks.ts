import { createHash } from 'node:crypto';
import { matchesHmac, type WebhookReceiver, type WebhookVerdict } from '@adjutant/core';
import { parseOutsideJson } from '@adjutant/core/ports';
import { z } from 'zod';
import { resolveSecrets } from '../../http/secret.ts';
import { siteAddress } from '../client/authorization.ts';
import type { JiraConfig } from '../config.ts';
import { hintsOf } from './hints.ts';
import { keptOf } from './kept.ts';
import { isGenuineJwt } from './verify-jwt.ts';

const signatureForm = /^sha256=([0-9a-f]{64})$/i;
const bearerForm = /^(?:Bearer|JWT) ([\w-]+\.[\w-]+\.[\w-]+)$/i;
const deliveryForm = /^[0-9A-Za-z._:-]{1,100}$/;

const bodySchema = z.object({ webhookEvent: z.string().regex(/^[a-z][a-z0-9_:]{0,59}$/) });

/**
 * How deliveries of Jira are taken, in both of its forms: those of a site's administrator are signed
 * over their very bytes (`X-Hub-Signature`), those of an OAuth app carry a token that says who sent
 * them and not what. Either only leads to a look at Jira.
 */
export const jiraWebhooks: WebhookReceiver<JiraConfig> = {
  // As Jira says of its payloads.
  largestBodyBytes: 25 * 1_024 * 1_024,
  keptHeaders: [
    'x-atlassian-webhook-identifier',
    'x-atlassian-webhook-retry',
    'x-atlassian-webhook-flow',
    'content-type',
    'user-agent',
  ],
  async verify({ config, header, body, now }) {
    const { webhookSecret, webhookJwtSecret } = config;
    if (webhookSecret === undefined && webhookJwtSecret === undefined) {
      return { isGenuine: false, reason: 'not_configured' };
    }
    const signature = header('x-hub-signature');
    const bearer = header('authorization');
    if (signature === null && bearer === null) return { isGenuine: false, reason: 'unsigned' };
    // A signature over the bytes says more than a token beside them: where one is sent, it counts.
    const isGenuine =
      signature === null
        ? await isOfApp(config, bearer ?? '', now)
        : await isSigned(config, body, signature);
    if (!isGenuine) return { isGenuine: false, reason: 'wrong_signature' };
    // A token is good for any delivery while it lasts, so it is not kept.
    return verdictOf(body, header('x-atlassian-webhook-identifier'), signature ?? 'jwt');
  },
  hints: hintsOf,
  kept: keptOf,
};

/** Every secret is tried, also once one has matched: how long it takes tells nothing of which. */
async function isSigned(config: JiraConfig, body: Uint8Array, given: string): Promise<boolean> {
  const digits = signatureForm.exec(given)?.[1]?.toLowerCase();
  if (digits === undefined) return false;
  const { host } = siteAddress(config);
  let isGenuine = false;
  for (const secret of await resolveSecrets(config.webhookSecret, host)) {
    if (matchesHmac('sha256', secret, [body], digits)) isGenuine = true;
  }
  return isGenuine;
}

async function isOfApp(config: JiraConfig, given: string, now: number): Promise<boolean> {
  const token = bearerForm.exec(given)?.[1];
  if (token === undefined) return false;
  const { host } = siteAddress(config);
  let isGenuine = false;
  for (const secret of await resolveSecrets(config.webhookJwtSecret, host)) {
    if (await isGenuineJwt(token, secret, now)) isGenuine = true;
  }
  return isGenuine;
}

/** Jira names a delivery in a header that repetitions share; what does not is known by its bytes. */
function verdictOf(body: Uint8Array, named: string | null, signature: string): WebhookVerdict {
  const parsed = bodySchema.safeParse(parsedJson(body));
  const deliveryId = named ?? `sha256:${createHash('sha256').update(body).digest('hex')}`;
  if (!parsed.success || !deliveryForm.test(deliveryId)) {
    return { isGenuine: false, reason: 'malformed' };
  }
  return { isGenuine: true, deliveryId, event: parsed.data.webhookEvent, signature };
}

function parsedJson(body: Uint8Array): unknown {
  try {
    return parseOutsideJson(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}
