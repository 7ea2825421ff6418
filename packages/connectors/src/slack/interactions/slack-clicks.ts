import type { ClickReceiver } from '@adjutant/core';
import { resolveSecrets } from '../../http/secret.ts';
import { verdictOf } from '../cards/button-value.ts';
import { addressOf } from '../client/credential.ts';
import type { SlackConfig } from '../config.ts';
import { verifySlackSignature } from '../webhooks/verify-signature.ts';
import { readPress } from './read-request.ts';

/**
 * How Slack proves that somebody pressed a button: it signs the request with the secret of the app
 * that shows the cards, over the very bytes and the time.
 */
export const slackClicks: ClickReceiver<SlackConfig> = {
  async verify({ config, header, body, now }) {
    const trouble = verifySlackSignature(body, header, await cardSecrets(config), now);
    if (trouble !== null) return { isGenuine: false, reason: trouble };
    const press = readPress(body);
    // A button that asks why, or opens a form, decides nothing, so it proves no decision.
    const verdict = press === null ? null : verdictOf(press.button);
    if (press === null || verdict === null) return { isGenuine: true, click: null };
    const { pressId: clickId, actor: account, pressedAt, place, button } = press;
    const { actionId, revision, payloadHash } = button;
    const decision = { actionId, revision, payloadHash, verdict };
    return { isGenuine: true, click: { clickId, account, pressedAt, place, decision } };
  },
  secrets: cardSecrets,
};

/** Returns the secrets of the app that shows the cards; none where none was given. */
export async function cardSecrets(config: SlackConfig): Promise<string[]> {
  return await resolveSecrets(config.approvals?.signingSecret, addressOf(config).host);
}
