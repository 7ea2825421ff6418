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
  return async (request) => {
    const response = asksMcp(request)
      ? // It waits by itself, for a decision of a person, and has its own bounds.
        await answer(request)
      : await deadlines.race(answer(request), () => lateAnswer(request));
    return withTransportSecurity(response, origin);
  };
}

interface Waiting {
  /** @unit milliseconds since the process began */
  until: number;
  end(this: void): void;
}

/** Returns what ends answers that take too long, by one timer for all: each lasts as long as any other. */
function createDeadlines(timeoutMs: number) {
  const waiting = new Set<Waiting>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wake = (afterMs: number): void => {
    timer = setTimeout(endLate, afterMs);
  };
  const endLate = (): void => {
    timer = undefined;
    const now = performance.now();
    for (const one of waiting) {
      // In the order in which they came: whoever follows has longer still.
      if (one.until > now) return wake(one.until - now);
      waiting.delete(one);
      one.end();
    }
  };
  return {
    async race<Answer>(answer: Answer | Promise<Answer>, late: () => Answer): Promise<Answer> {
      const one: Waiting = { until: performance.now() + timeoutMs, end: () => undefined };
      const ended = new Promise<Answer>((resolve) => {
        one.end = () => resolve(late());
      });
      waiting.add(one);
      if (timer === undefined) wake(timeoutMs);
      else if (waiting.size === 1) timer.ref();
      try {
        return await Promise.race([answer, ended]);
      } finally {
        waiting.delete(one);
        // It outlives the answers, and must not hold the process for that.
        if (waiting.size === 0) timer?.unref();
      }
    },
  };
}
