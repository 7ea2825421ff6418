import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { GithubData } from './data/github-data.ts';
import { createFaultDice, createFaults, type GithubTwinFaults } from './faults.ts';
import type { HttpAnswer } from './http/answer.ts';
import { startReportHost, type TwinReportHost } from './http/report-host.ts';
import type { ServedTwin } from './http/serve.ts';
import type { TwinOauth } from './http/oauth.ts';
import { createTokens, type GithubApp } from './http/tokens.ts';
import { type GithubTwinLimits, githubLimits } from './limits.ts';
import { createTwinQuota, type GithubTwinQuota } from './quota.ts';
import type { TwinRequest } from './requests.ts';
import type { TwinWrite } from './writes.ts';

export interface GithubTwinOptions {
  data: GithubData;
  /** Default: the machine's. */
  clock?: { now(): number };
  limits?: Partial<GithubTwinLimits>;
  /** Decides every fault that has a probability. Default: 1. */
  seed?: number;
  /** The token that is accepted. */
  token?: string;
  /** The token that may change things. */
  writeToken?: string;
  /** Scopes of the token as a classic one; null makes it fine-grained. Default: `repo, read:org`. */
  scopes?: readonly string[] | null;
}

export interface GithubTwin {
  /** Where it listens: REST below `/api/v3` and GraphQL at `/api/graphql`, or both at the root. */
  url: string;
  token: string;
  /** The token that may change things, as another user. */
  writeToken: string;
  app: GithubApp;
  /** How users let an app act for them. */
  oauth: TwinOauth;
  /** What it was asked so far, in order. */
  requests: TwinRequest[];
  /** What it was asked to change so far, each time that it arrived. */
  writes: TwinWrite[];
  faults: GithubTwinFaults;
  /** Permissions that the credential lacks, such as `issues`, `members` or `actions`. */
  denied: Set<string>;
  quota: GithubTwinQuota;
  limits: GithubTwinLimits;
  data: GithubData;
  /** The other host, on which reports lie. */
  reportHost: TwinReportHost;
  close(): Promise<void>;
}

/**
 * Starts a GitHub on 127.0.0.1 that executes the published GraphQL schema over the rows given.
 * What it cannot imitate it answers with 501, never with something made up.
 */
export async function startGithubTwin(options: GithubTwinOptions): Promise<GithubTwin> {
  const { data, clock = { now: () => Date.now() }, seed = 1 } = options;
  // graphql-js and the schema are optional peers, loaded by whoever really starts a twin.
  const { serve } = await import('./http/serve.ts');
  const { deliverWrite, isWrite } = await import('./http/deliver-write.ts');
  const limits = { ...githubLimits, ...options.limits };
  const token = options.token ?? `twin_token_${seed}`;
  const writeToken = options.writeToken ?? `twin_write_token_${seed}`;
  const scopes = options.scopes === undefined ? ['repo', 'read:org'] : options.scopes;
  const reportHost = await startReportHost(() => clock.now());
  let url = '';
  const twin: ServedTwin = {
    data,
    limits,
    faults: createFaults(),
    dice: createFaultDice(seed),
    quota: createTwinQuota({ core: limits.restRequests, graphql: limits.points }, clock.now()),
    denied: new Set(),
    now: () => clock.now(),
    tokens: createTokens({
      token,
      writeToken,
      scopes,
      installationTokenMs: limits.installationTokenMs,
    }),
    requests: [],
    writes: [],
    url: () => url,
    reportHost,
  };
  const server = createServer((message, response) => {
    const served: Serve = async (asked, incoming) =>
      isWrite(incoming) ? await deliverWrite(asked, incoming, serve) : serve(asked, incoming);
    answer(twin, served, message, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('No port was given.');
  url = `http://127.0.0.1:${address.port}`;
  const { faults, denied, quota, requests, tokens, writes } = twin;
  return {
    url,
    token,
    writeToken,
    app: tokens.app,
    oauth: tokens.oauth,
    requests,
    writes,
    faults,
    denied,
    quota,
    limits,
    data,
    reportHost,
    async close() {
      await reportHost.close();
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      });
    },
  };
}

/** Null where the connection is to end without an answer. */
type Serve = (
  twin: ServedTwin,
  incoming: Parameters<typeof import('./http/serve.ts').serve>[1],
) => Promise<HttpAnswer | null>;

async function answer(
  twin: ServedTwin,
  serve: Serve,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await text(message);
  const { pathname, searchParams } = new URL(message.url ?? '/', twin.url());
  let answered: HttpAnswer | null;
  try {
    answered = await serve(twin, {
      method: message.method ?? 'GET',
      path: pathname,
      query: searchParams,
      headers: message.headers,
      body,
    });
  } catch (error) {
    // A mistake of the twin: said aloud, because a test must not take it for a fault of GitHub.
    answered = { status: 500, body: { message: `The GitHub twin failed: ${String(error)}` } };
  }
  if (answered === null) {
    message.socket.destroy();
    return;
  }
  const { status, headers = {}, body: sent } = answered;
  const isText = typeof sent === 'string';
  response.writeHead(status, {
    date: new Date(twin.now() + twin.faults.clockSkewMs).toUTCString(),
    'content-type': 'application/json; charset=utf-8',
    'x-github-request-id': `TWIN:${twin.requests.length}`,
    ...headers,
  });
  response.end(sent === undefined || isText ? sent : JSON.stringify(sent));
}
