import type { Clock } from '@adjutant/core';
import { addressKeys } from './auth/address-keys.ts';
import { readBounded } from './request-body.ts';

/** Bounds on bodies of which nobody knows yet who sent them. */
export interface BodyLimits {
  /** Under way at once, of everybody; 1,000 unless told. */
  mostAtOnce?: number;
  /** Under way at once, of one address; 256 unless told. */
  mostOfOne?: number;
  /** What has arrived of all of them together; 128 MB unless told. @unit bytes */
  mostBytes?: number;
  /** How long a body has before its rate is looked at; 5 s unless told. @unit milliseconds */
  graceMs?: number;
  /** Slowest rate, over all the time it took after that; 4,096 a second unless told. @unit bytes per second */
  slowest?: number;
  /** Longest that one may take; 30 s unless told. @unit milliseconds */
  longestMs?: number;
}

/** What becomes of a body: its bytes, or why there are none. */
export type GatedBody =
  | { bytes: Uint8Array<ArrayBuffer> }
  | { refused: 'too_large' | 'too_slow' | 'too_many' };

/** Reads bodies; nothing is set aside for what somebody says will come. */
export interface BodyGate {
  /**
   * Returns what was sent. Whose address is null, because nobody knows it, is bounded with everybody.
   * @throws whatever ends the connection
   */
  read(
    request: Request,
    limit: number,
    addressOf: (request: Request) => string | null,
  ): Promise<GatedBody>;
  /** Ends what has been too slow by now; called by itself while anything is under way. */
  sweep(): void;
}

/** A body is left alone for so long, however many others come. @unit milliseconds */
const unhurriedMs = 1_000;
const sweepEveryMs = 1_000;
/** As much of a body as comes in at once with its head. */
const readAtOnceBytes = 64 * 1_024;

interface Reading {
  key: string;
  startedAt: number;
  bytes: number;
  /** What all of its address have together. */
  share: { count: number; bytes: number };
  end: (reason: 'too_slow' | 'too_many') => void;
}

export function createBodyGate(clock: Clock, limits: BodyLimits = {}): BodyGate {
  const { mostAtOnce = 1_000, mostOfOne = 256, mostBytes = 128 * 1_024 * 1_024 } = limits;
  const { graceMs = 5_000, slowest = 4_096, longestMs = 30_000 } = limits;
  // In the order in which they came.
  const under = new Set<Reading>();
  const perKey = new Map<string, { count: number; bytes: number }>();
  let bytes = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  const now = (): number => clock.monotonic?.() ?? clock.now();
  const leave = (reading: Reading): void => {
    if (!under.delete(reading)) return;
    bytes -= reading.bytes;
    reading.share.bytes -= reading.bytes;
    reading.share.count -= 1;
    if (reading.share.count === 0) perKey.delete(reading.key);
  };
  const cut = (reading: Reading, reason: 'too_slow' | 'too_many'): void => {
    leave(reading);
    reading.end(reason);
  };
  /** The one that came first gives way; what came only now does not. */
  const makeRoom = (of: (reading: Reading) => boolean): boolean => {
    const at = now();
    for (const reading of under) {
      if (at - reading.startedAt < unhurriedMs) return false;
      if (!of(reading)) continue;
      cut(reading, 'too_many');
      return true;
    }
    return false;
  };
  const sweep = (): void => {
    const at = now();
    for (const reading of under) {
      const ms = at - reading.startedAt;
      if (ms < graceMs) break;
      const isSlow = reading.bytes < (slowest * (ms - graceMs)) / 1_000;
      if (isSlow || ms >= longestMs) cut(reading, 'too_slow');
    }
    if (under.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  const enter = (key: string | null, end: Reading['end']): Reading | null => {
    const share = perKey.get(key ?? '') ?? { count: 0, bytes: 0 };
    const isFull = key !== null && share.count >= mostOfOne;
    if (isFull && !makeRoom((reading) => reading.key === key)) return null;
    if (under.size >= mostAtOnce && !makeRoom(() => true)) return null;
    const reading: Reading = { key: key ?? '', startedAt: now(), bytes: 0, share, end };
    under.add(reading);
    share.count += 1;
    perKey.set(reading.key, share);
    if (timer === undefined) {
      timer = setInterval(sweep, sweepEveryMs);
      timer.unref();
    }
    return reading;
  };
  const isHeavy = (): boolean => bytes > mostBytes;
  /** Of whoever holds most, what came first gives way. */
  const shed = (): void => {
    let heaviest: Reading | null = null;
    for (const reading of under) {
      if (reading.bytes > 0 && reading.share.bytes > (heaviest?.share.bytes ?? 0))
        heaviest = reading;
    }
    if (heaviest !== null) cut(heaviest, 'too_many');
  };
  /** Counts what has arrived; false where there is no room for it. */
  const arrived = (reading: Reading, length: number): boolean => {
    if (!under.has(reading)) return false;
    reading.bytes += length;
    reading.share.bytes += length;
    bytes += length;
    while (isHeavy()) shed();
    return under.has(reading);
  };

  return {
    sweep,
    read(request, limit, addressOf) {
      const told = request.headers.get('content-length');
      if (told !== null && Number(told) > limit) return Promise.resolve({ refused: 'too_large' });
      const address = addressOf(request);
      const key = address === null ? null : (addressKeys(address).at(-1) ?? address);
      return new Promise((resolve, reject) => {
        const reading = enter(key, (refused) => resolve({ refused }));
        if (reading === null) return resolve({ refused: 'too_many' });
        // As a stream it takes twice as long, so what comes in at once is read at once.
        const isShort = told !== null && Number(told) <= readAtOnceBytes;
        const whole: Promise<GatedBody> = isShort
          ? request.arrayBuffer().then((buffer) => withinLimit(new Uint8Array(buffer), limit))
          : readBounded(request, limit, (length) => arrived(reading, length)).then((body) =>
              typeof body === 'string' ? { refused: body } : { bytes: body },
            );
        void whole.finally(() => leave(reading)).then(resolve, reject);
      });
    },
  };
}

function withinLimit(body: Uint8Array<ArrayBuffer>, limit: number): GatedBody {
  return body.byteLength > limit ? { refused: 'too_large' } : { bytes: body };
}
