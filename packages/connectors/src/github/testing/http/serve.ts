import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  answerGraphql,
  readGraphqlRequest,
  type GraphqlRequest,
  type GraphqlTwin,
} from '../graphql/answer.ts';
import { quotaHeaders, renewQuota, type GithubTwinQuota, type Quota } from '../quota.ts';
import type { TwinRequest } from '../requests.ts';
import { answerRest } from '../rest/routes.ts';
import type { TwinWrite } from '../writes.ts';
import { errorAnswer, type HttpAnswer } from './answer.ts';
import type { TwinReportHost } from './report-host.ts';
import type { Caller, TwinTokens } from './tokens.ts';

export interface ServedTwin extends GraphqlTwin {
  tokens: TwinTokens;
  requests: TwinRequest[];
  writes: TwinWrite[];
  url: () => string;
  reportHost: TwinReportHost;
}

export interface Incoming {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

const oauthPath = '/login/oauth/access_token';
const graphqlPaths = new Set(['/api/graphql', '/graphql']);

/** Answers one request and keeps a record of it, without its headers. */
export function serve(twin: ServedTwin, incoming: Incoming): HttpAnswer {
  const isGraphql = graphqlPaths.has(incoming.path);
  const graphql = isGraphql ? readGraphqlRequest(incoming.body) : null;
  const record: TwinRequest = {
    at: twin.now(),
    method: incoming.method,
    path: incoming.path,
    query: Object.fromEntries(incoming.query),
    isGraphql,
    operationName: graphql?.operationName ?? null,
    document: graphql?.document ?? null,
    variables: graphql?.variables ?? {},
    cost: 0,
    nodes: 0,
    weight: 0,
    status: 0,
    fault: null,
    notImitated: null,
  };
  twin.requests.push(record);
  const resource = isGraphql ? 'graphql' : 'core';
  const quota = twin.quota[resource];
  renewQuota(quota, record.at);
  const answer = answerOf(twin, incoming, record, graphql, quota);
  record.status = answer.status;
  return { ...answer, headers: { ...quotaHeaders(resource, quota), ...answer.headers } };
}

function answerOf(
  twin: ServedTwin,
  incoming: Incoming,
  record: TwinRequest,
  graphql: GraphqlRequest | null,
  quota: Quota,
): HttpAnswer {
  // Whoever asks for a token has none yet.
  if (incoming.path === oauthPath) {
    return twin.tokens.oauth.answer(readBody(incoming.body), record.at);
  }
  const caller = twin.tokens.callerOf(incoming.headers.authorization, record.at);
  if (caller === null) return errorAnswer(401, 'Bad credentials');
  const fault = faultOf(twin, record, quota);
  if (fault !== null) return fault;
  if (!record.isGraphql) return serveRest(twin, incoming, record, caller, quota);
  if (incoming.method !== 'POST' || graphql === null) {
    return errorAnswer(400, 'Problems parsing JSON');
  }
  if (caller.kind === 'app') return errorAnswer(401, 'Bad credentials');
  return serveGraphql(twin, record, graphql, caller);
}

/** What goes wrong before the request is looked at. */
function faultOf(twin: ServedTwin, record: TwinRequest, quota: Quota): HttpAnswer | null {
  const { faults, dice } = twin;
  const retry = { 'retry-after': String(faults.retryAfterSeconds) };
  const gives = (name: 'badGateway' | 'rateLimited' | 'secondaryLimit' | 'tooManyRequests') => {
    const happens = dice.happens(name, faults[name], record);
    if (happens) record.fault = name;
    return happens;
  };
  if (gives('tooManyRequests')) return errorAnswer(429, 'Too many requests.', retry);
  if (gives('secondaryLimit')) {
    return errorAnswer(403, 'You have exceeded a secondary rate limit.', retry);
  }
  if (gives('badGateway')) {
    const headers = { 'content-type': 'text/html' };
    return { status: 502, headers, body: '<html><body>502 Bad Gateway</body></html>' };
  }
  if (record.isGraphql && gives('rateLimited')) {
    const resetAt = twin.now() + faults.retryAfterSeconds * 1_000;
    return rateLimited(twin, {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.ceil(resetAt / 1_000)),
    });
  }
  const isFree = record.path.endsWith('/rate_limit');
  if (quota.remaining > 0 || isFree) return null;
  record.fault = 'quotaExhausted';
  if (record.isGraphql) return rateLimited(twin, {});
  return errorAnswer(403, 'API rate limit exceeded.');
}

/** GitHub uses both names of this error. */
function rateLimited(twin: ServedTwin, headers: Record<string, string>): HttpAnswer {
  const isNewer = twin.dice.numbersOf('rateLimited').chance(0.5);
  const message = `API rate limit exceeded for user ID ${twin.data.viewer.id}.`;
  const error = isNewer
    ? { type: 'RATE_LIMIT', code: 'graphql_rate_limit', message }
    : { type: 'RATE_LIMITED', message };
  return { status: 200, headers, body: { errors: [error] } };
}

function serveGraphql(
  twin: ServedTwin,
  record: TwinRequest,
  request: GraphqlRequest,
  caller: Caller,
): HttpAnswer {
  const usedBefore = twin.quota.graphql.used;
  const answer = answerGraphql(twin, request, caller.scopes);
  const { body, status, ...measured } = answer;
  Object.assign(record, measured);
  twin.quota.graphql.used = usedBefore + answer.cost;
  const headers: Record<string, string> = {};
  if (caller.scopes !== null) {
    headers['x-oauth-scopes'] = caller.scopes.join(', ');
    headers['x-accepted-oauth-scopes'] = 'repo';
  }
  if (answer.notImitated !== null) headers['x-twin-not-imitated'] = answer.notImitated;
  return { status, headers, body };
}

function serveRest(
  twin: ServedTwin,
  incoming: Incoming,
  record: TwinRequest,
  caller: Caller,
  quota: GithubTwinQuota['core'],
): HttpAnswer {
  const isEnterprise = incoming.path.startsWith('/api/v3');
  const api = `${twin.url()}${isEnterprise ? '/api/v3' : ''}`;
  const path = isEnterprise ? incoming.path.slice('/api/v3'.length) : incoming.path;
  const { data, tokens } = twin;
  const answer = answerRest({
    method: incoming.method,
    path: path === '/' ? path : path.replace(/\/$/, ''),
    query: incoming.query,
    accept: incoming.headers.accept ?? '',
    caller,
    data,
    quota: twin.quota,
    limits: twin.limits,
    denied: twin.denied,
    tokens,
    places: { api, web: data.webUrl },
    now: record.at,
    body: readBody(incoming.body),
    publishReport: (text) => twin.reportHost.publish(text),
    writer: () => data.writer(),
  });
  if (answer.status === 501) record.notImitated = answer.headers?.['x-twin-not-imitated'] ?? path;
  const isFree = path === '/rate_limit' || answer.status === 501;
  const tagged = answer.status === 200 && !isFree ? withEtag(answer, incoming) : answer;
  // An answer that is still the same costs nothing.
  record.cost = isFree || tagged.status === 304 ? 0 : 1;
  quota.used += record.cost;
  return tagged;
}

function withEtag(answer: HttpAnswer, { headers }: Incoming): HttpAnswer {
  const hash = createHash('sha256')
    .update(JSON.stringify([answer.body, answer.headers?.['link'] ?? null]))
    .digest('hex');
  const etag = `W/"${hash}"`;
  const withTag = { ...answer, headers: { ...answer.headers, etag } };
  if (headers['if-none-match'] !== etag) return withTag;
  return { status: 304, headers: withTag.headers };
}

/** Returns what a body says; undefined where it is no JSON. An empty one says nothing. */
export function readBody(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
