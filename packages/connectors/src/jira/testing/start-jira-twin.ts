import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { JiraData } from './jira-data.ts';
import type { TwinUser } from './jira-records.ts';
import { readRoutes } from './twin-read-routes.ts';
import { type JiraTwinRequest, problem, type TwinAnswer, type TwinSite } from './twin-request.ts';
import { twinViews } from './twin-views.ts';
import { writeRoutes } from './twin-write-routes.ts';

/** What goes wrong with the next request whose path a pattern takes. */
export interface JiraFault {
  /** Of any method unless told. */
  method?: string;
  path: RegExp;
  /** Further requests that it holds for; one unless told. */
  times?: number;
  /** An answer of its own, in place of Jira's. */
  answer?: TwinAnswer;
  /** The connection ends: before anything is done, or after it was done. */
  drops?: 'before' | 'after';
  /** The body breaks off in the middle. */
  cuts?: boolean;
  /** Called before the request is answered: something changes at Jira meanwhile. */
  meanwhile?: () => void;
}

export interface JiraTwinOptions {
  data: JiraData;
  /** The account of both tokens. */
  owner: TwinUser;
  clock?: { now(): number };
  timeZoneOffsetMs?: number;
  token?: string;
}

export interface JiraTwin {
  url: string;
  email: string;
  token: string;
  writeToken: string;
  data: JiraData;
  /** What it was asked so far, in order: `POST /rest/api/3/search/jql`. */
  requests: string[];
  /** The same with what stood in them. */
  asked: JiraTwinRequest[];
  /** What it was asked to change so far, each time that it arrived. */
  writes: JiraTwinRequest[];
  faults: JiraFault[];
  site: TwinSite & { repeatsTokens: boolean; denied: Set<string> };
  /** Added to the clock in every `Date` header. @unit milliseconds */
  clockSkewMs: number;
  close(): Promise<void>;
}

/**
 * Starts a Jira on 127.0.0.1 over the rows given: as much of it as the connector asks for, with its
 * limits. What it does not know it answers with 501, never with something made up.
 */
export async function startJiraTwin(options: JiraTwinOptions): Promise<JiraTwin> {
  const { data, owner, clock = { now: () => Date.now() }, timeZoneOffsetMs = 0 } = options;
  const server = createServer((message, response) => {
    void serve(twin, owner, message, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  const url = `http://127.0.0.1:${address.port}`;
  const twin: JiraTwin = {
    url,
    email: owner.emailAddress,
    token: options.token ?? 'jira_twin_token',
    writeToken: 'jira_twin_write_token',
    data,
    requests: [],
    asked: [],
    writes: [],
    faults: [],
    clockSkewMs: 0,
    site: {
      data,
      views: twinViews(url),
      now: () => clock.now(),
      timeZoneOffsetMs,
      limits: { issuesPerPage: 100, historiesPerPage: 10_000, commentsPerPage: 100 },
      repeatsTokens: false,
      denied: new Set(),
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return twin;
}

async function serve(
  twin: JiraTwin,
  owner: TwinUser,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET' } = message;
  const url = new URL(message.url ?? '/', twin.url);
  twin.requests.push(`${method} ${url.pathname}`);
  const body = parsed(await text(message));
  const fault = takeFault(twin, method, url.pathname);
  fault?.meanwhile?.();
  if (fault?.drops === 'before') return void response.destroy();
  const authorization = message.headers.authorization ?? '';
  const mayWrite = isBasic(authorization, twin.email, twin.writeToken);
  const { pathname: path, searchParams: query } = url;
  const request = { method, path, query, body, by: owner, mayWrite };
  twin.asked.push(request);
  const answer = fault?.answer ?? answerOf(twin, request, authorization);
  if (fault?.drops === 'after') return void response.destroy();
  const payload = answer.body === undefined ? '' : JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    'content-type': 'application/json;charset=UTF-8',
    date: new Date(twin.site.now() + twin.clockSkewMs).toUTCString(),
    ...answer.headers,
  });
  response.end(fault?.cuts === true ? payload.slice(0, Math.floor(payload.length / 2)) : payload);
}

function answerOf(twin: JiraTwin, request: JiraTwinRequest, authorization: string): TwinAnswer {
  const mayRead = isBasic(authorization, twin.email, twin.token);
  const { mayWrite } = request;
  if (!mayRead && !mayWrite) return problem(401, 'Client must be authenticated.');
  for (const [method, path, route] of [...readRoutes, ...writeRoutes]) {
    const match = path.exec(request.path);
    if (method !== request.method || match === null) continue;
    const isWrite = !readRoutes.some(([, known]) => known === path) && method !== 'GET';
    if (isWrite && !mayWrite) return problem(403, 'This token may only read.');
    if (isWrite) twin.writes.push(request);
    return route(twin.site, request, match.slice(1));
  }
  return problem(501, `The twin does not know ${request.method} ${request.path}.`);
}

function isBasic(authorization: string, email: string, token: string): boolean {
  return authorization === `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`;
}

function takeFault({ faults }: JiraTwin, method: string, path: string): JiraFault | null {
  const position = faults.findIndex(
    (fault) => fault.path.test(path) && (fault.method ?? method) === method,
  );
  const fault = faults[position];
  if (fault === undefined) return null;
  const times = (fault.times ?? 1) - 1;
  if (times > 0) faults[position] = { ...fault, times };
  else faults.splice(position, 1);
  return fault;
}

function parsed(body: string): unknown {
  try {
    return body === '' ? null : JSON.parse(body);
  } catch {
    return null;
  }
}
