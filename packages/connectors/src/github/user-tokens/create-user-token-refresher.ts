import { AdjutantError, type Clock, type Logger, type Secrets, silentLogger } from '@adjutant/core';
import { quotable } from '../../http/failed-request.ts';
import type { Secret } from '../../http/secret.ts';
import { askTokens, type TokenPlace } from './ask-tokens.ts';
import { wrongClient } from './authorize-user.ts';
import { type KeptTokens, readTokens, type UserTokens, writeTokens } from './user-tokens.ts';
import { readWebAddress } from './web-address.ts';

/** So long before it runs out a token is changed for its successor. */
const aheadMs = 10 * 60_000;
/** With less than this left, a token is not handed out any more. */
const leastLeftMs = 60_000;
/** After a failure, a token that is still good is not tried to be changed for so long. */
const quietMs = 60_000;

export interface UserTokenRefresherOptions {
  /** `adjutant.secrets(…)`: where the tokens are kept, and what lets one process at a time change them. */
  secrets: Pick<Secrets, 'get' | 'put' | 'remove' | 'renew'>;
  /** What they are kept under, one name for each user: `connector:github:user:42`. */
  name: string;
  clientId: string;
  clientSecret: Secret;
  /** As in the configuration of the connector; GitHub's own service unless told. */
  baseUrl?: string;
  clock: Clock;
  fetch?: typeof fetch;
  /** Told once when an authorization has ended, and of each refresh that failed while a token lasts. */
  logger?: Logger;
}

/** One user's tokens, kept fresh. */
export interface UserTokenRefresher {
  /** Keeps the tokens of a new authorization, in place of the ones before. */
  keep(tokens: UserTokens): Promise<void>;
  /**
   * Returns the access token, refreshed and stored first where it is about to run out. Give it to the
   * connector as `token`: it is told the host and refuses any but its own. Where refreshing fails, a
   * token that is still good is returned as it is, and it is tried again in a minute.
   * @throws AdjutantError `Authentication` where the person has to authorize again, `Configuration`,
   *   `Upstream`
   */
  token(this: void, host?: string): Promise<string>;
  /** Forgets the tokens; GitHub is not told. */
  forget(): Promise<void>;
}

/**
 * Returns what keeps one user's tokens fresh. GitHub takes a refresh token once: it is spent by one
 * process at a time, and what it was spent for is stored before anybody uses it.
 */
export function createUserTokenRefresher(options: UserTokenRefresherOptions): UserTokenRefresher {
  const { secrets, name, clientId, clientSecret, clock, logger = silentLogger } = options;
  const { api, web } = readWebAddress(options.baseUrl);
  const place: TokenPlace = {
    web,
    clientId,
    clientSecret,
    clock,
    fetch: options.fetch ?? globalThis.fetch,
  };
  const steadyNow = (): number => clock.monotonic?.() ?? clock.now();
  let failedAt: number | null = null;
  const isDue = (text: string): boolean => {
    const kept = readTokens(text);
    if (kept === null || kept.endedAt !== null || kept.refreshToken === null) return false;
    const left = msLeft(kept, clock);
    const isQuiet = failedAt !== null && steadyNow() - failedAt < quietMs;
    return left < (isQuiet ? leastLeftMs : aheadMs);
  };
  const change = async (text: string): Promise<string> => {
    const kept = readTokens(text);
    if (kept === null) return text;
    try {
      return writeTokens(await refreshed(place, kept, logger));
    } catch (error) {
      // Here, so that whoever waits for the lease knows of it when it is let go.
      failedAt = steadyNow();
      throw error;
    }
  };
  /** Returns what is held while it is good for some time yet. @throws why it could not be refreshed */
  const presentAfter = async (reason: unknown): Promise<string> => {
    const text = await secrets.get(name).catch(() => null);
    const kept = text === null ? null : readTokens(text);
    if (text === null || kept === null || msLeft(kept, clock) < leastLeftMs) throw reason;
    logger.log(
      'warn',
      'A token of a person could not be refreshed; the present one is used while it lasts.',
      AdjutantError.isInstance(reason)
        ? { code: reason.code, message: reason.message, hint: reason.hint }
        : { code: 'Internal' },
    );
    return text;
  };
  return {
    keep: (tokens) => secrets.put(name, writeTokens({ ...tokens, endedAt: null })),
    async token(host) {
      if (host !== undefined && host !== api.host) throw otherHost(host, api.host);
      const text = await secrets.renew(name, { isDue, change, isEndOf }).catch(presentAfter);
      const kept = text === null ? null : readTokens(text);
      if (kept === null) throw notAuthorized('This person has not authorized the app yet.');
      const isOver = kept.endedAt !== null || msLeft(kept, clock) <= 0;
      if (isOver) throw notAuthorized("GitHub no longer takes this person's authorization.");
      return kept.accessToken;
    },
    async forget() {
      await secrets.remove(name);
    },
  };
}

/** Whether a text is the note of another process that the very authorization of `before` has ended. */
function isEndOf(text: string, before: string): boolean {
  const kept = readTokens(text);
  return (
    kept !== null && kept.endedAt !== null && kept.accessToken === readTokens(before)?.accessToken
  );
}

function msLeft({ expiresAt }: KeptTokens, clock: Clock): number {
  return expiresAt === null ? Number.POSITIVE_INFINITY : expiresAt - clock.now();
}

/** Spends the refresh token. One that is worth nothing any more is marked so, and never sent again. */
async function refreshed(place: TokenPlace, kept: KeptTokens, logger: Logger): Promise<KeptTokens> {
  const { refreshToken, refreshExpiresAt } = kept;
  const now = place.clock.now();
  const isExpired = refreshExpiresAt !== null && refreshExpiresAt <= now;
  const asked =
    refreshToken === null || isExpired
      ? { ok: false as const, error: 'bad_refresh_token' }
      : await askTokens(place, { grant_type: 'refresh_token', refresh_token: refreshToken });
  if (asked.ok) return { ...asked.tokens, endedAt: null };
  if (asked.error === 'incorrect_client_credentials') throw wrongClient();
  // A suspended app, say: her authorization may hold again when that is put right.
  if (asked.error !== 'bad_refresh_token') throw notRefreshed(asked.error);
  logger.log('warn', 'A person has to authorize the app at GitHub again.', {
    reason: isExpired ? 'her refresh token has run out' : 'GitHub takes her refresh token no more',
  });
  return { ...kept, refreshToken: null, endedAt: now };
}

function notRefreshed(error: string): AdjutantError {
  return new AdjutantError('Upstream', `GitHub did not refresh the token: ${quotable(error)}.`, {
    source: 'github',
    retryable: true,
    hint: 'Look at the settings of the app.',
  });
}

function notAuthorized(message: string): AdjutantError {
  return new AdjutantError('Authentication', message, {
    source: 'github',
    hint: 'Send her to authorizationUrl again, and keep what exchangeCode gives.',
  });
}

function otherHost(host: string, own: string): AdjutantError {
  return new AdjutantError(
    'Configuration',
    `The token was given by ${own}, and was asked for to be sent to ${host.slice(0, 100)}.`,
    { source: 'github', hint: 'Give the refresher the base URL of the connector.' },
  );
}
