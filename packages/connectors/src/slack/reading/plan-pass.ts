import type { ReadRequest } from '@adjutant/core';
import type { SlackConfig } from '../config.ts';
import { timestampOf } from '../map/timestamps.ts';
import { readThreadState, type ThreadState } from './thread-state.ts';

const dayMs = 86_400_000;
const usualDays = 90;
/** Messages of the last minutes are read again: one may show late. */
const overlapMs = 10 * 60_000;
/** All that is watched is looked at so often, and no oftener: it costs pages. */
const sweepAfterMs = 60 * 60_000;
/** A hint may be of a reply or a mark on something older: then so soon after the last look. */
const hintedSweepAfterMs = 5 * 60_000;
/** Slack's clock is told in whole seconds. */
const leewayMs = 60_000;

/** What of a channel's history a pass reads, newest first. */
export interface ThreadPass {
  /** Everything from the floor on, rather than what is new or watched. */
  isFull: boolean;
  /** Goes on with a first reading that was cut off. */
  isResumed: boolean;
  /** Looks at everything in its reach, so that what is missing there is gone. */
  isSweep: boolean;
  /** It was hinted at, and looked at too lately: the next pass that may look does. */
  owesSweep: boolean;
  startedAt: number;
  floor: number;
  /** As Slack writes instants. */
  oldest: string;
  below: string;
  /** From where on messages are watched. */
  watchFrom: string;
  before: ThreadState;
}

/** Returns what a pass reads. Pure. */
export function planPass(
  config: Pick<SlackConfig, 'since' | 'watchDays'>,
  request: Pick<ReadRequest, 'mode' | 'state' | 'since' | 'isHinted'>,
  now: number,
): ThreadPass {
  const stored = readThreadState(request.state);
  const told = request.since ?? (config.since === undefined ? null : Date.parse(config.since));
  // What was read further back stays, and is no gap.
  const known = [told, stored?.floor ?? null].filter((instant) => instant !== null);
  const floor = known.length === 0 ? now - usualDays * dayMs : Math.min(...known);
  const watchFrom = now - config.watchDays * dayMs;
  const before: ThreadState = stored ?? {
    readTo: null,
    sweptAt: null,
    floor,
    backfill: null,
    owesSweep: false,
    watched: {},
  };
  const place = { floor, watchFrom: timestampOf(watchFrom), before };
  const { readTo, sweptAt, backfill } = before;
  const goesOn = backfill !== null && request.mode !== 'census' && floor >= before.floor;
  const isFull =
    goesOn || request.mode !== 'incremental' || readTo === null || floor < before.floor;
  if (isFull) {
    return {
      ...place,
      isFull,
      isResumed: goesOn,
      isSweep: true,
      owesSweep: false,
      startedAt: goesOn ? backfill.startedAt : now,
      oldest: timestampOf(goesOn ? floor : (told ?? floor)),
      below: goesOn ? backfill.below : timestampOf(now + leewayMs),
    };
  }
  const isAskedFor = request.isHinted === true || before.owesSweep;
  const afterMs = isAskedFor ? hintedSweepAfterMs : sweepAfterMs;
  const isSweep = sweptAt === null || now - sweptAt >= afterMs;
  const from = isSweep ? Math.min(readTo - overlapMs, watchFrom) : readTo - overlapMs;
  return {
    ...place,
    isFull,
    isResumed: false,
    isSweep,
    owesSweep: isAskedFor && !isSweep,
    startedAt: now,
    oldest: timestampOf(Math.max(from, floor)),
    below: timestampOf(now + leewayMs),
  };
}
