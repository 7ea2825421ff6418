import { z } from 'zod';

const problemSchema = z.object({
  type: z.string().nullish(),
  message: z.string().default(''),
  path: z.array(z.union([z.string(), z.number()])).nullish(),
});
export type GraphqlProblem = z.infer<typeof problemSchema>;

const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(problemSchema).nullish(),
});

const rateLimitSchema = z.object({
  rateLimit: z
    .object({ cost: z.number(), limit: z.number(), remaining: z.number(), resetAt: z.string() })
    .nullish(),
});

export interface GraphqlAnswer {
  data: Readonly<Record<string, unknown>>;
  /** What could not be given; the rest of the data stands. */
  problems: readonly GraphqlProblem[];
  /** The server's time when it answered. @unit epoch milliseconds */
  serverNow: number;
}

export interface RateLimit {
  cost: number;
  limit: number;
  remaining: number;
  resetAt: number;
}

/** Returns data and problems of a GraphQL body; null where it is none. */
export function readGraphqlBody(
  body: unknown,
): { data: Record<string, unknown> | null; problems: GraphqlProblem[] } | null {
  const parsed = answerSchema.safeParse(body);
  if (!parsed.success) return null;
  return { data: parsed.data.data ?? null, problems: parsed.data.errors ?? [] };
}

/** Returns what an answer says of the quota, where the document asked for it. */
export function readRateLimit(data: unknown): RateLimit | null {
  const parsed = rateLimitSchema.safeParse(data);
  const { rateLimit } = parsed.success ? parsed.data : {};
  if (rateLimit === null || rateLimit === undefined) return null;
  const { cost, limit, remaining } = rateLimit;
  return { cost, limit, remaining, resetAt: Date.parse(rateLimit.resetAt) };
}

/** The hourly quota is used up: GitHub says so with status 200. */
export function isQuotaProblem({ type }: GraphqlProblem): boolean {
  return type === 'RATE_LIMITED' || type === 'RATE_LIMIT';
}

/** The request asked for too much; a smaller page may pass. */
export function isSizeProblem({ type, message }: GraphqlProblem): boolean {
  return (
    type === 'MAX_NODE_LIMIT_EXCEEDED' ||
    type === 'RESOURCE_LIMITS_EXCEEDED' ||
    /something went wrong|timeout|timed out/i.test(message)
  );
}

/** The credential may not see it, or it is not there: no second attempt changes that. */
export function isRefusal({ type }: GraphqlProblem): boolean {
  return type === 'FORBIDDEN' || type === 'NOT_FOUND' || type === 'INSUFFICIENT_SCOPES';
}
