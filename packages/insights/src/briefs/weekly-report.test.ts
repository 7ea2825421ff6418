import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Adjutant, createAdjutant, defineAction, type PolicyEngine } from '@adjutant/core';
import { createFakeClock, type FakeClock } from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { keepWeeklyReport } from './weekly-report.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
// A Friday, noon; in Berlin the clocks are an hour ahead of UTC.
const friday = Date.UTC(2026, 10, 20, 12);
const monday = Date.UTC(2026, 10, 23);
const plan = { channel: '#team', weekday: 1, at: '09:00' };

const payloadSchema = z.strictObject({ channel: z.string(), text: z.string().max(4_000) });
type Posted = z.infer<typeof payloadSchema>;

let folder: string;
let clock: FakeClock;
let adjutant: Adjutant;
let sent: Posted[];
let mode: 'auto' | 'require_approval';

const post = defineAction<Posted>({
  id: 'message.post',
  title: 'Post a message',
  risk: 'medium',
  reversible: true,
  effectClass: 'keyed',
  inputSchema: payloadSchema,
  quietPeriodMs: 0,
  prepare: async (_, { channel, text }) => ({
    target: { source: 'example', externalId: channel, ref: channel, url: null },
    preconditions: {},
    facts: [],
    recipients: [channel],
    content: text,
    conditions: {},
    excludedAccounts: [],
  }),
  observe: async () => ({}),
  async execute(_, { payload }) {
    sent.push(payload);
    return { outcome: 'applied', result: {} };
  },
  probe: async () => ({ outcome: 'absent' }),
});

const policy: PolicyEngine = {
  hash: 'test',
  evaluate: ({ risk }) => ({
    mode,
    risk,
    quorum: 1,
    declineThreshold: 1,
    assurance: 'cooperative',
    reasons: ['A test says so.'],
    pendingTtlMs: dayMs,
    approvedTtlMs: dayMs,
    escalateAt: [],
    monthlyCostLimitUsd: null,
  }),
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weekly-report-'));
  sent = [];
  mode = 'auto';
  const still = createFakeClock(friday);
  // Waiting takes a turn of the loop and no time: only the test moves the day on.
  clock = {
    ...still,
    sleep: (_: number, signal?: AbortSignal) => setTimeout(1, undefined, { signal }),
  };
  adjutant = await open();
});
afterEach(async () => {
  await adjutant.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(): Promise<Adjutant> {
  return createAdjutant({
    store: join(folder, 'store.db'),
    actions: [post],
    policy,
    clock,
    metrics: allMetrics,
    timeZone: 'Europe/Berlin',
    random: () => 0.5,
  });
}

const listed = async () => {
  const { actions } = adjutant.workspace().as(await adjutant.owner());
  return (await actions.list({ limit: 50 })).items;
};

async function work(check: () => Promise<void> | void): Promise<void> {
  const ended = new AbortController();
  const working = adjutant.workActions({ signal: ended.signal });
  try {
    await vi.waitFor(check, { timeout: 20_000, interval: 5 });
  } finally {
    ended.abort();
    await working;
  }
}

/** Lets the worker take whatever is due. */
async function someTurns(): Promise<void> {
  let turns = 0;
  await work(() => {
    turns += 1;
    expect(turns).toBeGreaterThan(30);
  });
}

type Wanted = Parameters<typeof keepWeeklyReport>[1];

/** Starts another process over the same store, at an instant. */
async function startAt(at: number, wanted: Wanted = plan): Promise<void> {
  await adjutant.close();
  clock.leap(at - clock.now());
  adjutant = await open();
  await keepWeeklyReport({ adjutant, clock }, wanted);
}

describe('the report of the week', () => {
  it('is proposed by the system at its time in the team’s zone, and never before', async () => {
    await startAt(friday);
    await startAt(monday + 7.9 * hourMs);
    await someTurns();
    expect(await listed()).toEqual([]);
    clock.leap(hourMs / 5);
    await work(() => expect(sent).toHaveLength(1));
    expect(await listed()).toMatchObject([
      { type: 'message.post', requester: 'system', status: 'executed' },
    ]);
    expect(sent[0]?.channel).toBe('#team');
    expect(sent[0]?.text).toContain('The week, 2026-11-16');
  });

  it('is posted only as policy says: where a person has to agree, it waits', async () => {
    mode = 'require_approval';
    await startAt(friday);
    clock.leap(monday + 9 * hourMs - clock.now());
    await work(async () => expect(await listed()).toMatchObject([{ status: 'pending' }]));
    expect(sent).toEqual([]);
  });

  it('that was missed is made up for once within the day', async () => {
    await startAt(friday);
    clock.leap(monday + 20 * hourMs - clock.now());
    await startAt(clock.now());
    await work(() => expect(sent).toHaveLength(1));
    await startAt(clock.now() + hourMs);
    await someTurns();
    expect(sent).toHaveLength(1);
  });

  it('that was missed for longer than a day is left, and the next one comes', async () => {
    await startAt(friday);
    await startAt(monday + 3 * dayMs);
    await someTurns();
    expect(sent).toEqual([]);
    clock.leap(monday + 7 * dayMs + 9 * hourMs - clock.now());
    await work(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.text).toContain('2026-11-23');
  });

  it('is of the week that was over when it was due, though it is made up for in the next one', async () => {
    const sunday = { ...plan, weekday: 7, at: '22:00' };
    await startAt(friday, sunday);
    await startAt(monday + 5 * hourMs, sunday);
    await work(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.text).toContain('The week, 2026-11-09');
    clock.leap(monday + 6 * dayMs + 22 * hourMs - clock.now());
    await work(() => expect(sent).toHaveLength(2));
    expect(sent[1]?.text).toContain('The week, 2026-11-16');
  });

  it('of one week is proposed once, whatever the day is changed to', async () => {
    await startAt(friday);
    clock.leap(monday + 9 * hourMs - clock.now());
    await work(() => expect(sent).toHaveLength(1));
    await startAt(clock.now(), { ...plan, weekday: 4 });
    clock.leap(3 * dayMs + hourMs);
    await someTurns();
    expect(sent).toHaveLength(1);
    expect(await adjutant.jobs.dead('default')).toEqual([]);
  });

  it('is proposed no more once it is taken out of the configuration', async () => {
    await startAt(friday);
    await startAt(friday, null);
    expect(await adjutant.jobs.schedules('default')).not.toContainEqual(
      expect.objectContaining({ name: 'insights.weekly_report' }),
    );
    clock.leap(monday + 9 * hourMs - clock.now());
    await someTurns();
    expect(sent).toEqual([]);
  });

  it('cannot be asked for where nothing posts messages, nor at a time that is none', async () => {
    const bare = await createAdjutant({ store: ':memory:', clock });
    await expect(keepWeeklyReport({ adjutant: bare, clock }, plan)).rejects.toMatchObject({
      code: 'Configuration',
    });
    await bare.close();
    const wrong = keepWeeklyReport({ adjutant, clock }, { ...plan, at: '9 o’clock' });
    await expect(wrong).rejects.toThrow('time of day');
  });
});
