import type { z } from 'zod';
import { AdjutantError } from './errors.ts';

/**
 * Returns the value as its schema reads it.
 * @throws AdjutantError `InvalidInput`, whose message begins with the path of what is wrong
 */
export function parseInput<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = nearestIssue(parsed.error.issues);
  const path = issue?.path.map(String).join('.') ?? '';
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : '';
  const place = [path, unknown].filter((part) => part !== '').join('.');
  throw new AdjutantError(
    'InvalidInput',
    `${place === '' ? 'input' : place}: ${issue?.message ?? 'is not valid'}`,
  );
}

/** Of several forms the one that it comes nearest to is what was meant. */
function nearestIssue(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue | undefined {
  const [issue] = issues;
  if (issue?.code !== 'invalid_union') return issue;
  const [nearest] = issue.errors.toSorted((one, other) => one.length - other.length);
  const inner = nearestIssue(nearest ?? []);
  return inner === undefined ? issue : { ...inner, path: [...issue.path, ...inner.path] };
}
