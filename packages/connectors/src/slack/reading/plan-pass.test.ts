import { describe, expect, it } from 'vitest';
import { planPass } from './plan-pass.ts';
import type { ThreadState } from './thread-state.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const dayMs = 86_400_000;
const ago = (days: number): number => now - days * dayMs;
const seconds = (instant: number): string => (instant / 1_000).toFixed(6);
const config = { watchDays: 14 };

function stateOf(fields: Partial<ThreadState> = {}): ThreadState {
  return {
    readTo: ago(1),
    sweptAt: now,
    floor: ago(90),
    backfill: null,
    owesSweep: false,
    watched: {},
    ...fields,
  };
}

describe('a pass', () => {
  it('of a channel that was never read reads ninety days', () => {
    const pass = planPass(config, { mode: 'backfill', state: null }, now);
    expect(pass).toMatchObject({ isFull: true, isSweep: true, oldest: seconds(ago(90)) });
  });

  it('reads what is new, less ten minutes, where all was looked at within the hour', () => {
    const pass = planPass(config, { mode: 'incremental', state: stateOf() }, now);
    expect(pass).toMatchObject({ isFull: false, isSweep: false });
    expect(pass.oldest).toBe(seconds(ago(1) - 600_000));
  });

  it('looks at all that is watched once an hour', () => {
    const state = stateOf({ sweptAt: now - 3_600_000 });
    const pass = planPass(config, { mode: 'incremental', state }, now);
    expect(pass).toMatchObject({ isFull: false, isSweep: true, oldest: seconds(ago(14)) });
  });

  it('looks at all that is watched where it was hinted at, though not every minute', () => {
    const minute = 60_000;
    const hinted = { mode: 'incremental' as const, isHinted: true };
    const late = stateOf({ sweptAt: now - 5 * minute });
    expect(planPass(config, { ...hinted, state: late }, now)).toMatchObject({
      isSweep: true,
      owesSweep: false,
      oldest: seconds(ago(14)),
    });
    const early = stateOf({ sweptAt: now - 4 * minute });
    expect(planPass(config, { ...hinted, state: early }, now)).toMatchObject({
      isSweep: false,
      owesSweep: true,
    });
    const owed = { mode: 'incremental' as const, state: { ...early, owesSweep: true } };
    expect(planPass(config, owed, now)).toMatchObject({ isSweep: false, owesSweep: true });
    expect(planPass(config, owed, now + minute)).toMatchObject({ isSweep: true, owesSweep: false });
  });

  it('leaves no hole after a pause that is longer than it watches', () => {
    const state = stateOf({ readTo: ago(30), sweptAt: ago(30) });
    const pass = planPass(config, { mode: 'incremental', state }, now);
    expect(pass.oldest).toBe(seconds(ago(30) - 600_000));
  });

  it('never reads below where it was told to begin', () => {
    const state = stateOf({ floor: ago(2), sweptAt: null });
    const pass = planPass(config, { mode: 'incremental', state }, now);
    expect(pass.oldest).toBe(seconds(ago(2)));
  });

  it('goes on with a first reading that was cut off, whatever it is called', () => {
    const backfill = { below: '1700000000.000001', startedAt: ago(3) };
    const state = stateOf({ readTo: null, backfill });
    for (const mode of ['backfill', 'incremental'] as const) {
      const pass = planPass(config, { mode, state }, now);
      expect(pass).toMatchObject({ isFull: true, below: backfill.below, startedAt: ago(3) });
    }
  });

  it('reads everything anew where "since" was set further back', () => {
    const since = new Date(ago(200)).toISOString();
    const request = { mode: 'incremental' as const, state: stateOf() };
    const pass = planPass({ ...config, since }, request, now);
    expect(pass).toMatchObject({ isFull: true, oldest: seconds(ago(200)), floor: ago(200) });
  });

  it('remembers how far back was read once, where less is asked for now', () => {
    const since = new Date(ago(10)).toISOString();
    const incremental = { mode: 'incremental' as const, state: stateOf() };
    expect(planPass({ ...config, since }, incremental, now)).toMatchObject({
      isFull: false,
      floor: ago(90),
    });
    const again = { mode: 'backfill' as const, state: stateOf(), since: ago(10) };
    expect(planPass(config, again, now)).toMatchObject({
      isFull: true,
      oldest: seconds(ago(10)),
      floor: ago(90),
    });
  });
});
