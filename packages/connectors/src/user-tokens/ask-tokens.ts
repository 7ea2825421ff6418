import { AdjutantError, type Clock } from '@adjutant/core';
import { z } from 'zod';
import type { Address } from '../http/address.ts';
import { guardFetch } from '../http/guarded-fetch.ts';
import { resolveSecret, type Secret } from '../http/secret.ts';
import { type JsonAnswer, sendJson } from '../http/send-json.ts';
import type { AuthorizationServer, Grant, RefusalMeaning } from './authorization-server.ts';
import type { TokenFields } from './token-fields.ts';
import type { UserTokens } from './user-tokens.ts';

const timeoutMs = 20_000;
const refusalSchema = z.object({ error: z.string() });

/** Where tokens are asked for, and by whom. */
export interface TokenPlace {
  server: AuthorizationServer;
  /** Of the server that gives tokens. */
  address: Address;
  clientId: string;
  clientSecret: Secret;
  clock: Clock;
  fetch: typeof fetch;
}

/** What was answered: tokens, or what the server's word for why there are none means. */
export type AskedTokens =
  | {
      ok: true;
      tokens: UserTokens;
      /** The whole answer; it holds the tokens too. */
      data: unknown;
    }
  | {
      ok: false;
      meaning: RefusalMeaning;
      /** The server's word, without anything that was sent. */
      said: string;
    };

/**
 * Asks for tokens once: what was sent may be good for one use.
 * @throws AdjutantError `Upstream` where nobody knows whether it was used
 */
export async function askTokens(
  { server, address, clientId, clientSecret, clock, fetch }: TokenPlace,
  grant: Grant,
  given: Readonly<Record<string, string>>,
): Promise<AskedTokens> {
  const { vendor } = server;
  const secret = await resolveSecret(clientSecret, address.host);
  const guarded = guardFetch(fetch, address, { vendor, followsRedirects: false });
  const fields = { client_id: clientId, client_secret: secret, ...given };
  const askedAt = clock.now();
  const answer = await sendJson(
    guarded.fetch,
    { baseUrl: address.baseUrl, vendor },
    {
      method: 'POST',
      path: server.tokenPath,
      body: server.body === 'form' ? new URLSearchParams(fields) : fields,
    },
    AbortSignal.timeout(timeoutMs),
  ).catch((error: unknown) => {
    // The reason may quote what was sent.
    if (AdjutantError.isInstance(error)) throw error;
    throw noTokens(server, null);
  });
  const refusal = refusalSchema.safeParse(answer.data);
  if (refusal.success) {
    const { error } = refusal.data;
    const said = quoted(error, [secret, ...Object.values(given)]);
    return { ok: false, meaning: server.meaningOf(error, grant), said };
  }
  return { ok: true, tokens: tokensOf(server, answer, askedAt), data: answer.data };
}

/** Returns a server's word for a refusal; what has a digit, or anything that was sent, is no such word. */
function quoted(error: string, sent: readonly string[]): string {
  const isWord = /^[a-z_ ]{2,60}$/i.test(error);
  return isWord && !sent.some((one) => one !== '' && error.includes(one)) ? error : '…';
}

function tokensOf(server: AuthorizationServer, answer: JsonAnswer, askedAt: number): UserTokens {
  const fields: TokenFields | null = answer.status === 200 ? server.tokensOf(answer.data) : null;
  if (fields === null) throw noTokens(server, answer.status);
  // From before it was asked: rather a little too early than too late.
  const at = (inSeconds: number | null | undefined): number | null =>
    typeof inSeconds === 'number' ? askedAt + inSeconds * 1_000 : null;
  return {
    accessToken: fields.access_token,
    expiresAt: at(fields.expires_in),
    refreshToken: fields.refresh_token ?? null,
    refreshExpiresAt: at(fields.refresh_token_expires_in),
  };
}

/** Returns the error of an app that is not known by its secret. */
export function wrongClient({ vendor }: AuthorizationServer): AdjutantError {
  const { title, source } = vendor;
  return new AdjutantError('Configuration', `${title} does not take the client id and secret.`, {
    source,
    hint: 'Make a new client secret in the settings of the app and enter it again.',
  });
}

function noTokens({ vendor }: AuthorizationServer, status: number | null): AdjutantError {
  const what = status === null ? 'could not be reached' : `gave no token (${status})`;
  return new AdjutantError('Upstream', `${vendor.title} ${what}.`, {
    source: vendor.source,
    ...(status === null ? {} : { status }),
    retryable: true,
    hint: 'Try again later.',
  });
}
