import { connect, type Socket } from 'node:net';

/** One request, written out: what follows the head is the body. */
export interface WrittenRequest {
  /** Tells this request from all others; what was acknowledged is told by it. */
  id: string;
  bytes: Buffer;
}

export interface Load {
  port: number;
  connections: number;
  /** Returns the next request; null where there are no more. */
  next: () => WrittenRequest | null;
  /** Requests a second at most, over all connections; as fast as they are answered unless told. */
  perSecond?: number;
  /** Called with every answer. */
  onAnswer?: (id: string, status: number) => void;
}

export interface LoadResult {
  /** Answers by status; 0 stands for a connection that broke before its answer came. */
  statuses: Map<number, number>;
  seconds: number;
  /** How long each answer took, shortest first. @unit milliseconds */
  latenciesMs: Float64Array;
}

/**
 * Sends requests over kept connections of this machine, each connection its next one when the answer to
 * the one before has come whole. It writes bytes that were made before, so that it costs little beside
 * the server that it loads.
 */
export async function loadHttp(load: Load): Promise<LoadResult> {
  const statuses = new Map<number, number>();
  const latencies: number[] = [];
  const startedAt = performance.now();
  let sent = 0;
  const answered = (id: string, status: number, tookMs: number): void => {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    latencies.push(tookMs);
    load.onAnswer?.(id, status);
  };
  /** How long the next request has to wait, so that no more go out than are wanted. */
  const waitMs = (): number => {
    if (load.perSecond === undefined) return 0;
    return Math.max(0, startedAt + (sent / load.perSecond) * 1_000 - performance.now());
  };
  await Promise.all(
    Array.from({ length: load.connections }, () =>
      keepSending({ ...load, waitMs, onSend: () => (sent += 1), answered }),
    ),
  );
  return {
    statuses,
    seconds: (performance.now() - startedAt) / 1_000,
    latenciesMs: Float64Array.from(latencies).toSorted(),
  };
}

interface Sending extends Load {
  waitMs: () => number;
  onSend: () => void;
  answered: (id: string, status: number, tookMs: number) => void;
}

async function keepSending(sending: Sending): Promise<void> {
  let exchange: Exchange | null = null;
  for (;;) {
    const pause = sending.waitMs();
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    const request = sending.next();
    if (request === null) break;
    sending.onSend();
    const sentAt = performance.now();
    exchange ??= openExchange(sending.port);
    const status = await exchange.send(request.bytes);
    sending.answered(request.id, status, performance.now() - sentAt);
    if (exchange.isClosed()) exchange = null;
  }
  exchange?.close();
}

interface Exchange {
  /** Resolves with the status of the answer; 0 where the connection broke. */
  send: (bytes: Buffer) => Promise<number>;
  isClosed: () => boolean;
  close: () => void;
}

function openExchange(port: number): Exchange {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let settle: ((status: number) => void) | null = null;
  let received = '';
  let closed = false;
  const end = (status: number): void => {
    const told = settle;
    settle = null;
    received = '';
    told?.(status);
  };
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    received += chunk;
    const status = statusOfWhole(received);
    if (status !== null) end(status);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
    end(0);
  });
  return {
    isClosed: () => closed,
    close: () => void socket.destroy(),
    send: (bytes) =>
      new Promise((resolve) => {
        if (closed) return resolve(0);
        settle = resolve;
        socket.write(bytes);
      }),
  };
}

/** Returns the status of an answer that has come whole; null before. */
function statusOfWhole(text: string): number | null {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = text.slice(0, headEnd).toLowerCase();
  const status = Number(head.slice(9, 12));
  const body = text.length - headEnd - 4;
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  if (length !== undefined) return body >= Number(length) ? status : null;
  if (head.includes('\r\ntransfer-encoding: chunked')) {
    return text.endsWith('\r\n0\r\n\r\n') || text.endsWith('\r\n\r\n0\r\n\r\n') ? status : null;
  }
  return status;
}

/** Returns the value that so many of the sorted ones lie at or below: 0.99 for the 99th percentile. */
export function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
