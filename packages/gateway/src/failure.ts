import {
  AdjutantError,
  type AdjutantErrorCode,
  createTextRedactor,
  type Logger,
} from '@adjutant/core';
import { visibleJson } from '@adjutant/core/ports';
import type { Context, Hono } from 'hono';
import type { GatewayVariables } from './gateway-variables.ts';
import type { Principal } from './auth/principal.ts';
import { messagePage } from './html/layout.ts';
import { addSecurityHeaders, securityHeaders } from './security-headers.ts';
import { csrfTokenOf } from './session-cookie.ts';

/** What somebody is told. */
export interface Failure {
  status: 400 | 401 | 403 | 404 | 409 | 429 | 500 | 503;
  code: string;
  message: string;
  hint: string | null;
}

const statusOf: Readonly<Partial<Record<AdjutantErrorCode, Failure['status']>>> = {
  InvalidInput: 400,
  Authentication: 401,
  Permission: 403,
  PolicyDenied: 403,
  NotFound: 404,
  Conflict: 409,
  RateLimited: 429,
  StoreBusy: 503,
  StoreUnavailable: 503,
  Upstream: 503,
};

// What is refused is told again, and may be a secret in the wrong field.
const { redact } = createTextRedactor({ level: 'off' });

const ofStore: Readonly<Partial<Record<AdjutantErrorCode, Pick<Failure, 'message' | 'hint'>>>> = {
  StoreBusy: {
    message: 'The store is busy.',
    hint: 'Nothing was changed. Try again in a moment.',
  },
  StoreUnavailable: {
    message: 'The store cannot be written just now.',
    hint: 'Nothing was changed. Try again in a moment; "adjutant status" says what is wrong.',
  },
  StoreCorrupt: {
    message: 'The store is damaged.',
    hint: 'Whoever runs Adjutant restores the newest backup: adjutant restore.',
  },
};

/** Returns what an error says to a person; what is a fault of ours says nothing of its inside. */
export function failureOf(error: unknown): Failure {
  if (AdjutantError.isInstance(error) && error.audience !== 'bug') {
    const { code } = error;
    // Where the store lies is nothing that everybody who asks may know.
    const { message, hint } = ofStore[code] ?? error;
    return {
      status: statusOf[code] ?? 500,
      code,
      message: redact(message),
      hint: hint === null ? null : redact(hint),
    };
  }
  return {
    status: 500,
    code: 'Internal',
    message: 'Something went wrong in Adjutant.',
    hint: 'Reload the page. If it stays, the log of "adjutant serve" says more.',
  };
}

/** Returns the answer to a request that took too long, with what to do. */
export function lateAnswer(request: Request): Response {
  const message = 'The answer took too long.';
  const hint = 'Ask for less, or again in a moment.';
  const { pathname = '/' } = URL.parse(request.url) ?? {};
  if (forPrograms.test(pathname)) {
    const error = { code: 'Timeout', message, hint };
    return Response.json({ error }, { status: 503, headers: securityHeaders });
  }
  const headers = { ...securityHeaders, 'content-type': 'text/html; charset=utf-8' };
  return new Response(messagePage(message, hint, null), { status: 503, headers });
}

const forPrograms = /^\/(?:api|v1)\//;

/** Answers failures: programs in JSON, people with a page. */
export function addFailures(app: Hono<GatewayVariables>, logger: Logger): void {
  app.onError((error, context) => answerFailure(error, context, logger));
}

/** Returns the answer to a request that failed. */
export function answerFailure(
  error: unknown,
  context: Context<GatewayVariables>,
  logger: Logger,
): Response {
  const { status, code, message, hint } = failureOf(error);
  if (status >= 500) {
    const name = error instanceof Error ? error.name : typeof error;
    logger.log('error', 'request failed', { name, path: context.req.path });
  }
  // What the guard itself refuses does not come by it again.
  addSecurityHeaders(context);
  context.set('hasHeaders', true);
  if (status === 401) context.header('www-authenticate', 'Bearer');
  if (AdjutantError.isInstance(error) && error.retryAfterMs !== null) {
    context.header('retry-after', String(Math.ceil(error.retryAfterMs / 1_000)));
  }
  if (forPrograms.test(context.req.path)) {
    const text = visibleJson(JSON.stringify({ error: { code, message, hint } }));
    return context.body(text, status, { 'content-type': 'application/json' });
  }
  // Whoever is signed in keeps the way to all other pages.
  const principal = context.get('principal') as Principal | undefined;
  const person = principal?.kind === 'signed_in' ? principal : null;
  const csrf = person === null ? undefined : csrfTokenOf(context.get('cookie'));
  return context.html(messagePage(message, hint, person, csrf), status);
}
