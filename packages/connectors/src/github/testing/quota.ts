export interface Quota {
  limit: number;
  used: number;
  readonly remaining: number;
  /** When what was used comes back; epoch milliseconds. */
  resetAt: number;
}

/** The two budgets that a token has: requests for REST, points for GraphQL. */
export interface GithubTwinQuota {
  core: Quota;
  graphql: Quota;
}

const hourMs = 3_600_000;

function createQuota(limit: number, now: number): Quota {
  return {
    limit,
    used: 0,
    get remaining() {
      return Math.max(0, this.limit - this.used);
    },
    resetAt: now + hourMs,
  };
}

export function createTwinQuota(limits: { core: number; graphql: number }, now: number) {
  return { core: createQuota(limits.core, now), graphql: createQuota(limits.graphql, now) };
}

/** Gives back what was used once the hour is over. */
export function renewQuota(quota: Quota, now: number): void {
  if (now < quota.resetAt) return;
  quota.used = 0;
  quota.resetAt = now + hourMs;
}

export function quotaHeaders(
  resource: keyof GithubTwinQuota,
  quota: Quota,
): Record<string, string> {
  return {
    'x-ratelimit-limit': String(quota.limit),
    'x-ratelimit-remaining': String(quota.remaining),
    'x-ratelimit-used': String(quota.used),
    'x-ratelimit-reset': String(Math.ceil(quota.resetAt / 1_000)),
    'x-ratelimit-resource': resource,
  };
}
