import { type ActionContext, AdjutantError, type ExecuteResult } from '@adjutant/core';
import type { z } from 'zod';
import type { Address } from '../http/address.ts';
import {
  type FailedRequest,
  mayPass,
  noAnswer,
  quotable,
  secretsIn,
  readError,
  readRetryAfter,
} from '../http/failed-request.ts';
import { guardFetch } from '../http/guarded-fetch.ts';
import { refuseProxiedLoopback } from '../http/loopback-proxy.ts';
import { type JsonAnswer, type JsonRequest, sendJson } from '../http/send-json.ts';
import type { Vendor } from '../http/vendor.ts';
import { neutralText } from './neutral-text.ts';
import { wasNeverSent } from './was-never-sent.ts';

const timeoutMs = 30_000;
const defaultWaitMs = 60_000;

/** How a write ended: with an answer, or with a result that the engine can be told. */
export type Sent =
  | { ok: true; data: unknown }
  | { ok: false; status: number | null; result: ExecuteResult };

export type Headers = Readonly<Record<string, string>>;

export interface RestAccessOptions {
  vendor: Vendor;
  address: Address;
  /** Headers of the credential for reading. */
  authorizeRead: () => Promise<Headers>;
  /** Headers of the credential for writing; null where there is none. */
  authorizeWrite: (() => Promise<Headers>) | null;
  /** What to say where there is none. */
  noWriteCredential: string;
  messageOf: (body: unknown) => string;
  /** Sends one request, in place of `sendJson`: for a vendor with a client or a manner of its own. */
  transport?: typeof sendJson;
}

/** One action's way to a vendor. Each request is made once: trying again is the engine's. */
export interface RestAccess {
  /** Returns what is wrong with the credential for writing, as far as it shows before it is used. */
  writeTrouble(): Promise<string | null>;
  /** @throws AdjutantError */
  read<Data>(request: JsonRequest, schema: z.ZodType<Data>, what: string): Promise<Data>;
  /** Like `read`, as whoever writes: for what only that one may see. @throws AdjutantError */
  readAsWriter<Data>(request: JsonRequest, schema: z.ZodType<Data>, what: string): Promise<Data>;
  /**
   * Sends with the credential for writing. `isLimit` tells failures that surely changed nothing.
   * @throws AdjutantError `Upstream` where it is not known whether it was applied
   */
  send(request: JsonRequest): Promise<Sent>;
}

/** Returns the way of one call of an action; nothing is sent yet. */
export function createRestAccess(context: ActionContext, options: RestAccessOptions): RestAccess {
  const { vendor, address, messageOf, transport = sendJson } = options;
  const { source, title } = vendor;
  // What no answer is quoted with.
  const sent = new Set<string>();

  const once = async (
    request: JsonRequest,
    authorize: () => Promise<Headers>,
    followsRedirects: boolean,
  ): Promise<JsonAnswer> => {
    refuseProxiedLoopback(address, process, vendor);
    const credential = await authorize();
    for (const secret of secretsIn(credential)) sent.add(secret);
    const headers = { ...request.headers, ...credential };
    const guarded = guardFetch(context.fetch, address, { vendor, followsRedirects });
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(timeoutMs)]);
    const place = { baseUrl: address.baseUrl, vendor };
    return await transport(guarded.fetch, place, { ...request, headers }, signal);
  };
  const failureOf = ({ status, headers, data }: JsonAnswer): FailedRequest => ({
    status,
    headers,
    message: quotable(messageOf(data), sent),
  });

  const readWith = async <Data>(
    authorize: () => Promise<Headers>,
    request: JsonRequest,
    { schema, what }: { schema: z.ZodType<Data>; what: string },
  ): Promise<Data> => {
    let answer: JsonAnswer;
    try {
      answer = await once(request, authorize, true);
    } catch (error) {
      context.signal.throwIfAborted();
      if (AdjutantError.isInstance(error)) throw error;
      throw readError(noAnswer, what, vendor);
    }
    if (answer.status >= 300) {
      const failure = failureOf(answer);
      if (answer.status === 429) throw asksToWait(failure, vendor, context);
      throw readError(failure, what, vendor);
    }
    const result = schema.safeParse(answer.data);
    if (result.success) return result.data;
    throw new AdjutantError('Upstream', `${title} described ${what} in a form that is not known.`, {
      source,
      hint: `Update Adjutant, or check what stands between it and ${title}.`,
    });
  };

  return {
    async writeTrouble() {
      if (options.authorizeWrite === null) {
        return 'none: enter one first, or it will be refused when it is carried out';
      }
      try {
        await options.authorizeWrite();
        return null;
      } catch (error) {
        return AdjutantError.isInstance(error) ? error.message : 'it cannot be read';
      }
    },
    read: async (request, schema, what) =>
      await readWith(options.authorizeRead, request, { schema, what }),
    async readAsWriter(request, schema, what) {
      const { authorizeWrite } = options;
      if (authorizeWrite === null) {
        throw new AdjutantError('Configuration', options.noWriteCredential, { source });
      }
      return await readWith(authorizeWrite, request, { schema, what });
    },
    async send(request) {
      const { authorizeWrite } = options;
      if (authorizeWrite === null) {
        return refused(null, options.noWriteCredential);
      }
      let answer: JsonAnswer;
      try {
        answer = await once(request, authorizeWrite, false);
      } catch (error) {
        // Ours, from before anything was sent: another host, a token that cannot be one.
        if (AdjutantError.isInstance(error) && error.code === 'Configuration') {
          const { message, hint } = error;
          return refused(null, hint === null ? message : `${message} ${hint}`);
        }
        if (wasNeverSent(error)) {
          const reason = `${title} could not be reached; nothing was sent.`;
          return { ok: false, status: null, result: { outcome: 'not_applied', reason } };
        }
        throw unknownOutcome(null, vendor);
      }
      if (answer.status < 300) return { ok: true, data: answer.data };
      return endedBadly(failureOf(answer), vendor, context);
    },
  };
}

function asksToWait(
  { headers }: FailedRequest,
  { source, title }: Vendor,
  { clock }: ActionContext,
): AdjutantError {
  return new AdjutantError('RateLimited', `${title} asks to wait.`, {
    source,
    retryAfterMs: readRetryAfter(headers, clock.now()) ?? defaultWaitMs,
    hint: 'It is tried again by itself.',
  });
}

function endedBadly(failure: FailedRequest, vendor: Vendor, { clock }: ActionContext): Sent {
  const { status, headers } = failure;
  const { title } = vendor;
  const said = failure.message === '' ? '' : ` It said: ${neutralText(failure.message, 300)}`;
  if (status === 429) {
    const retryAfterMs = readRetryAfter(headers, clock.now()) ?? defaultWaitMs;
    const reason = `${title} asks to wait.`;
    return { ok: false, status, result: { outcome: 'not_applied', reason, retryAfterMs } };
  }
  if (mayPass(failure)) throw unknownOutcome(status, vendor);
  if (status === 401)
    return refused(status, `${title} does not accept the credential for writing.`);
  if (status === 403) return refused(status, `The credential for writing may not do this.${said}`);
  if (status === null || status < 400) {
    return refused(status, 'It is no longer there under this name; nothing was changed.');
  }
  return refused(status, `${title} refused it (${status}).${said}`);
}

function unknownOutcome(status: number | null, { source, title }: Vendor): AdjutantError {
  const what = status === null ? 'gave no answer' : `failed (${status})`;
  return new AdjutantError('Upstream', `${title} ${what}; whether it was done is not known.`, {
    source,
    ...(status === null ? {} : { status }),
    hint: 'It is looked for by itself.',
  });
}

function refused(status: number | null, reason: string): Sent {
  return { ok: false, status, result: { outcome: 'refused', reason } };
}
