const ttlMs = 3_600_000;

/**
 * For what is fixed for the life of a server and the same for everybody who may ask: a client, or a
 * cache that several share, may keep it for an hour. Answers made of rows carry no such hint: the
 * protocol's default, private and stale at once, is right for them.
 */
export const fixedForAnHour = { ttlMs, cacheScope: 'public' as const };

/** The same for what a token's scopes narrow: no cache that several share may keep it. */
export const fixedForACaller = { ttlMs, cacheScope: 'private' as const };
