import type { Result, Router } from 'hono/router';
import { TrieRouter } from 'hono/router/trie-router';

/** Kept at once, and none longer than that: which paths are asked for is up to whoever asks. */
const mostPaths = 1_000;
const longestPath = 200;

/**
 * Returns hono's router for routes of any form, which remembers what it found: programs ask for the same
 * few paths again and again, and finding a route costs as much as looking up who asks.
 */
export function createRememberingRouter<Handler>(): Router<Handler> {
  const router = new TrieRouter<Handler>();
  let found = new Map<string, Map<string, Result<Handler>>>();
  let count = 0;
  const forget = (): void => {
    found = new Map();
    count = 0;
  };
  return {
    name: 'RememberingRouter',
    add(method, path, handler) {
      router.add(method, path, handler);
      forget();
    },
    match(method, path) {
      const known = found.get(method)?.get(path);
      if (known !== undefined) return known;
      const result = router.match(method, path);
      if (path.length > longestPath) return result;
      if (count >= mostPaths) forget();
      const ofMethod = found.get(method) ?? new Map<string, Result<Handler>>();
      found.set(method, ofMethod.set(path, result));
      count += 1;
      return result;
    },
  };
}
