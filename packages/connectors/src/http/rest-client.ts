import { AdjutantError, type ConnectorContext } from '@adjutant/core';
import type { Address } from './address.ts';
import {
  type FailedRequest,
  mayPass,
  noAnswer,
  quotable,
  readError,
  readRetryAfter,
  secretsIn,
} from './failed-request.ts';
import { createGovernor, type Governor } from './governor.ts';
import { guardFetch } from './guarded-fetch.ts';
import { refuseProxiedLoopback } from './loopback-proxy.ts';
import { type JsonAnswer, type JsonRequest, sendJson } from './send-json.ts';
import type { Vendor } from './vendor.ts';

const maxAttempts = 8;
const firstBackoffMs = 1_000;
const longestBackoffMs = 60_000;
const limitWaitMs = 30_000;
const requestTimeoutMs = 60_000;

/** What a vendor's answers say is left of its budget; null where they do not. */
export interface QuotaReading {
  limit: number;
  remaining: number;
  /** How long until it is whole again. @unit milliseconds */
  resetInMs: number;
}

export interface RestClientOptions {
  vendor: Vendor;
  address: Address;
  /** Returns the headers that carry the credential; asked for each request, because it may rotate. */
  authorize: () => Promise<Readonly<Record<string, string>>>;
  /** Returns the words of a failure, from its body. */
  messageOf: (body: unknown) => string;
  /** The words of a 401 that refuses a scope and not the credential: other requests go on. */
  scopeRefusal?: RegExp;
  /** Sends one request, in place of `sendJson`: for a vendor with a client or a manner of its own. */
  send?: typeof sendJson;
  readQuota?: (headers: Readonly<Record<string, string>>, serverNow: number) => QuotaReading | null;
  /** Waits at the reserve, where a quota is one of a minute; the reserve of an hour ends the pass. */
  waitsAtReserve?: boolean;
}

/** The one client of a pass: requests follow one another, and what fails for a while is asked again. */
export interface RestClient {
  address: Address;
  governor: Governor;
  /** Reads. @throws AdjutantError for every answer that is none of success */
  read(request: JsonRequest, what: string): Promise<JsonAnswer>;
  /** The server's time as far as its answers tell. @unit epoch milliseconds */
  serverNow(): number;
}

type Context = Pick<ConnectorContext<unknown>, 'clock' | 'logger' | 'fetch' | 'signal'>;

/** Returns the client of a pass; nothing is sent yet. */
export function createRestClient(context: Context, options: RestClientOptions): RestClient {
  const {
    vendor,
    address,
    authorize,
    messageOf,
    readQuota,
    send = sendJson,
    waitsAtReserve,
  } = options;
  const { clock, signal } = context;
  const governor = createGovernor(context, vendor);
  const guarded = guardFetch(context.fetch, address, { vendor });
  let offsetMs = 0;
  const serverNow = (): number => clock.now() + offsetMs;

  const note = ({ headers }: Pick<JsonAnswer, 'headers'>): void => {
    const date = Date.parse(headers['date'] ?? '');
    if (!Number.isNaN(date)) offsetMs = date - clock.now();
    const quota = readQuota?.(headers, serverNow()) ?? null;
    if (quota === null || !(quota.limit > 0)) return;
    const { limit, remaining, resetInMs } = quota;
    governor.report('requests', { limit, remaining, resetAt: clock.now() + resetInMs });
  };

  /** One attempt: an answer of success, or what to do instead. */
  const attempt = async (request: JsonRequest): Promise<JsonAnswer | FailedRequest> => {
    refuseProxiedLoopback(address, process, vendor);
    const credential = await authorize();
    const headers = { ...request.headers, ...credential };
    const timed = AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]);
    try {
      const place = { baseUrl: address.baseUrl, vendor };
      const answer = await send(guarded.fetch, place, { ...request, headers }, timed);
      note(answer);
      const isBroken = answer.data === null && answer.status === 200;
      // A body that breaks off is no answer.
      if (answer.status < 300 && !isBroken) return answer;
      const message = quotable(messageOf(answer.data), secretsIn(credential));
      const lacksScope = answer.status === 401 && options.scopeRefusal?.test(message) === true;
      const status = isBroken ? 502 : lacksScope ? 403 : answer.status;
      return { status, headers: answer.headers, message };
    } catch (error) {
      signal.throwIfAborted();
      if (AdjutantError.isInstance(error)) throw error;
      return noAnswer;
    }
  };

  return {
    address,
    governor,
    serverNow,
    async read(request, what) {
      return await governor.inTurn(async () => {
        for (let count = 1; ; count += 1) {
          signal.throwIfAborted();
          // Each attempt counts, so also one that follows a failure may come to the reserve.
          if (waitsAtReserve === true) await governor.makeRoom('requests', 1);
          governor.take('requests', 1);
          const outcome = await attempt(request);
          if ('data' in outcome) return outcome;
          const isLimit = isLimitAnswer(outcome);
          if (!isLimit && !mayPass(outcome)) throw readError(outcome, what, vendor);
          const waitMs = isLimit
            ? (readRetryAfter(outcome.headers, serverNow()) ??
              resetWaitMs(readQuota?.(outcome.headers, serverNow()) ?? null) ??
              limitWaitMs * 2 ** (count - 1))
            : Math.max(
                backoffMs(count),
                // A server that is being repaired may say when it is back.
                readRetryAfter(outcome.headers, serverNow()) ?? 0,
              );
          if (count >= maxAttempts) {
            throw isLimit ? limited(vendor, waitMs) : readError(outcome, what, vendor);
          }
          await governor.wait(waitMs, isLimit ? 'limit' : 'failure');
          if (isLimit) governor.forget('requests');
        }
      });
    },
  };
}

function isLimitAnswer({ status, headers }: FailedRequest): boolean {
  return status === 429 || (status === 403 && headers['retry-after'] !== undefined);
}

/** Where a quota is used up and nothing says how long to wait, it is until the quota is whole again. */
function resetWaitMs(quota: QuotaReading | null): number | null {
  return quota !== null && quota.remaining <= 0 ? quota.resetInMs : null;
}

function backoffMs(count: number): number {
  return Math.min(longestBackoffMs, firstBackoffMs * 2 ** (count - 1));
}

function limited({ source, title }: Vendor, retryAfterMs: number): AdjutantError {
  return new AdjutantError('RateLimited', `${title} gives no more for now.`, {
    source,
    retryAfterMs,
    hint: 'Run "adjutant sync" again later; it goes on where it stopped.',
  });
}
