import { lateAnswer } from './failure.ts';
import type { Gateway, GatewayOptions } from './gateway-options.ts';
import { asksMcp } from './mount-mcp.ts';
import { withTransportSecurity } from './security-headers.ts';

/** Unless told otherwise. @unit milliseconds */
const defaultTimeoutMs = 30_000;

/**
 * Returns what answers a request, or says that the answer took too long. Only the head of an answer is
 * waited for: a stream of events goes on as long as somebody listens.
 */
export function fetchInTime(
  answer: (request: Request) => Response | Promise<Response>,
  { origin, timeoutMs = defaultTimeoutMs }: Pick<GatewayOptions, 'origin' | 'timeoutMs'>,
): Gateway['fetch'] {
  const deadlines = createDeadlines(timeoutMs);
  const inTime = (request: Request): Promise<Response> =>
    new Promise((resolve) => {
      const answered = answer(request);
      // MCP waits by itself, for a decision of a person, and has its own bounds.
      if (!(answered instanceof Promise) || asksMcp(request)) return resolve(answered);
      const end = deadlines.add(() => resolve(lateAnswer(request)));
      const settled = (): void => {
        end();
        // As it is: a failure fails.
        resolve(answered);
      };
      answered.then(settled, settled);
    });
  if (!origin.startsWith('https:')) return inTime;
  return async (request) => withTransportSecurity(await inTime(request));
}

interface Deadline {
  /** @unit milliseconds since the process began */
  at: number;
  late(this: void): void;
}

/** Returns what tells of answers that take too long, by one timer for all: each has as long as any other. */
function createDeadlines(timeoutMs: number) {
  const waiting = new Set<Deadline>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wake = (afterMs: number): void => {
    timer = setTimeout(endLate, afterMs);
  };
  const endLate = (): void => {
    timer = undefined;
    const now = performance.now();
    for (const one of waiting) {
      // In the order in which they came: whoever follows has longer still.
      if (one.at > now) return wake(one.at - now);
      waiting.delete(one);
      one.late();
    }
  };
  return {
    /** Calls `late` unless what is returned is called before. */
    add(late: () => void): () => void {
      const one = { at: performance.now() + timeoutMs, late };
      waiting.add(one);
      if (timer === undefined) wake(timeoutMs);
      else if (waiting.size === 1) timer.ref();
      return () => {
        waiting.delete(one);
        // It outlives the answers, and must not hold the process for that.
        if (waiting.size === 0) timer?.unref();
      };
    },
  };
}
