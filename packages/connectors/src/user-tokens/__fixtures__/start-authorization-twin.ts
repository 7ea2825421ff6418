import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/** How one vendor's authorization server speaks. */
export interface Dialect {
  tokenPath: string;
  body: 'json' | 'form';
  given(tokens: TwinTokens): object;
  refused(what: 'client' | 'code' | 'refresh'): { status: number; body: object };
}

export interface TwinTokens {
  accessToken: string;
  /** Null where tokens last. */
  refreshToken: string | null;
  accessTokenMs: number;
}

/** What is done with a request for tokens instead of answering it; `lost` is after it took effect. */
type TwinFault = 'lost' | { status: number; text: string; headers?: Record<string, string> };

const bodySchema = z.record(z.string(), z.string());

/** A server on loopback that gives tokens as an authorization server does. */
export interface AuthorizationTwin {
  /** Without a path. */
  url: string;
  clientId: string;
  clientSecret: string;
  accessTokenMs: number;
  /** Whether tokens run out and come with a refresh token. */
  rotates: boolean;
  /** For so long a refresh token that was spent is taken once more. @unit milliseconds */
  leewayMs: number;
  /** How many requests came, of whatever kind. */
  requests: number;
  /** Bodies of the requests for tokens, in order. */
  asked: Readonly<Record<string, string>>[];
  /** Refresh tokens that were sent, good or not. */
  refreshes: string[];
  /** One for each of the next requests. */
  faults: TwinFault[];
  /** A person says yes on the page that an address leads to; returns what she comes back with. */
  approve(authorizationUrl: string): { code: string; state: string };
  revokeAll(): void;
  isAccepted(accessToken: string): boolean;
  close(): Promise<void>;
}

/** Starts a twin of an authorization server on loopback. */
export async function startAuthorizationTwin(
  dialect: Dialect,
  clock: { now(): number },
): Promise<AuthorizationTwin> {
  const codes = new Map<string, { redirectUrl: string; clientId: string }>();
  const access = new Map<string, number>();
  /** Refresh tokens to when they were spent. */
  const refresh = new Map<string, number | null>();
  let issued = 0;
  let approved = 0;
  const issue = () => {
    issued += 1;
    const [accessToken, refreshToken] = [`acc-secret-${issued}-x`, `ref-secret-${issued}-x`];
    access.set(accessToken, twin.rotates ? clock.now() + twin.accessTokenMs : Infinity);
    if (twin.rotates) refresh.set(refreshToken, null);
    const { accessTokenMs } = twin;
    const given = { accessToken, refreshToken: twin.rotates ? refreshToken : null, accessTokenMs };
    return { status: 200, body: dialect.given(given) };
  };
  const answer = (body: Readonly<Record<string, string>>) => {
    if (body['client_id'] !== twin.clientId || body['client_secret'] !== twin.clientSecret) {
      return dialect.refused('client');
    }
    if (body['grant_type'] === 'refresh_token') {
      const given = body['refresh_token'] ?? '';
      const spentAt = refresh.get(given);
      const isGood = spentAt === null || (spentAt ?? -Infinity) + twin.leewayMs > clock.now();
      if (!isGood) return dialect.refused('refresh');
      refresh.set(given, spentAt ?? clock.now());
      return issue();
    }
    const code = codes.get(body['code'] ?? '');
    codes.delete(body['code'] ?? '');
    const isGood = code?.redirectUrl === body['redirect_uri'] && code?.clientId === twin.clientId;
    return isGood ? issue() : dialect.refused('code');
  };
  const server = createServer(async (request, response) => {
    twin.requests += 1;
    const body = await readBody(request, dialect);
    if (body === null) return void response.writeHead(400).end('{}');
    twin.asked.push(body);
    if (body['grant_type'] === 'refresh_token') twin.refreshes.push(body['refresh_token'] ?? '');
    const fault = twin.faults.shift();
    if (fault !== undefined && fault !== 'lost') {
      return void response.writeHead(fault.status, fault.headers).end(fault.text);
    }
    const given = answer(body);
    if (fault === 'lost') return void request.socket.destroy();
    response.writeHead(given.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...given.body, some_new_field: [1] }));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const twin: AuthorizationTwin = {
    url: `http://127.0.0.1:${port}`,
    clientId: 'client-id-of-the-twin',
    clientSecret: 'client-secret-of-twin',
    accessTokenMs: 3_600_000,
    rotates: true,
    leewayMs: 0,
    requests: 0,
    asked: [],
    refreshes: [],
    faults: [],
    approve(authorizationUrl) {
      const { searchParams } = new URL(authorizationUrl);
      approved += 1;
      const code = `code-secret-${approved}-x`;
      codes.set(code, {
        redirectUrl: searchParams.get('redirect_uri') ?? '',
        clientId: searchParams.get('client_id') ?? '',
      });
      return { code, state: searchParams.get('state') ?? '' };
    },
    revokeAll() {
      access.clear();
      refresh.clear();
    },
    isAccepted: (accessToken) => (access.get(accessToken) ?? 0) > clock.now(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return twin;
}

/** Returns the fields of a request that is written as the vendor wants it; null for any other. */
async function readBody(
  request: IncomingMessage,
  { tokenPath, body }: Dialect,
): Promise<Record<string, string> | null> {
  const raw = await text(request);
  if (request.method !== 'POST' || request.url !== tokenPath) return null;
  const wanted = body === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  if (request.headers['content-type'] !== wanted) return null;
  if (body === 'form') return Object.fromEntries(new URLSearchParams(raw));
  const parsed = bodySchema.safeParse(JSON.parse(raw));
  return parsed.success ? parsed.data : null;
}
