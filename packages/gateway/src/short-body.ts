import { AdjutantError } from '@adjutant/core';
import { createMiddleware } from 'hono/factory';
import type { GatewayVariables } from './gateway-variables.ts';
import { readBody } from './request-body.ts';

/** Longest body that a request may have. @unit bytes */
const longestBodyBytes = 512_000;

/**
 * Refuses a body that is too long, also one that does not say how long it is. Not for a read, which has
 * none: looking for one would make a whole request of what is only a head, which costs as much as its
 * read.
 * @throws AdjutantError `InvalidInput`
 */
export const shortBody = createMiddleware<GatewayVariables>(async (context, next) => {
  const { raw } = context.req;
  const told = raw.headers.get('content-length');
  if (told !== null) {
    if (Number(told) > longestBodyBytes) throw tooLarge();
    return next();
  }
  const body = await readBody(raw, longestBodyBytes);
  if (body === null) throw tooLarge();
  const { method, headers, signal } = raw;
  // From its parts: what a server hands on may be less than a whole request.
  const whole = new Request(raw.url, { method, headers, signal, body });
  madeOf.set(whole, raw);
  context.req.raw = whole;
  return next();
});

/** Which request came in for one that was made of it. */
const madeOf = new WeakMap<Request, Request>();

/** Returns the request as it came in: what was made of it is unknown to whoever took it in. */
export function asItCame(request: Request): Request {
  return madeOf.get(request) ?? request;
}

function tooLarge(): AdjutantError {
  return new AdjutantError('InvalidInput', 'The request is too large.');
}
