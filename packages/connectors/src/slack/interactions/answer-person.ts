import type { Clock, Logger } from '@adjutant/core';
import { guardFetch } from '../../http/guarded-fetch.ts';
import { readAddress } from '../../http/address.ts';
import { sendJson } from '../../http/send-json.ts';
import { type Block, lines, words } from '../cards/rich-text.ts';
import { addressOf } from '../client/credential.ts';
import type { SlackConfig } from '../config.ts';
import { slackVendor } from '../slack-vendor.ts';

const timeoutMs = 10_000;

/** Where Slack takes later answers, by where its API is. */
const hooksOf: Readonly<Record<string, string>> = {
  'https://slack.com': 'https://hooks.slack.com',
  'https://slack-gov.com': 'https://hooks.slack-gov.com',
};

export interface PersonalAnswer {
  /** For notifications, and where blocks cannot be shown. */
  text: string;
  blocks?: readonly Block[];
}

/**
 * Tells whoever asked, and nobody else. The address came with the signed request; it opens the answer
 * without any token, so it goes to Slack's own host alone and stands in no log. Never rejects.
 */
export async function answerPerson(
  {
    config,
    fetch,
    logger,
  }: { config: SlackConfig; fetch: typeof globalThis.fetch; clock: Clock; logger: Logger },
  responseUrl: string | null,
  answer: PersonalAnswer,
): Promise<void> {
  try {
    if (responseUrl === null || !URL.canParse(responseUrl)) return;
    const { origin, pathname, search } = new URL(responseUrl);
    const address = readAddress(hooksOrigin(config), slackVendor);
    if (origin !== address.origin) {
      logger.log('warn', 'An answer was wanted at an address that is not of Slack.', {});
      return;
    }
    const guarded = guardFetch(fetch, address, { vendor: slackVendor, followsRedirects: false });
    const body = { response_type: 'ephemeral', replace_original: false, ...answer };
    const request = { method: 'POST', path: `${pathname}${search}`, body } as const;
    const place = { baseUrl: address.baseUrl, vendor: slackVendor };
    const { status } = await sendJson(
      guarded.fetch,
      place,
      request,
      AbortSignal.timeout(timeoutMs),
    );
    if (status >= 300) logger.log('warn', 'Slack did not take an answer to a person.', { status });
  } catch {
    // What was thrown may quote the address. Nothing depends on it: the card tells the same.
    logger.log('warn', 'An answer to a person did not reach Slack.', {});
  }
}

/** Returns where Slack takes later answers for an API; beside it where that is none of Slack's. */
export function hooksOrigin(config: Pick<SlackConfig, 'baseUrl'>): string {
  const { origin } = addressOf(config);
  return hooksOf[origin] ?? origin;
}

/** Returns a sentence as an answer: shown as it is, whatever stands in it. */
export function said(sentence: string): PersonalAnswer {
  const text = sentence.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return { text, blocks: [lines([[words(sentence)]])] };
}
