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
  return async (request) => {
    // It waits by itself, for a decision of a person, and has its own bounds.
    if (asksMcp(request)) {
      return withTransportSecurity(await answer(request), origin);
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ended = new Promise<Response>((resolve) => {
      timer = setTimeout(() => resolve(lateAnswer(request)), timeoutMs);
    });
    try {
      return withTransportSecurity(await Promise.race([answer(request), ended]), origin);
    } finally {
      clearTimeout(timer);
    }
  };
}
