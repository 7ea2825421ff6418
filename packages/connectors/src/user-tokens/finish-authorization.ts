import { createHash, timingSafeEqual } from 'node:crypto';
import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import { type AskedTokens, askTokens, type TokenPlace, wrongClient } from './ask-tokens.ts';
import type { AuthorizationServer } from './authorization-server.ts';

/** What somebody was sent back with. */
export interface ReturnedAuthorization {
  code?: string | null;
  state?: string | null;
  error?: string | null;
}

export interface FinishedAuthorization {
  redirectUrl: string;
  returned: ReturnedAuthorization;
  remembered: { state: string; codeVerifier?: string };
}

// A code may be a signed statement, and long.
const codeSchema = z.string().regex(/^[\x21-\x7e]{1,8000}$/);

/**
 * Returns what is given for the code that somebody came back with. Nothing is asked where the state is
 * not the one that was remembered.
 * @throws AdjutantError `Authentication` (refused, another state, a code that is no longer good),
 *   `Configuration`, `Upstream`
 */
export async function finishAuthorization(
  place: TokenPlace,
  { redirectUrl, returned, remembered }: FinishedAuthorization,
): Promise<Extract<AskedTokens, { ok: true }>> {
  const { server } = place;
  if (!isSame(returned.state ?? '', remembered.state)) {
    throw refused(
      server,
      'The authorization came back with another state: somebody else began it.',
    );
  }
  const code = codeSchema.safeParse(returned.code);
  if (!code.success || (returned.error ?? null) !== null) {
    const what = server.holder === 'person' ? 'act for her' : 'into the workspace';
    throw refused(server, `The person did not let the app ${what}.`);
  }
  const { codeVerifier } = remembered;
  const asked = await askTokens(place, 'code', {
    ...server.codeFields,
    code: code.data,
    redirect_uri: redirectUrl,
    ...(codeVerifier === undefined ? {} : { code_verifier: codeVerifier }),
  });
  if (asked.ok) return asked;
  const { title, source } = server.vendor;
  if (asked.meaning === 'wrong_client') throw wrongClient(server);
  if (asked.meaning === 'ended') {
    throw refused(server, `${title} does not take the code: ${server.codeEnd}.`);
  }
  throw new AdjutantError('Upstream', `${title} gave no token for the code: ${asked.said}.`, {
    source,
    hint: 'Look at the settings of the app, and begin again with authorizationUrl.',
  });
}

function refused({ vendor }: AuthorizationServer, message: string): AdjutantError {
  return new AdjutantError('Authentication', message, {
    source: vendor.source,
    hint: 'Begin again with authorizationUrl.',
  });
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return wanted !== '' && a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
