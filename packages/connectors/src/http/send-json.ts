import { parseOutsideJson } from '@adjutant/core/ports';
import { AdjutantError } from '@adjutant/core';
import type { Vendor } from './vendor.ts';

export type QueryValue =
  | string
  | number
  | boolean
  | readonly (string | number)[]
  | null
  | undefined;

/** One request below a base URL. */
export interface JsonRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Begins with a slash. */
  path: string;
  query?: Readonly<Record<string, QueryValue>>;
  /** Sent as JSON; `URLSearchParams` as a form. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** An answer of any status. */
export interface JsonAnswer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** What the body holds; null where it is empty or is no JSON. */
  data: unknown;
}

/** More than any page of ours; a body without an end must not fill the memory. */
const largestBodyBytes = 64 * 1_024 * 1_024;

/**
 * Sends one request and reads its answer, whatever its status. A list in the query is one parameter
 * for each of its members. @throws whatever fetch throws where there is no answer
 * @throws AdjutantError `Upstream` for a body beyond 64 MB
 */
export async function sendJson(
  fetchJson: typeof fetch,
  { baseUrl, vendor }: { baseUrl: string; vendor: Vendor },
  { method, path, query = {}, body, headers = {} }: JsonRequest,
  signal: AbortSignal,
): Promise<JsonAnswer> {
  const url = new URL(`${baseUrl}${path}`);
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    for (const one of typeof value === 'object' ? value : [value]) {
      url.searchParams.append(name, String(one));
    }
  }
  const isForm = body instanceof URLSearchParams;
  const contentType = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  const response = await fetchJson(url.href, {
    method,
    signal,
    headers: {
      accept: 'application/json',
      'user-agent': 'adjutant',
      ...(body === undefined ? {} : { 'content-type': contentType }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm ? body.toString() : JSON.stringify(body) }),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    data: parsed(await readBodyText(response, vendor)),
  };
}

/** The types of the platform say nothing of what a body is made of. */
async function* bytesOf(body: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const part of body) if (part instanceof Uint8Array) yield part;
}

/** Returns the text of a body. @throws AdjutantError `Upstream` beyond 64 MB */
export async function readBodyText(response: Response, { source, title }: Vendor): Promise<string> {
  if (response.body === null) return '';
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of bytesOf(response.body)) {
    length += part.byteLength;
    if (length > largestBodyBytes) {
      throw new AdjutantError('Upstream', `${title} gave a larger answer than is read.`, {
        source,
        hint: 'Check the base URL.',
      });
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return parseOutsideJson(text);
  } catch {
    return null;
  }
}
