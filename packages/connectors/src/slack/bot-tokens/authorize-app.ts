import type { Clock } from '@adjutant/core';
import type { Secret } from '../../http/secret.ts';
import { authorizationPage, unguessable } from '../../user-tokens/begin-authorization.ts';
import { finishAuthorization } from '../../user-tokens/finish-authorization.ts';
import { readInstallation, type SlackInstallation } from './read-installation.ts';
import { readSlackPlace, slackAuthorization, type SlackPlace } from './slack-authorization.ts';

export interface AppAuthorizationOptions extends SlackPlace {
  /** Of the app, as its settings show it. */
  clientId: string;
  /** Where Slack sends the person back to; one that the app names. */
  redirectUrl: string;
  /** What the bot may do: `channels:history`. */
  scopes: readonly string[];
  randomBytes?: (count: number) => Uint8Array;
}

/** What a person is sent to, and what has to be remembered of it in her session until she is back. */
export interface AppAuthorization {
  url: string;
  /** Comes back with her: whoever brings another one was sent by somebody else. */
  state: string;
}

/** Returns the address at which a person installs the app in a workspace, with a state. */
export function authorizationUrl(options: AppAuthorizationOptions): AppAuthorization {
  const { clientId, redirectUrl, scopes, randomBytes } = options;
  const state = unguessable(randomBytes);
  const request = { clientId, redirectUrl, scopes, state };
  return { url: authorizationPage(slackAuthorization, readSlackPlace(options), request), state };
}

export interface CodeExchange extends SlackPlace {
  clientId: string;
  clientSecret: Secret;
  redirectUrl: string;
  /** What Slack sent the person back with. */
  returned: { code?: string | null; state?: string | null; error?: string | null };
  /** What was remembered of `authorizationUrl`. */
  remembered: Pick<AppAuthorization, 'state'>;
  clock: Clock;
  fetch?: typeof fetch;
}

/**
 * Returns the bot's tokens for the code that a person came back with, and where the app was installed.
 * Nothing is asked where the state is not the one that was remembered.
 * @throws AdjutantError `Authentication` (refused, another state, a code that is no longer good),
 *   `Configuration`, `Upstream`
 */
export async function exchangeCode(exchange: CodeExchange): Promise<SlackInstallation> {
  const { clientId, clientSecret, redirectUrl, returned, remembered, clock } = exchange;
  const { tokens, data } = await finishAuthorization(
    {
      server: slackAuthorization,
      address: readSlackPlace(exchange),
      clientId,
      clientSecret,
      clock,
      fetch: exchange.fetch ?? globalThis.fetch,
    },
    { redirectUrl, returned, remembered: { state: remembered.state } },
  );
  return readInstallation(tokens, data);
}
