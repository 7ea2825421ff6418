import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import { quotable } from '../../http/failed-request.ts';

const errorSchema = z.object({
  status: z.number(),
  response: z
    .object({
      headers: z.record(z.string(), z.unknown()).default({}),
      data: z.unknown(),
      url: z.string().nullish(),
    })
    .nullish(),
});
const bodySchema = z.object({ message: z.string() });

/** What went wrong with a request, as far as it decides what to do next. */
export interface FailedRequest {
  /** Null where there was no answer. */
  status: number | null;
  headers: Readonly<Record<string, string>>;
  /** The server's own words, cut, and without what could be a credential that it was sent. */
  message: string;
  body: unknown;
}

/** Returns what an error of the client tells; null where it is no failed request. */
export function readFailure(error: unknown): FailedRequest | null {
  const parsed = errorSchema.safeParse(error);
  if (!parsed.success) return null;
  const { response, status } = parsed.data;
  if (response === null || response === undefined) {
    return { status: null, headers: {}, message: 'no answer', body: null };
  }
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const body = bodySchema.safeParse(response.data);
  const message = body.success ? quotable(body.data.message) : '';
  return { status, headers, message, body: response.data };
}

/** True for a refusal that passes by itself after a while. */
export function isLimit({ status, headers, message }: FailedRequest): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers['retry-after'] !== undefined ||
    headers['x-ratelimit-remaining'] === '0' ||
    /rate limit|abuse/i.test(message)
  );
}

/** Returns the error that others see. The original is dropped: it holds the request with its headers. */
export function toAdjutantError(failure: FailedRequest, what: string): AdjutantError {
  const { status, headers, message } = failure;
  const options = { source: 'github', ...(status === null ? {} : { status }) };
  if (status === 401) {
    return new AdjutantError('Authentication', 'GitHub does not accept the credential.', {
      ...options,
      hint: 'It may have expired or been revoked: make a new one and enter it again.',
    });
  }
  if (status === 404 || status === 410 || status === 451) {
    return new AdjutantError('NotFound', `GitHub shows no ${what} to this credential.`, {
      ...options,
      hint: 'Check the name, and that the credential may read it.',
    });
  }
  if (status === 403) {
    const wanted = headers['x-accepted-github-permissions'];
    const sso = headers['x-github-sso'] !== undefined;
    const hint = sso
      ? 'The organization asks for single sign-on: authorize the token for it.'
      : wanted === undefined
        ? 'Give it the permissions that docs/connectors/github.md lists.'
        : `It needs: ${quotable(wanted)}.`;
    return new AdjutantError('Permission', `The credential may not read ${what}.`, {
      ...options,
      hint,
    });
  }
  const said = message === '' ? '' : ` It said: ${message}`;
  if (status === null || status >= 500) {
    const text = status === null ? 'GitHub could not be reached.' : `GitHub failed (${status}).`;
    return new AdjutantError('Upstream', `${text}${said}`, {
      ...options,
      retryable: true,
      hint: 'Run "adjutant sync" again later; it goes on where it stopped.',
    });
  }
  return new AdjutantError(
    'Upstream',
    `GitHub refused to give ${what} (${status}).${said}`,
    options,
  );
}
