import { parseOutsideJson } from '@adjutant/core/ports';
import { z } from 'zod';
import { type JsonAnswer, readBodyText, type sendJson } from '../../http/send-json.ts';
import { statusOf } from './error-status.ts';

const bodySchema = z.object({ ok: z.boolean(), error: z.string().nullish().catch(null) });
const failureSchema = z.object({
  error: z.string().catch('unknown_error'),
  needed: z.string().nullish().catch(null),
});
/** Statuses that go with no body at all. */
const bodiless = new Set([101, 204, 205, 304]);
/**
 * Sends one request through Slack's own client and reads its answer. The client's retries and its
 * waiting are off: it counts nothing, and waits where nobody can see it. Slack answers nearly
 * everything with 200; what its words mean stands in the status that is given back.
 */
export const sendSlack: typeof sendJson = async (guarded, { baseUrl, vendor }, request, signal) => {
  // Loaded with the first request: most programs ask Slack for nothing.
  const { LogLevel, WebClient } = await import('./slack-library.ts');
  const outcome: { answer: JsonAnswer | null; failure: unknown } = { answer: null, failure: null };
  const recorded: typeof fetch = async (input, init) => {
    try {
      const response = await guarded(input, { ...init, signal });
      const text = await readBodyText(response, vendor);
      const { status } = response;
      const headers = Object.fromEntries(response.headers);
      outcome.answer = { status, headers, data: parsed(text) };
      return new Response(bodiless.has(status) ? null : text, { status, headers: plain(headers) });
    } catch (error) {
      outcome.failure = error;
      throw error;
    }
  };
  const client = new WebClient(undefined, {
    slackApiUrl: `${baseUrl}/`,
    fetch: recorded,
    headers: { 'User-Agent': 'adjutant', ...authorizationOf(request.headers) },
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: {
      debug: drop,
      info: drop,
      warn: drop,
      error: drop,
      setLevel: drop,
      getLevel: () => LogLevel.ERROR,
      setName: drop,
    },
  });
  try {
    await client.apiCall(request.path.slice(1), { ...argumentsOf(request.body) });
  } catch (error) {
    // Its errors hold whole answers; what matters of them was noted on the way.
    if (outcome.answer === null) throw outcome.failure ?? error;
  }
  if (outcome.answer === null) throw new TypeError('The client sent nothing.');
  return judged(outcome.answer);
};

/** Returns the answer under the status that it deserves; one that breaks off is none. */
function judged(answer: JsonAnswer): JsonAnswer {
  if (answer.status !== 200) return answer;
  const body = bodySchema.safeParse(answer.data);
  if (!body.success) return { ...answer, status: 502, data: null };
  if (body.data.ok) return answer;
  return { ...answer, status: statusOf(body.data.error ?? '') };
}

/** Returns Slack's own word for a failure, with the scope that it misses. */
export function slackMessageOf(body: unknown): string {
  const failure = failureSchema.safeParse(body);
  if (!failure.success) return '';
  const { error, needed } = failure.data;
  return needed === null || needed === undefined || needed === ''
    ? error
    : `${error} (it needs ${needed})`;
}

function authorizationOf(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { authorization } = headers;
  return authorization === undefined ? {} : { Authorization: authorization };
}

function argumentsOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

/** The body was unpacked on the way here, so what says how it was packed is not true of it any more. */
function plain(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { 'content-encoding': _, 'content-length': __, ...rest } = headers;
  return rest;
}

function parsed(text: string): unknown {
  try {
    return parseOutsideJson(text);
  } catch {
    return null;
  }
}

function drop(): void {
  // Its messages quote requests and answers; what matters becomes an error or a gap.
}
