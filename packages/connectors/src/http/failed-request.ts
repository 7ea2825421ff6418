import { AdjutantError } from '@adjutant/core';
import type { Vendor } from './vendor.ts';

/** What went wrong with a request, as far as it decides what to do next. */
export interface FailedRequest {
  /** Null where there was no answer. */
  status: number | null;
  headers: Readonly<Record<string, string>>;
  /** The server's own words, cut, and without what could be a credential that it was sent. */
  message: string;
}

export const noAnswer: FailedRequest = { status: null, headers: {}, message: '' };

const longestWord = 30;

const shortestSecret = 6;

/**
 * Whatever stands between us and a vendor may repeat what it was sent: long words are left out, and
 * so is every word with a part of a credential in it, however short that is.
 */
export function quotable(words: string, secrets: Iterable<string> = []): string {
  const known = [...secrets];
  return words
    .slice(0, 300)
    .split(/\s+/)
    .map((word) =>
      word.length > longestWord || known.some((one) => word.includes(one)) ? '…' : word,
    )
    .join(' ');
}

/** Returns what of the headers that carry a credential is secret, in every form that may be repeated. */
export function secretsIn(headers: Readonly<Record<string, string>>): string[] {
  return Object.values(headers).flatMap((value) => {
    const words = value.split(/[\s,;"']+/).flatMap((word) => [word, word.replace(/^\w+=/, '')]);
    // A basic authentication holds the token in another form, after the name of the account.
    const decoded = words.map((word) => Buffer.from(word, 'base64').toString('utf8'));
    const tokens = decoded.flatMap((text) =>
      text.includes(':') ? [text.slice(text.indexOf(':') + 1)] : [],
    );
    const plain = [...words, ...tokens].filter(({ length }) => length >= shortestSecret);
    return plain.flatMap((one) => [one, encodeURIComponent(one)]);
  });
}

/**
 * Returns for how long `Retry-After` asks to wait: seconds or a date, by the server's own time; null
 * where it is missing or is neither. @unit milliseconds
 */
export function readRetryAfter(
  headers: Readonly<Record<string, string>>,
  serverNow: number,
): number | null {
  const text = headers['retry-after']?.trim() ?? '';
  if (text === '') return null;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1_000;
  // Anything with a letter that is a date; "-5" and "soon" are none.
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - serverNow);
}

/** True for a failure that may pass by itself. */
export function mayPass({ status }: FailedRequest): boolean {
  return status === null || status === 408 || (status >= 500 && status !== 501);
}

/** Returns the error of a read that others see: what happened, and what to do next. */
export function readError(failure: FailedRequest, what: string, vendor: Vendor): AdjutantError {
  const { status, message } = failure;
  const { source, title, page } = vendor;
  const options = { source, ...(status === null ? {} : { status }) };
  const said = message === '' ? '' : ` It said: ${message}`;
  if (mayPass(failure)) {
    const text =
      status === null ? `${title} could not be reached.` : `${title} failed (${status}).`;
    return new AdjutantError('Upstream', `${text}${said}`, {
      ...options,
      retryable: true,
      hint: 'It goes on where it stopped when it is tried again.',
    });
  }
  if (status === 401) {
    return new AdjutantError('Authentication', `${title} does not accept the credential.`, {
      ...options,
      hint: 'It may have expired or been revoked: make a new one and enter it again.',
    });
  }
  if (status === 403) {
    return new AdjutantError('Permission', `The credential may not read ${what}.${said}`, {
      ...options,
      hint: `Give it the permissions that ${page} lists.`,
    });
  }
  if (status === 404 || status === 410) {
    return new AdjutantError('NotFound', `${title} shows no ${what} to this credential.`, {
      ...options,
      hint: 'Check the name, and that the credential may read it.',
    });
  }
  return new AdjutantError(
    'Upstream',
    `${title} refused to give ${what} (${status}).${said}`,
    options,
  );
}
