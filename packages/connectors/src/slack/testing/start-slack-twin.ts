import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { createFaultBook, type FaultBook, type SlackFault } from './faults.ts';
import { twinMethods } from './methods.ts';
import { createHands, type TwinHands } from './signed-requests.ts';
import { createSlackData, type SlackData } from './slack-data.ts';
import type { TwinAnswer } from './twin-call.ts';
import { createTokens, type TwinToken } from './tokens.ts';
import { readView } from './block-limits.ts';
import { createTwinViews, replaceView, type TwinView } from './view-methods.ts';
import { refusedBlocks } from './writing-methods.ts';

const writingMethods: ReadonlySet<string> = new Set(['chat.postMessage', 'chat.update']);

const signingSecret = 'the-signing-secret-of-the-twin';

/** A request as it came in. */
export interface SlackTwinRequest {
  method: string;
  parameters: Readonly<Record<string, string>>;
  /** The token that came with it, if it is one of the twin's. */
  token: 'read' | 'write' | null;
}

export interface SlackTwinOptions {
  data?: SlackData;
  clock: { now(): number };
  /** The longest page that is given, whatever was asked for; 200 unless told. */
  mostPerPage?: number;
}

/** A server on loopback that answers as Slack does, faults included. */
export interface SlackTwin {
  /** Without `/api/`. */
  url: string;
  baseUrl: string;
  data: SlackData;
  token: string;
  writeToken: string;
  /** What the tokens may do; to be changed at will. */
  scopes: { read: Set<string>; write: Set<string> };
  faults: FaultBook;
  /** Every request, in order. */
  requests: SlackTwinRequest[];
  /** What was told to people alone, at the addresses that came with what they pressed or wrote. */
  answers: unknown[];
  /** What stands before people in modals, by the id of the view, and in home tabs, by person. */
  modals: ReadonlyMap<string, TwinView>;
  homes: ReadonlyMap<string, TwinView>;
  /**
   * Takes the answer to a form that somebody sent, and returns what is wrong by field.
   * @throws where Slack would not take it
   */
  answerForm(viewId: string, body: unknown): Readonly<Record<string, string>> | null;
  /** What the app that writes is signed for with. */
  signingSecret: string;
  /** What its people press and write. */
  hands: TwinHands;
  /** Those that could have changed something that people see. */
  writes: SlackTwinRequest[];
  close(): Promise<void>;
}

/** Starts a twin of Slack on loopback. */
export async function startSlackTwin(options: SlackTwinOptions): Promise<SlackTwin> {
  const { data = createSlackData(), clock, mostPerPage = 200 } = options;
  const tokens = createTokens();
  const faults = createFaultBook();
  const requests: SlackTwinRequest[] = [];
  const writes: SlackTwinRequest[] = [];
  const answers: unknown[] = [];
  const views = createTwinViews();

  const answer = (request: SlackTwinRequest): TwinAnswer => {
    const handler = twinMethods[request.method];
    if (handler === undefined) return { ok: false, error: 'unknown_method' };
    if (request.token === null) return { ok: false, error: 'invalid_auth' };
    const { parameters } = request;
    const token = tokens[request.token];
    return handler({ data, token, views, parameters, mostPerPage, now: clock.now() });
  };
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (incoming.url?.startsWith('/actions/') === true) {
      const told: unknown = JSON.parse(await text(incoming));
      const unfit = refusedBlocks(answerSchema.parse(told).blocks ?? []);
      if (unfit === null) answers.push(told);
      response.writeHead(unfit === null ? 200 : 400).end(JSON.stringify(unfit ?? 'ok'));
      return;
    }
    const request = await readRequest(incoming, tokens);
    requests.push(request);
    if (writingMethods.has(request.method)) writes.push(request);
    response.setHeader('date', new Date(clock.now()).toUTCString());
    if (request.token !== null) {
      response.setHeader('x-oauth-scopes', [...tokens[request.token].scopes].join(','));
    }
    const fault = faults.next(request.method);
    if (fault !== null && !letsThrough(fault)) {
      misbehave(fault, response);
      return;
    }
    const isCircle = fault?.kind === 'repeated_cursor';
    const given = isCircle || isKnownCursor(request) ? answer(request) : unknownCursor;
    if (fault?.kind === 'lost_answer') {
      response.destroy();
      return;
    }
    const circle = { has_more: true, response_metadata: { next_cursor: 'round and round' } };
    const body = isCircle ? { ...given, ...circle } : given;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

  const server = createServer((incoming, response) => void serve(incoming, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    baseUrl: `${url}/api/`,
    data,
    token: tokens.read.text,
    writeToken: tokens.write.text,
    scopes: { read: tokens.read.scopes, write: tokens.write.scopes },
    faults,
    requests,
    writes,
    answers,
    signingSecret,
    modals: views.modals,
    homes: views.homes,
    answerForm: (viewId, body) => answerForm(views, viewId, body),
    hands: createHands({ data, views, url, signingSecret, clock }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const answerSchema = z.looseObject({
  blocks: z.array(z.looseObject({ type: z.string() })).optional(),
});
const formAnswerSchema = z.union([
  z.null(),
  z.strictObject({
    response_action: z.literal('errors'),
    errors: z.record(z.string(), z.string()),
  }),
  z.strictObject({ response_action: z.literal('update'), view: z.unknown() }),
]);

function answerForm(
  views: ReturnType<typeof createTwinViews>,
  viewId: string,
  body: unknown,
): Readonly<Record<string, string>> | null {
  const answer = formAnswerSchema.parse(body);
  if (answer === null) return null;
  const present = views.modals.get(viewId);
  if (answer.response_action === 'errors') {
    const known = new Set(present?.body.blocks.map(({ block_id: id }) => id));
    for (const blockId of Object.keys(answer.errors)) {
      if (!known.has(blockId)) throw new Error(`There is no block ${blockId} in this form.`);
    }
    return answer.errors;
  }
  const read = readView(answer.view);
  if ('trouble' in read) throw new Error(read.trouble);
  replaceView(views, viewId, read.view);
  return null;
}

async function readRequest(
  incoming: IncomingMessage,
  tokens: { read: TwinToken; write: TwinToken },
): Promise<SlackTwinRequest> {
  const parameters = Object.fromEntries(new URLSearchParams(await text(incoming)));
  const method = new URL(incoming.url ?? '/', 'http://twin').pathname.replace('/api/', '');
  const given = incoming.headers.authorization?.replace('Bearer ', '');
  const token = given === tokens.read.text ? 'read' : given === tokens.write.text ? 'write' : null;
  return { method, parameters, token };
}

const unknownCursor: TwinAnswer = { ok: false, error: 'invalid_cursor' };

/** Cursors are ours to give: what was never given begins no page. */
function isKnownCursor({ parameters }: SlackTwinRequest): boolean {
  const { cursor = '' } = parameters;
  return cursor === '' || /^at:\d+$/.test(cursor);
}

function letsThrough({ kind }: SlackFault): boolean {
  return kind === 'lost_answer' || kind === 'repeated_cursor';
}

function misbehave(fault: SlackFault, response: ServerResponse): void {
  const { kind, retryAfter, location = '' } = fault;
  if (kind === 'dropped') response.destroy();
  else if (kind === 'redirected') response.writeHead(302, { location }).end();
  else if (kind === 'server_error') response.writeHead(503).end('It is being repaired.');
  else if (kind === 'broken_body') response.writeHead(200).end('{"ok":true,"messag');
  else {
    const header = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
    response.writeHead(429, header).end('{"ok":false,"error":"ratelimited"}');
  }
}
