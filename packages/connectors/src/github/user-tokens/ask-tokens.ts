import { AdjutantError, type Clock } from '@adjutant/core';
import { z } from 'zod';
import type { Address } from '../../http/address.ts';
import { guardFetch } from '../../http/guarded-fetch.ts';
import { resolveSecret, type Secret } from '../../http/secret.ts';
import { sendJson } from '../../http/send-json.ts';
import { githubVendor } from '../github-vendor.ts';
import type { UserTokens } from './user-tokens.ts';

const timeoutMs = 20_000;
const token = z.string().regex(/^[\x21-\x7e]{1,2000}$/);
const seconds = z.number().positive().nullish();
const tokensSchema = z.object({
  access_token: token,
  expires_in: seconds,
  refresh_token: token.nullish(),
  refresh_token_expires_in: seconds,
});
const refusalSchema = z.object({ error: z.string() });

export interface TokenPlace {
  web: Address;
  clientId: string;
  clientSecret: Secret;
  clock: Clock;
  fetch: typeof fetch;
}

/** What GitHub answered: tokens, or its word for why there are none. */
export type AskedTokens = { ok: true; tokens: UserTokens } | { ok: false; error: string };

/**
 * Asks for tokens once: what was sent may be good for one use.
 * @throws AdjutantError `Upstream` where nobody knows whether it was used
 */
export async function askTokens(
  { web, clientId, clientSecret, clock, fetch }: TokenPlace,
  given: Readonly<Record<string, string>>,
): Promise<AskedTokens> {
  const guarded = guardFetch(fetch, web, { vendor: githubVendor, followsRedirects: false });
  const askedAt = clock.now();
  const answer = await sendJson(
    guarded.fetch,
    { baseUrl: web.baseUrl, vendor: githubVendor },
    {
      method: 'POST',
      path: '/login/oauth/access_token',
      body: {
        client_id: clientId,
        client_secret: await resolveSecret(clientSecret, web.host),
        ...given,
      },
    },
    AbortSignal.timeout(timeoutMs),
  ).catch((error: unknown) => {
    // The reason may quote what was sent.
    if (AdjutantError.isInstance(error)) throw error;
    throw noTokens(null);
  });
  const refusal = refusalSchema.safeParse(answer.data);
  if (refusal.success) return { ok: false, error: refusal.data.error };
  const parsed = tokensSchema.safeParse(answer.data);
  if (answer.status !== 200 || !parsed.success) throw noTokens(answer.status);
  const { access_token: accessToken, refresh_token: refreshToken, ...times } = parsed.data;
  // From before it was asked: rather a little too early than too late.
  const at = (inSeconds: number | null | undefined): number | null =>
    typeof inSeconds === 'number' ? askedAt + inSeconds * 1_000 : null;
  return {
    ok: true,
    tokens: {
      accessToken,
      expiresAt: at(times.expires_in),
      refreshToken: refreshToken ?? null,
      refreshExpiresAt: at(times.refresh_token_expires_in),
    },
  };
}

function noTokens(status: number | null): AdjutantError {
  const what = status === null ? 'could not be reached' : `gave no token (${status})`;
  return new AdjutantError('Upstream', `GitHub ${what}.`, {
    source: 'github',
    ...(status === null ? {} : { status }),
    retryable: true,
    hint: 'Try again later.',
  });
}
