import type { Context } from 'hono';
import type { z } from 'zod';
import { AdjutantError } from '@adjutant/core';
import type { GatewayVariables } from '../gateway-variables.ts';

/**
 * Returns the body of a request, as its schema reads it.
 * @throws AdjutantError `InvalidInput`
 */
export async function readBody<Value>(
  context: Context<GatewayVariables>,
  schema: z.ZodType<Value>,
): Promise<Value> {
  const isJson = (context.req.header('content-type') ?? '').split(';')[0] === 'application/json';
  const body: unknown = isJson ? await context.req.json().catch(() => null) : null;
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.map(String).join('.') ?? '';
  throw new AdjutantError(
    'InvalidInput',
    `${place === '' ? 'The request' : `"${place}"`} is not as it must be.`,
    { hint: 'Reload the page and try again.' },
  );
}
