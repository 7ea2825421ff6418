import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

/** Somebody at the provider; who signs in next is set by the test. */
export interface ProviderAccount {
  subject: string;
  /** Undefined where the provider knows none. */
  email: string | undefined;
  emailVerified: boolean;
}

/** A real OpenID provider on loopback, at which whoever the test names signs in at once. */
export interface ProviderWorld {
  issuer: string;
  clientId: string;
  clientSecret: string;
  signsIn(account: ProviderAccount): void;
  /** Goes where a browser goes, with its cookies, until it is sent back to this address. */
  follow(address: string, back: string): Promise<string>;
  /** Gets an access token for the resource as a public client does: code, PKCE, resource indicator. */
  tokenFor(resource: string, scope: string): Promise<string>;
  close(): Promise<void>;
}

const clientSecret = 'a-secret-of-the-page-at-the-provider';
const assistantBack = 'http://localhost:9/assistant';

/** Starts it at any free port; resources are granted to whoever asks. */
export async function openProvider(redirectUri: string): Promise<ProviderWorld> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'one', use: 'sig', alg: 'RS256' };
  let account: ProviderAccount = { subject: 'nobody', email: 'no@x.example', emailVerified: false };
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const issuer = `http://127.0.0.1:${port}`;
  const provider: Provider = new Provider(issuer, {
    ...configuration(
      () => account,
      () => provider,
    ),
    jwks: { keys: [key] },
    clients: [
      { client_id: 'page', client_secret: clientSecret, redirect_uris: [redirectUri] },
      {
        client_id: 'assistant',
        token_endpoint_auth_method: 'none',
        redirect_uris: [assistantBack],
      },
    ],
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) return answer(request, response);
    const result = { login: { accountId: account.subject } };
    return void provider.interactionFinished(request, response, result, {
      mergeWithLastSubmission: false,
    });
  });
  return {
    issuer,
    clientId: 'page',
    clientSecret,
    signsIn: (next) => void (account = next),
    follow,
    async tokenFor(resource, scope) {
      const verifier = 'v'.repeat(50);
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
      const asked = new URLSearchParams({
        ...{ client_id: 'assistant', response_type: 'code', redirect_uri: assistantBack, scope },
        ...{ resource, code_challenge_method: 'S256' },
        code_challenge: Buffer.from(digest).toString('base64url'),
      });
      const back = await follow(`${issuer}/auth?${asked.toString()}`, assistantBack);
      const code = new URL(back).searchParams.get('code') ?? '';
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        body: new URLSearchParams({
          ...{ grant_type: 'authorization_code', code, redirect_uri: assistantBack, resource },
          ...{ client_id: 'assistant', code_verifier: verifier },
        }),
      });
      const body: unknown = await response.json();
      if (typeof body === 'object' && body !== null && 'access_token' in body) {
        return String(body.access_token);
      }
      throw new Error(`The provider gave no token: ${JSON.stringify(body)} ${back}`);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function configuration(accountOf: () => ProviderAccount, providerOf: () => Provider) {
  return {
    cookies: { keys: ['a-key-of-a-test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: true,
    findAccount: (_: unknown, subject: string) => ({
      accountId: subject,
      claims: () => {
        const { email, emailVerified } = accountOf();
        return { sub: subject, email, email_verified: emailVerified };
      },
    }),
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_: unknown, audience: string) => ({
          scope: 'mcp read other',
          audience,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    // Whoever signs in has agreed to everything.
    async loadExistingGrant({ oidc }: GrantContext) {
      const { Grant } = providerOf();
      const grant = new Grant({
        clientId: oidc.client.clientId,
        accountId: oidc.session.accountId,
      });
      grant.addOIDCScope('openid email');
      const { resource } = oidc.params;
      if (typeof resource === 'string') grant.addResourceScope(resource, 'mcp read other');
      await grant.save();
      return grant;
    },
  };
}

interface GrantContext {
  oidc: {
    client: { clientId: string };
    session: { accountId: string };
    params: Record<string, unknown>;
  };
}

async function follow(address: string, back: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next = address;
  for (let step = 0; step < 10; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(next, { redirect: 'manual', headers: { cookie } });
    for (const header of response.headers.getSetCookie()) {
      const [pair = ''] = header.split(';');
      const at = pair.indexOf('=');
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${response.status}: ${await response.text()}`);
    next = new URL(location, next).href;
    if (next.startsWith(back)) return next;
  }
  throw new Error('The provider sends the browser in circles.');
}
