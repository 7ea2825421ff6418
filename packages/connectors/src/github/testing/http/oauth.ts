import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { HttpAnswer } from './answer.ts';

const bodySchema = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  grant_type: z.string().optional(),
  code: z.string().optional(),
  code_verifier: z.string().optional(),
  redirect_uri: z.string().optional(),
  refresh_token: z.string().optional(),
});

/** How users let an app act for them: the web flow, and refresh tokens of one use. */
export interface TwinOauth {
  clientId: string;
  clientSecret: string;
  /** @unit milliseconds */
  accessTokenMs: number;
  refreshTokenMs: number;
  /** How many times a refresh token was sent, good or not. */
  refreshes: number;
  /** Answers the next requests with this status and nothing more, one for each. */
  failures: number[];
  /** A person says yes on the page that an address leads to; returns the code she comes back with. */
  approve(authorizationUrl: string): { code: string; state: string };
  /** A person takes all her tokens back. */
  revokeAll(): void;
  isAccepted(accessToken: string, now: number): boolean;
}

export function createOauth(): TwinOauth & { answer(body: unknown, now: number): HttpAnswer } {
  const codes = new Map<string, { challenge: string; redirectUrl: string }>();
  const access = new Map<string, number>();
  /** Refresh token to its end, and to the access token that it replaces. */
  const refresh = new Map<string, { endsAt: number; accessToken: string }>();
  let issued = 0;
  let approved = 0;
  const issue = (now: number): HttpAnswer => {
    issued += 1;
    const number = String(issued).padStart(30, '0');
    const [accessToken, refreshToken] = [`ghu_twin${number}`, `ghr_twin${number}`];
    access.set(accessToken, now + oauth.accessTokenMs);
    refresh.set(refreshToken, { endsAt: now + oauth.refreshTokenMs, accessToken });
    return {
      status: 200,
      body: {
        access_token: accessToken,
        expires_in: oauth.accessTokenMs / 1_000,
        refresh_token: refreshToken,
        refresh_token_expires_in: oauth.refreshTokenMs / 1_000,
        scope: '',
        token_type: 'bearer',
      },
    };
  };
  const oauth: ReturnType<typeof createOauth> = {
    clientId: 'Iv1.twin',
    clientSecret: 'twin_client_secret_0123456789',
    accessTokenMs: 8 * 3_600_000,
    refreshTokenMs: 180 * 86_400_000,
    refreshes: 0,
    failures: [],
    approve(authorizationUrl) {
      const { searchParams } = new URL(authorizationUrl);
      approved += 1;
      const code = `code-${approved}`;
      codes.set(code, {
        challenge: searchParams.get('code_challenge') ?? '',
        redirectUrl: searchParams.get('redirect_uri') ?? '',
      });
      return { code, state: searchParams.get('state') ?? '' };
    },
    revokeAll() {
      access.clear();
      refresh.clear();
    },
    isAccepted: (accessToken, now) => (access.get(accessToken) ?? 0) > now,
    answer(body, now) {
      const read = bodySchema.safeParse(body);
      if (!read.success) return { status: 404, body: { error: 'Not Found' } };
      const given = read.data;
      if (given.grant_type === 'refresh_token') oauth.refreshes += 1;
      const failure = oauth.failures.shift();
      if (failure !== undefined) return { status: failure, body: '<html>Unicorn!</html>' };
      if (given.client_id !== oauth.clientId || given.client_secret !== oauth.clientSecret) {
        return refusal('incorrect_client_credentials');
      }
      if (given.grant_type === 'refresh_token') {
        const found = refresh.get(given.refresh_token ?? '');
        if (found === undefined || found.endsAt <= now) return refusal('bad_refresh_token');
        refresh.delete(given.refresh_token ?? '');
        access.delete(found.accessToken);
        return issue(now);
      }
      const code = codes.get(given.code ?? '');
      codes.delete(given.code ?? '');
      const challenge = createHash('sha256')
        .update(given.code_verifier ?? '')
        .digest('base64url');
      const isGood =
        code !== undefined &&
        code.challenge === challenge &&
        code.redirectUrl === given.redirect_uri;
      return isGood ? issue(now) : refusal('bad_verification_code');
    },
  };
  return oauth;
}

/** GitHub says no with 200. */
function refusal(error: string): HttpAnswer {
  return { status: 200, body: { error, error_description: `It is ${error}.` } };
}
