import {
  createTokenRefresher,
  type TokenRefresherOptions,
  type UserTokenRefresher,
} from '../../user-tokens/create-token-refresher.ts';
import { readSlackPlace, slackAuthorization, type SlackPlace } from './slack-authorization.ts';

export interface BotTokenRefresherOptions extends TokenRefresherOptions, SlackPlace {}

/**
 * Returns what keeps the tokens of one installation's bot. Where the app has token rotation, Slack
 * takes a refresh token once: it is spent by one process at a time, and what it was spent for is
 * stored before anybody uses it. Without, the one token lasts and is kept as it is.
 */
export function createBotTokenRefresher(options: BotTokenRefresherOptions): UserTokenRefresher {
  const api = readSlackPlace(options);
  return createTokenRefresher(options, { server: slackAuthorization, address: api, api });
}
