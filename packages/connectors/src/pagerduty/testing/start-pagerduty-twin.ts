import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '@adjutant/core';
import { answerEvent } from './events-routes.ts';
import type { PagerdutyData } from './pagerduty-data.ts';
import { answerRest, refused, type TwinAnswer } from './rest-routes.ts';

/** What goes wrong, in the order in which it was set up; each goes wrong once. */
export interface TwinFault {
  kind:
    | 'limited'
    | 'failing'
    | 'broken'
    | 'slow'
    | 'lost_answer'
    | 'denied'
    | 'redirected'
    /** The first page, whatever page is asked for, with more to come. */
    | 'repeating';
  /** Only for paths that begin so. */
  path?: string;
  /** Goes wrong every time. */
  always?: boolean;
  headers?: Readonly<Record<string, string>>;
}

export interface TwinRequest {
  at: 'api' | 'events';
  method: string;
  path: string;
  /** The whole address and all headers, in which a test looks for what must not be there. */
  text: string;
  body: string;
}

export interface PagerdutyTwin {
  apiUrl: string;
  eventsUrl: string;
  token: string;
  requests: TwinRequest[];
  faults: TwinFault[];
  close: () => Promise<void>;
}

export interface PagerdutyTwinOptions {
  data: PagerdutyData;
  clock: Pick<Clock, 'now'>;
  /** Whether the key is one of a user. */
  isUserKey?: boolean;
  limitPerMinute?: number;
}

const token = 'y_NbAkKc66ryYTWUXYEu';

/** Starts PagerDuty on this machine: the REST API on one port and the Events API on another. */
export async function startPagerdutyTwin(options: PagerdutyTwinOptions): Promise<PagerdutyTwin> {
  const { data, clock, isUserKey = false } = options;
  const requests: TwinRequest[] = [];
  const faults: TwinFault[] = [];
  const quota = createQuota(clock, options.limitPerMinute ?? 960);
  const answer = (at: TwinRequest['at'], request: IncomingMessage, body: string): TwinAnswer => {
    const url = new URL(request.url ?? '/', 'http://twin');
    if (at === 'events') {
      if (request.method !== 'POST' || url.pathname !== '/v2/enqueue') return noSuchRoute;
      return answerEvent(data, parsed(body), clock.now());
    }
    const isAsExpected =
      request.headers.authorization === `Token token=${token}` &&
      request.headers.accept === 'application/vnd.pagerduty+json;version=2';
    if (!isAsExpected) return refused(401, 'Unauthorized', 2006);
    if (request.method !== 'GET') return refused(403, 'Access Denied', 2010);
    return answerRest(data, url, { now: clock.now(), isUserKey });
  };
  const serve =
    (at: TwinRequest['at']) => async (request: IncomingMessage, response: ServerResponse) => {
      const body = await textOf(request);
      const path = request.url ?? '/';
      const text = `${path} ${JSON.stringify(request.headers)}`;
      const fault = takeFault(faults, path);
      if (fault?.kind === 'repeating') request.url = path.replace(/([?&]offset)=\d+/, '$1=0');
      requests.push({ at, method: request.method ?? '', path, text, body });
      const headers = {
        date: new Date(clock.now()).toUTCString(),
        'content-type': 'application/json',
        ...(at === 'api' ? quota.take() : {}),
      };
      // What is lost on the way back was done all the same.
      const isApplied = fault === null || isHarmless(fault);
      const given = isApplied ? answer(at, request, body) : failureOf(fault);
      if (fault?.kind === 'repeating') given.body = { ...Object(given.body), more: true };
      if (fault?.kind === 'lost_answer') {
        request.socket.destroy();
        return;
      }
      response.writeHead(given.status, { ...headers, ...fault?.headers });
      const whole = fault?.kind === 'broken' ? '{"incidents": [' : JSON.stringify(given.body);
      if (fault?.kind === 'slow') await drip(response, whole);
      else response.end(whole);
    };
  const api = await listen(serve('api'));
  const events = await listen(serve('events'));
  return {
    apiUrl: api.url,
    eventsUrl: events.url,
    token,
    requests,
    faults,
    async close() {
      await Promise.all([api.close(), events.close()]);
    },
  };
}

async function drip(response: ServerResponse, text: string): Promise<void> {
  for (let start = 0; start < text.length; start += 100) {
    response.write(text.slice(start, start + 100));
    await new Promise((resume) => setImmediate(resume));
  }
  response.end();
}

const noSuchRoute: TwinAnswer = { status: 404, body: { message: 'Not Found' } };

function isHarmless({ kind }: TwinFault): boolean {
  return kind === 'slow' || kind === 'lost_answer' || kind === 'repeating';
}

function failureOf({ kind }: TwinFault): TwinAnswer {
  if (kind === 'limited') return refused(429, 'Rate Limit Exceeded', 2020);
  if (kind === 'denied') return refused(403, 'Access Denied', 2010);
  if (kind === 'redirected') return { status: 302, body: null };
  return kind === 'broken' ? { status: 200, body: null } : { status: 500, body: null };
}

function takeFault(faults: TwinFault[], path: string): TwinFault | null {
  const at = faults.findIndex((fault) => path.startsWith(fault.path ?? ''));
  const fault = faults[at];
  if (fault === undefined) return null;
  if (fault.always !== true) faults.splice(at, 1);
  return fault;
}

function createQuota(clock: Pick<Clock, 'now'>, limit: number) {
  let startedAt = clock.now();
  let used = 0;
  return {
    take(): Record<string, string> {
      if (clock.now() - startedAt >= 60_000) {
        startedAt = clock.now();
        used = 0;
      }
      used += 1;
      const resetSeconds = Math.ceil((startedAt + 60_000 - clock.now()) / 1_000);
      return {
        'ratelimit-limit': String(limit),
        'ratelimit-remaining': String(Math.max(0, limit - used)),
        'ratelimit-reset': String(resetSeconds),
      };
    },
  };
}

async function listen(
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server: Server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The twin has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
