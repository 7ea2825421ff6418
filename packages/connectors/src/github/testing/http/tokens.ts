import { createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { createOauth } from './oauth.ts';

export interface GithubApp {
  id: number;
  installationId: number;
  /** PEM; made when it is first asked for. */
  readonly privateKey: string;
}

export interface TokenOptions {
  token: string;
  /** The token that may change things too. */
  writeToken: string;
  /** Scopes of a classic token; null for a fine-grained one, which names none. */
  scopes: readonly string[] | null;
  installationTokenMs: number;
}

/** Who asks, by the header that came with the request. */
export type Caller =
  | { kind: 'token'; scopes: readonly string[] | null; canWrite: boolean }
  | { kind: 'installation'; scopes: null; canWrite: false }
  | { kind: 'app'; scopes: null; canWrite: false };

export interface TwinTokens {
  oauth: ReturnType<typeof createOauth>;
  app: GithubApp;
  /** Null for a credential that the twin does not know, or not any more. */
  callerOf(authorization: string | undefined, now: number): Caller | null;
  issueInstallationToken(now: number): { token: string; expires_at: string };
}

const claimsSchema = z.object({
  iss: z.union([z.string(), z.number()]),
  iat: z.number(),
  exp: z.number(),
});

export function createTokens({
  token,
  writeToken,
  scopes,
  installationTokenMs,
}: TokenOptions): TwinTokens {
  let key: { pem: string; public: KeyObject } | null = null;
  const keyPair = () => {
    if (key !== null) return key;
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    key = { pem, public: createPublicKey(privateKey) };
    return key;
  };
  const app: GithubApp = {
    id: 4_242,
    installationId: 424_242,
    get privateKey() {
      return keyPair().pem;
    },
  };
  const issued = new Map<string, number>();
  const oauth = createOauth();
  return {
    oauth,
    app,
    callerOf(authorization, now) {
      const given = /^(?:token|bearer)\s+(\S+)$/i.exec(authorization ?? '')?.[1];
      if (given === undefined) return null;
      if (given === token) return { kind: 'token', scopes, canWrite: false };
      if (given === writeToken) return { kind: 'token', scopes, canWrite: true };
      if (oauth.isAccepted(given, now)) return { kind: 'token', scopes: null, canWrite: false };
      const expiresAt = issued.get(given);
      if (expiresAt !== undefined && now < expiresAt) {
        return { kind: 'installation', scopes: null, canWrite: false };
      }
      const isApp = key !== null && isSignedByApp(given, key.public, app.id, now);
      return isApp ? { kind: 'app', scopes: null, canWrite: false } : null;
    },
    issueInstallationToken(now) {
      const made = `ghs_twin${String(issued.size + 1).padStart(32, '0')}`;
      const expiresAt = now + installationTokenMs;
      issued.set(made, expiresAt);
      return { token: made, expires_at: new Date(expiresAt).toISOString() };
    },
  };
}

/** GitHub takes a token of an app for ten minutes at most, and allows a minute of wrong clocks. */
function isSignedByApp(token: string, key: KeyObject, appId: number, now: number): boolean {
  const [header = '', payload = '', signature = ''] = token.split('.');
  if (signature === '') return false;
  const isSigned = verify(
    'RSA-SHA256',
    Buffer.from(`${header}.${payload}`),
    key,
    Buffer.from(signature, 'base64url'),
  );
  if (!isSigned) return false;
  const claims = claimsSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  if (!claims.success) return false;
  const { iss, iat, exp } = claims.data;
  const seconds = now / 1_000;
  return String(iss) === String(appId) && iat <= seconds + 60 && exp > seconds && exp <= iat + 660;
}
