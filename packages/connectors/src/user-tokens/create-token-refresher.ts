import { AdjutantError, type Clock, type Logger, type Secrets, silentLogger } from '@adjutant/core';
import type { Address } from '../http/address.ts';
import type { Secret } from '../http/secret.ts';
import { askTokens, type TokenPlace, wrongClient } from './ask-tokens.ts';
import type { AuthorizationServer } from './authorization-server.ts';
import { type KeptTokens, readTokens, type UserTokens, writeTokens } from './user-tokens.ts';

/** So long before it runs out a token is changed for its successor. */
const aheadMs = 10 * 60_000;
/** With less than this left, a token is not handed out any more. */
const leastLeftMs = 60_000;
/** After a failure, a token that is still good is not tried to be changed for so long. */
const quietMs = 60_000;

/** What keeping tokens fresh takes, whoever gives them. */
export interface TokenRefresherOptions {
  /** `adjutant.secrets(…)`: where the tokens are kept, and what lets one process at a time change them. */
  secrets: Pick<Secrets, 'get' | 'put' | 'remove' | 'renew'>;
  /** What they are kept under, one name for each authorization: `connector:github:user:42`. */
  name: string;
  clientId: string;
  clientSecret: Secret;
  clock: Clock;
  fetch?: typeof fetch;
  /** Told once when an authorization has ended, and of each refresh that failed while a token lasts. */
  logger?: Logger;
}

/** The tokens of one authorization, kept fresh. */
export interface UserTokenRefresher {
  /** Keeps the tokens of a new authorization, in place of the ones before. */
  keep(tokens: UserTokens): Promise<void>;
  /**
   * Returns the access token, refreshed and stored first where it is about to run out. Give it to the
   * connector as `token`: it is told the host and refuses any but its own. Where refreshing fails, a
   * token that is still good is returned as it is, and it is tried again in a minute.
   * @throws AdjutantError `Authentication` where somebody has to authorize again, `Configuration`,
   *   `Upstream`
   */
  token(this: void, host?: string): Promise<string>;
  /** Forgets the tokens; who gave them is not told. */
  forget(): Promise<void>;
}

/** Where a refresher's tokens come from, and where they may go. */
export interface RefresherPlace {
  server: AuthorizationServer;
  /** Of the server that gives tokens. */
  address: Address;
  /** The only host that they are handed out for. */
  api: Pick<Address, 'host'>;
}

/**
 * Returns what keeps one authorization's tokens fresh. A refresh token is taken once: it is spent by
 * one process at a time, and what it was spent for is stored before anybody uses it.
 */
export function createTokenRefresher(
  options: TokenRefresherOptions,
  { server, address, api }: RefresherPlace,
): UserTokenRefresher {
  const { secrets, name, clientId, clientSecret, clock, logger = silentLogger } = options;
  const place: TokenPlace = {
    server,
    address,
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
      `A token of a ${server.holder} could not be refreshed; the present one is used while it lasts.`,
      AdjutantError.isInstance(reason)
        ? { code: reason.code, message: reason.message, hint: reason.hint }
        : { code: 'Internal' },
    );
    return text;
  };
  return {
    keep: (tokens) => secrets.put(name, writeTokens({ ...tokens, endedAt: null })),
    async token(host) {
      if (host !== undefined && host !== api.host) throw otherHost(server, host, api.host);
      const text = await secrets.renew(name, { isDue, change, isEndOf }).catch(presentAfter);
      const kept = text === null ? null : readTokens(text);
      if (kept === null) {
        throw notAuthorized(server, `This ${server.holder} has not authorized the app yet.`);
      }
      const isOver = kept.endedAt !== null || msLeft(kept, clock) <= 0;
      if (isOver) {
        const { title } = server.vendor;
        throw notAuthorized(
          server,
          `${title} no longer takes this ${server.holder}'s authorization.`,
        );
      }
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
  const { server } = place;
  const { title } = server.vendor;
  const { refreshToken, refreshExpiresAt } = kept;
  const now = place.clock.now();
  const isExpired = refreshExpiresAt !== null && refreshExpiresAt <= now;
  if (refreshToken !== null && !isExpired) {
    const given = { grant_type: 'refresh_token', refresh_token: refreshToken };
    const asked = await askTokens(place, 'refresh', given);
    if (asked.ok) return { ...withRefreshToken(asked.tokens, kept), endedAt: null };
    if (asked.meaning === 'wrong_client') throw wrongClient(server);
    // A suspended app, say: the authorization may hold again when that is put right.
    if (asked.meaning !== 'ended') throw notRefreshed(server, asked.said);
  }
  const whose = server.holder === 'person' ? 'her' : 'its';
  logger.log('warn', `A person has to authorize the app at ${title} again.`, {
    reason: isExpired
      ? `${whose} refresh token has run out`
      : `${title} takes ${whose} refresh token no more`,
  });
  return { ...kept, refreshToken: null, endedAt: now };
}

/** A server that gives no new refresh token means that the one before stays good. */
function withRefreshToken(tokens: UserTokens, before: UserTokens): UserTokens {
  if (tokens.refreshToken !== null || tokens.expiresAt === null) return tokens;
  const { refreshToken, refreshExpiresAt } = before;
  return { ...tokens, refreshToken, refreshExpiresAt };
}

function notRefreshed({ vendor }: AuthorizationServer, said: string): AdjutantError {
  return new AdjutantError('Upstream', `${vendor.title} did not refresh the token: ${said}.`, {
    source: vendor.source,
    retryable: true,
    hint: 'Look at the settings of the app.',
  });
}

function notAuthorized({ vendor, holder }: AuthorizationServer, message: string): AdjutantError {
  const whom = holder === 'person' ? 'her' : 'somebody';
  return new AdjutantError('Authentication', message, {
    source: vendor.source,
    hint: `Send ${whom} to authorizationUrl again, and keep what exchangeCode gives.`,
  });
}

function otherHost({ vendor }: AuthorizationServer, host: string, own: string): AdjutantError {
  return new AdjutantError(
    'Configuration',
    `The token was given by ${own}, and was asked for to be sent to ${host.slice(0, 100)}.`,
    { source: vendor.source, hint: 'Give the refresher the base URL of the connector.' },
  );
}
