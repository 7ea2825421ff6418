/** Requests that are told apart from those sent again; older ones are stale by their signature. */
const mostRemembered = 5_000;

/** Which requests this process has taken. What must not happen twice, the store holds by itself. */
export interface SeenRequests {
  /** Returns whether this is the first of its name, and remembers it. */
  isFirst(name: string): boolean;
}

/** Returns a memory that has seen nothing yet. */
export function createSeenRequests(): SeenRequests {
  const seen = new Set<string>();
  return {
    isFirst(name) {
      if (seen.has(name)) return false;
      seen.add(name);
      if (seen.size > mostRemembered) {
        for (const oldest of seen) {
          seen.delete(oldest);
          break;
        }
      }
      return true;
    },
  };
}
