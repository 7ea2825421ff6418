import type { HttpAnswer } from './answer.ts';
import { type Incoming, readBody, type ServedTwin } from './serve.ts';
import type { TwinWrite, WriteOccasion } from '../writes.ts';

type WriteFault =
  | 'writeAppliedThenDropped'
  | 'writeAppliedThenFailed'
  | 'writeDelayed'
  | 'writeDropped'
  | 'writeDuplicated'
  | 'writeFailed';

/** True for a request that is to change something; asking for a token changes nothing. */
export function isWrite({ method, path }: Pick<Incoming, 'method' | 'path'>): boolean {
  const isRead = method === 'GET' || method === 'HEAD';
  return !isRead && !path.endsWith('/graphql') && !/\/access_tokens?$/.test(path);
}

const badGateway: HttpAnswer = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: '<html><body>502 Bad Gateway</body></html>',
};

/**
 * Carries a write out with whatever goes wrong on its way, and keeps a record of each arrival.
 * Returns null where the connection ends without an answer.
 */
export async function deliverWrite(
  twin: ServedTwin,
  incoming: Incoming,
  serve: (twin: ServedTwin, incoming: Incoming) => HttpAnswer,
): Promise<HttpAnswer | null> {
  const path = incoming.path.replace(/^\/api\/v3/, '');
  const occasion: WriteOccasion = { method: incoming.method, path, body: readBody(incoming.body) };
  const happens = (fault: WriteFault): boolean =>
    twin.dice.happens(fault, twin.faults[fault], occasion);
  const record = (status: number, fault: WriteFault | null): void => {
    const applied = fault !== 'writeDropped' && fault !== 'writeFailed' && status < 300;
    const write: TwinWrite = {
      at: twin.now(),
      kind: kindOf(occasion),
      status,
      applied,
      fault,
      ...occasion,
    };
    twin.writes.push(write);
  };
  if (happens('writeDropped')) {
    record(0, 'writeDropped');
    return null;
  }
  if (happens('writeFailed')) {
    record(502, 'writeFailed');
    return badGateway;
  }
  const isDelayed = happens('writeDelayed');
  const isDuplicated = happens('writeDuplicated');
  const isDropped = happens('writeAppliedThenDropped');
  const isFailed = !isDropped && happens('writeAppliedThenFailed');
  // Real time on purpose: the client's patience is real too.
  if (isDelayed) await new Promise((resolve) => setTimeout(resolve, twin.faults.writeDelayMs));
  const answer = serve(twin, incoming);
  record(
    answer.status,
    isDropped
      ? 'writeAppliedThenDropped'
      : isFailed
        ? 'writeAppliedThenFailed'
        : isDelayed
          ? 'writeDelayed'
          : null,
  );
  if (isDuplicated) record(serve(twin, incoming).status, 'writeDuplicated');
  if (isDropped) return null;
  return isFailed ? badGateway : answer;
}

/** `PUT merge`, `POST comments`: the verb and the last word of the path. */
function kindOf({ method, path }: WriteOccasion): string {
  const words = path.split('/').filter((part) => /^[a-z_-]+$/.test(part));
  const isRef = path.includes('/git/refs');
  const thread = /\/(pulls|issues)\/\d+$/.exec(path)?.[1];
  return `${method} ${isRef ? 'refs' : (thread ?? words.at(-1) ?? path)}`;
}
