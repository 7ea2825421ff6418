import { AdjutantError } from '@adjutant/core/ports';
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { requireAccess } from '../auth/require-access.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { GatewayVariables } from '../gateway-variables.ts';
import { programHeaders } from '../security-headers.ts';
import type { AnyRoute } from './define-route.ts';

/** At once: setting them one by one on an answer that is made costs more than making it. */
const jsonHeaders = { ...programHeaders, 'content-type': 'application/json' };

/** Adds one route: who asks is checked first, then what they ask, then the one call is made. */
export function mountRoute(
  app: Hono<GatewayVariables>,
  route: AnyRoute,
  gateway: GatewayContext,
): void {
  const { parameters, query, body, ...definition } = route;
  const path = definition.path.replace(/\{(\w+)\}/g, ':$1');
  app.on(definition.method, path, async (context) => {
    const principal = context.get('principal');
    requireAccess(principal, definition.access);
    const asked = parseBy(query, oneOfEach(context), 'query');
    const result = await definition.handle({
      parameters: parseBy(parameters, context.req.param(), 'path'),
      query: asked,
      body: body === undefined ? undefined : parseBy(body, await readJson(context), 'body'),
      handle: gateway.workspaceOf(principal),
      principal,
      gateway,
    });
    context.set('hasHeaders', true);
    const { status, text } = definition;
    if (status === 204) return new Response(null, { status, headers: programHeaders });
    if (text?.isWanted(asked) === true) {
      const type = { 'content-type': `${text.mediaType}; charset=utf-8` };
      return new Response(text.render(result), {
        status,
        headers: { ...programHeaders, ...type },
      });
    }
    return new Response(JSON.stringify(jsonOf(result)), { status, headers: jsonHeaders });
  });
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
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
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
