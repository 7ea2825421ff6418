import { AdjutantError, type ConnectorContext } from '@adjutant/core';
import { quotable } from '../../http/failed-request.ts';
import { createGovernor, type Governor } from '../../http/governor.ts';
import { githubVendor } from '../github-vendor.ts';
import { type ApiAddress, readApiAddress } from './api-address.ts';
import { createOctokit, type SendRequest } from './create-octokit.ts';
import type { CredentialConfig } from './credential.ts';
import { downloadLink } from './download-link.ts';
import { type FailedRequest, isLimit, readFailure, toAdjutantError } from './foreign-errors.ts';
import { readJsonBody } from './read-json-body.ts';
import {
  type GraphqlAnswer,
  isQuotaProblem,
  isRefusal,
  isSizeProblem,
  readGraphqlBody,
  readRateLimit,
} from './graphql-answer.ts';

const maxAttempts = 8;
const firstBackoffMs = 1_000;
const longestBackoffMs = 60_000;
const defaultLimitWaitMs = 60_000;
/** Points that a page of which none was asked yet is taken to cost: as the dearest of ours does. */
const costOfUnknownPage = 3;

/** A page was more than GitHub does in its ten seconds: ask for fewer at once. */
export class PageTooHeavy extends Error {}

export interface GraphqlRequest {
  /** Name of the operation in the text. */
  name: string;
  text: string;
  variables: Readonly<Record<string, unknown>>;
  /** A page whose size the caller can halve: then it is told instead of asked again. */
  isPage?: boolean;
}

export interface RestAnswer {
  status: number;
  /** True where nothing has changed since the tag that was sent. */
  notModified: boolean;
  data: unknown;
  headers: Readonly<Record<string, string>>;
  serverNow: number;
}

/** The budgets that GitHub counts by. */
type QuotaName = 'graphql' | 'core';

export interface GithubClient {
  address: ApiAddress;
  governor: Governor<QuotaName>;
  graphql(request: GraphqlRequest): Promise<GraphqlAnswer>;
  /**
   * Reads below the base URL. What is large is parsed plainly: no number beyond 2^53 is in it.
   * @throws AdjutantError, none for 304
   */
  get(
    path: string,
    query: Readonly<Record<string, string | number>>,
    etag?: string | null,
    options?: { isLarge?: boolean },
  ): Promise<RestAnswer>;
  /**
   * Returns what a short-lived signed link leads to; null where the link is no longer taken. It lies
   * on another host, which gets no credential and has no part in the quota.
   * @throws AdjutantError
   */
  download(link: string): Promise<string | null>;
  /** The server's time as far as its answers tell. @unit epoch milliseconds */
  serverNow(): number;
}

type Context = ConnectorContext<CredentialConfig>;

/** Returns the one client of a pass; nothing is sent yet. */
export function createClient(context: Context): GithubClient {
  const governor = createGovernor<QuotaName>(context, githubVendor);
  const address = readApiAddress(context.config.baseUrl);
  const { clock } = context;
  let octokit: ReturnType<typeof createOctokit> | null = null;
  let offsetMs = 0;
  const costs = new Map<string, number>();
  const serverNow = (): number => clock.now() + offsetMs;

  const noteDate = (headers: Readonly<Record<string, string>>): void => {
    const date = Date.parse(headers['date'] ?? '');
    if (!Number.isNaN(date)) offsetMs = date - clock.now();
  };
  const note = (quota: QuotaName, headers: Readonly<Record<string, string>>): void => {
    noteDate(headers);
    const limit = Number(headers['x-ratelimit-limit'] ?? Number.NaN);
    const remaining = Number(headers['x-ratelimit-remaining'] ?? Number.NaN);
    const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
    if (!(limit > 0) || Number.isNaN(remaining) || Number.isNaN(reset)) return;
    // By our own clock, because waiting is done by it.
    governor.report(quota, { limit, remaining, resetAt: reset * 1_000 - offsetMs });
  };

  const attempt = async <Result>(
    options: { quota: QuotaName; cost: number; what: string; isPage: boolean },
    send: (send: SendRequest) => Promise<Result | Wait>,
  ): Promise<Result> => {
    octokit ??= createOctokit(context);
    const client = await octokit;
    return await governor.inTurn(async () => {
      for (let count = 1; ; count += 1) {
        context.signal.throwIfAborted();
        governor.take(options.quota, options.cost);
        const outcome = await send(client.send).catch((error: unknown) =>
          afterFailure(error, count, options),
        );
        if (!(outcome instanceof Wait)) return outcome;
        if (count >= maxAttempts) throw outcome.error;
        await governor.wait(outcome.milliseconds, outcome.reason);
        if (outcome.reason === 'quota') governor.forget(options.quota);
      }
    });
  };

  const afterFailure = (
    error: unknown,
    count: number,
    { quota, what, isPage }: { quota: QuotaName; what: string; isPage: boolean },
  ): Wait => {
    context.signal.throwIfAborted();
    if (AdjutantError.isInstance(error) || error instanceof PageTooHeavy) throw error;
    const inner = error instanceof Error ? error.cause : null;
    if (AdjutantError.isInstance(inner)) throw inner;
    const failure = readFailure(error) ?? noAnswer;
    const converted = toAdjutantError(failure, what);
    const { status } = failure;
    if (isLimit(failure)) return limitWait(failure, serverNow(), count, what);
    if (isPage && (status === 502 || status === 504)) throw new PageTooHeavy();
    if (status === null || (status >= 500 && status !== 501))
      return new Wait(backoff(count), 'failure', converted);
    note(quota, failure.headers);
    throw converted;
  };

  return {
    address,
    governor,
    serverNow,
    async graphql({ name, text, variables, isPage = false }) {
      const known = costs.get(name) ?? (isPage ? costOfUnknownPage : 1);
      // A page that GitHub breaks off is charged twice.
      const cost = isPage ? known * 2 : known;
      const what = 'this data';
      return await attempt({ quota: 'graphql', cost, what, isPage }, async (send) => {
        const answer = await send({
          method: 'POST',
          url: address.graphqlUrl,
          query: text,
          variables,
          operationName: name,
          request: { parseSuccessResponseBody: false },
        });
        const headers = plainHeaders(answer.headers);
        const body = readGraphqlBody(await readJsonBody(answer.data));
        if (body === null) throw toAdjutantError({ ...noAnswer, status: 502 }, what);
        if (body.problems.some(isQuotaProblem)) {
          noteDate(headers);
          const failure = { status: 200, headers, message: '', body: null };
          return limitWait(failure, serverNow(), 1, what);
        }
        note('graphql', headers);
        const rateLimit = readRateLimit(body.data);
        if (rateLimit !== null) costs.set(name, Math.max(costs.get(name) ?? 1, rateLimit.cost));
        // A refusal without data is an answer too: the caller knows what it can do without.
        if (body.data === null && !body.problems.some(isRefusal)) {
          return whenEmpty(body.problems, isPage, what);
        }
        return { data: body.data ?? {}, problems: body.problems, serverNow: serverNow() };
      });
    },
    async download(link) {
      octokit ??= createOctokit(context);
      const { fetchSignedLink } = await octokit;
      return await governor.inTurn(() =>
        downloadLink({ ...context, governor, address }, fetchSignedLink, link),
      );
    },
    async get(path, query, etag = null, { isLarge = false } = {}) {
      const what = 'this list';
      return await attempt({ quota: 'core', cost: 1, what, isPage: false }, async (send) => {
        const url = restUrl(address, path, query);
        const headers = etag === null ? {} : { 'if-none-match': etag };
        try {
          const request = isLarge ? { parseSuccessResponseBody: false } : {};
          const answer = await send({ method: 'GET', url, headers, request });
          const plain = plainHeaders(answer.headers);
          note('core', plain);
          const data = isLarge ? await readJsonBody(answer.data) : answer.data;
          if (isLarge && data === null) throw toAdjutantError({ ...noAnswer, status: 502 }, what);
          return {
            status: answer.status,
            notModified: false,
            data,
            headers: plain,
            serverNow: serverNow(),
          };
        } catch (error) {
          const failure = readFailure(error);
          if (failure?.status !== 304) throw error;
          note('core', failure.headers);
          return {
            status: 304,
            notModified: true,
            data: null,
            headers: failure.headers,
            serverNow: serverNow(),
          };
        }
      });
    },
  };
}

/** What to do before the next attempt, and what to say if there is none. */
class Wait {
  readonly milliseconds: number;
  readonly reason: 'quota' | 'secondary' | 'failure';
  readonly error: AdjutantError;

  constructor(milliseconds: number, reason: Wait['reason'], error: AdjutantError) {
    this.milliseconds = milliseconds;
    this.reason = reason;
    this.error = error;
  }
}

const noAnswer: FailedRequest = { status: null, headers: {}, message: '', body: null };

function backoff(count: number): number {
  return Math.min(longestBackoffMs, firstBackoffMs * 2 ** (count - 1));
}

function limitWait(
  { headers, status }: FailedRequest,
  serverNow: number,
  count: number,
  what: string,
): Wait {
  const retryAfter = Number(headers['retry-after'] ?? Number.NaN);
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  const isUsedUp = headers['x-ratelimit-remaining'] === '0' || status === 200;
  const untilReset = reset * 1_000 - serverNow + 1_000;
  const milliseconds = !Number.isNaN(retryAfter)
    ? retryAfter * 1_000
    : isUsedUp && untilReset > 0
      ? untilReset
      : Math.min(longestBackoffMs * 15, defaultLimitWaitMs * 2 ** (count - 1));
  const error = new AdjutantError('RateLimited', `GitHub gives ${what} no more for now.`, {
    source: 'github',
    retryAfterMs: milliseconds,
    hint: 'Run "adjutant sync" again later; it goes on where it stopped.',
  });
  return new Wait(milliseconds, isUsedUp ? 'quota' : 'secondary', error);
}

function whenEmpty(
  problems: readonly { type?: string | null | undefined; message: string }[],
  isPage: boolean,
  what: string,
): Wait {
  if (isPage && problems.some(isSizeProblem)) throw new PageTooHeavy();
  const failure = { ...noAnswer, status: 500, message: quotable(problems[0]?.message ?? '') };
  return new Wait(firstBackoffMs, 'failure', toAdjutantError(failure, what));
}

function plainHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

function restUrl(
  { baseUrl }: ApiAddress,
  path: string,
  query: Readonly<Record<string, string | number>>,
): string {
  const url = new URL(`${baseUrl}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return url.href;
}
