import { AdjutantError, parseOutsideJson, visibleJson } from '@adjutant/core/ports';
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { Authentication } from '../auth/authenticate-request.ts';
import { knownSender } from '../auth/known-sender.ts';
import { requireAccess } from '../auth/require-access.ts';
import { answerFailure } from '../failure.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { GatewayVariables } from '../gateway-variables.ts';
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts';
import { requireOwnSite } from '../request-guard.ts';
import { programHeaders } from '../security-headers.ts';
import { shortBody } from '../short-body.ts';
import type { AnyRoute } from './define-route.ts';

/** At once: setting them one by one on an answer that is made costs more than making it. */
const jsonHeaders = { ...programHeaders, 'content-type': 'application/json' };

/** What every route asks of a request before it looks at it, and whom it tells of the answer. */
export interface Reception {
  authentication: Authentication;
  metrics: GatewayMetrics;
}

/**
 * Adds one route: who asks is checked first, then what they ask, then the one call is made. All of it
 * stands in one function: programs ask again and again, and a chain of middlewares costs as much as a
 * short read.
 */
export function mountRoute(
  app: Hono<GatewayVariables>,
  route: AnyRoute,
  gateway: GatewayContext,
  { authentication, metrics }: Reception,
): void {
  const { method, handle } = route;
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const path = route.path.replace(/\{(\w+)\}/g, ':$1');
  app.on(method, path, async (context) => {
    const startedAt = performance.now();
    const request = context.req.raw;
    let response: Response;
    try {
      requireOwnSite(request, gateway.origin);
      if (method !== 'GET') await shortBody(context, nothingMore);
      const principal = await knownSender(context.req.raw, authentication);
      requireAccess(principal, route.access);
      const query = parseBy(route.query, oneOfEach(context), 'query');
      const parameters = parseBy(route.parameters, parametersOf(context, names), 'path');
      const body =
        route.body === undefined ? undefined : parseBy(route.body, await readJson(context), 'body');
      const workspace = gateway.workspaceOf(principal);
      const call = { parameters, query, body, handle: workspace, principal, gateway };
      response = answerOf(route, await handle(call), query);
    } catch (error) {
      response = answerFailure(error, context, gateway.logger);
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    const { status } = response;
    metrics.observeRequest({ route: path, method: request.method, status, seconds });
    return response;
  });
}

const nothingMore = (): Promise<void> => Promise.resolve();

function answerOf({ status, text }: AnyRoute, result: unknown, query: unknown): Response {
  if (status === 204) return new Response(null, { status, headers: programHeaders });
  if (text?.isWanted(query) === true) {
    const type = { 'content-type': `${text.mediaType}; charset=utf-8` };
    return new Response(text.render(result), { status, headers: { ...programHeaders, ...type } });
  }
  return new Response(visibleJson(JSON.stringify(jsonOf(result))), {
    status,
    headers: jsonHeaders,
  });
}

function parametersOf(context: Context, names: readonly string[]): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const name of names) parameters[name] = context.req.param(name) ?? '';
  return parameters;
}

/** The value of each name; a name that stands twice is a list. */
function oneOfEach(context: Context): Record<string, string | string[]> {
  if (!context.req.url.includes('?')) return {};
  return Object.fromEntries(
    Object.entries(context.req.queries()).map(([name, values]) => {
      const [first = '', ...more] = values;
      return [name, more.length === 0 ? first : values];
    }),
  );
}

async function readJson(context: Context): Promise<unknown> {
  const type = (context.req.header('content-type') ?? '').split(';')[0]?.trim();
  if (type !== 'application/json') {
    throw new AdjutantError('InvalidInput', 'The body is to be JSON.', {
      hint: 'Send it with content-type: application/json.',
    });
  }
  const text = await context.req.text();
  try {
    return parseOutsideJson(text);
  } catch (error) {
    if (AdjutantError.isInstance(error)) throw error;
    throw new AdjutantError('InvalidInput', 'The body is not valid JSON.');
  }
}

/** Made once: what makes a schema quick to parse by is made with it. */
const nothing = z.strictObject({});

function parseBy(
  schema: z.ZodType | undefined,
  value: unknown,
  part: 'path' | 'query' | 'body',
): unknown {
  if (schema === undefined && isEmpty(value)) return value;
  const parsed = (schema ?? nothing).safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = [part, ...(issue?.path ?? [])].map(String).join('.');
  throw new AdjutantError('InvalidInput', `${place}: ${issue?.message ?? 'is not as it must be'}`, {
    hint: 'GET /openapi.json says what this route takes.',
  });
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** What has no form in JSON, such as undefined at the top, is null. */
function jsonOf(result: unknown): null | object {
  return typeof result === 'object' ? result : null;
}
