import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Adjutant } from '../adjutant.ts';
import type { Clock } from '../clock.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { AdjutantError } from '../errors.ts';
import { defineConnector } from '../sync/define-connector.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import type { FailedDelivery } from './failed-delivery.ts';

const start = Date.UTC(2026, 8, 14, 12);
const clock = createFakeClock(start);

/** What failed, by its name; what is sent again is gone from here. */
let failed: Map<string, number>;
/** What the ledger held when each was asked for. */
let asked: { id: string; at: number; inLedger: number; pass: number }[];
let passes: number;
/** True while the source is asked: then only whoever waits moves the clock on. */
let isAsking: boolean;
let trouble: AdjutantError | null;
/** Which of them meet the trouble; all, where it is null. */
let troubled: ReadonlySet<string> | null;
let adjutant: Adjutant;
let logged: string[];

const desk = defineConnector<Record<string, never>>({
  id: 'desk',
  title: 'Desk',
  experimental: false,
  configSchema: z.object({}),
  hosts: () => [],
  check: async () => ({ identity: null, items: [] }),
  async *discover() {},
  async *failedDeliveries(context) {
    passes += 1;
    isAsking = true;
    try {
      yield* deliveries(context.clock);
    } finally {
      isAsking = false;
    }
  },
  streams: [],
});

async function* deliveries(on: Clock): AsyncGenerator<FailedDelivery> {
  for (const [deliveryId, failedAt] of failed) {
    const one: FailedDelivery = {
      deliveryId,
      event: 'note',
      place: 'north',
      failedAt,
      async sendAgain() {
        const isTroubled = troubled === null || troubled.has(deliveryId);
        if (trouble !== null && isTroubled) throw trouble;
        const { items } = await ledger();
        const inLedger = items.filter(({ subject }) => subject === `desk:${deliveryId}`).length;
        asked.push({ id: deliveryId, at: on.now(), inLedger, pass: passes });
        failed.delete(deliveryId);
      },
    };
    yield one;
  }
}

async function ledger() {
  const { audit } = adjutant.workspace().as(await adjutant.owner());
  return audit.list({ event: 'plumbing.hook_redelivery', limit: 200 });
}

/** Works until the condition holds, moving the clock on as waiting would. */
async function workUntil(check: () => Promise<void> | void): Promise<void> {
  const ended = new AbortController();
  const working = adjutant.workActions({ signal: ended.signal });
  let seenTurns = clock.sleeps.length;
  try {
    await vi.waitFor(
      async () => {
        // A turn of the worker lies between two steps, however slow the machine is.
        const turns = clock.sleeps.length;
        if (turns > seenTurns && !isAsking) clock.advance(60_000);
        seenTurns = turns;
        await check();
      },
      { timeout: 60_000, interval: 5 },
    );
  } finally {
    ended.abort();
    await working;
  }
}

beforeEach(async () => {
  failed = new Map();
  asked = [];
  passes = 0;
  isAsking = false;
  trouble = null;
  troubled = null;
  logged = [];
  adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    random: () => 0.5,
    connectors: [desk({})],
    logger: { log: (_, message) => logged.push(message) },
  });
});
afterEach(() => adjutant.close());

describe('webhooks that failed', () => {
  it('are asked for in the first pass, each in the ledger before it is asked', async () => {
    failed.set('a', start - 1).set('b', start);
    await workUntil(() => expect(asked.map(({ id }) => id)).toEqual(['a', 'b']));
    expect(asked.every(({ inLedger }) => inLedger === 1)).toBe(true);
    const [first, second] = asked;
    // Every loop that sleeps moves this clock on, so it tells no time of day: the pass is what counts.
    expect(asked.map(({ pass }) => pass)).toEqual([1, 1]);
    // Sources advise a pause between two changes.
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
    const { items } = await ledger();
    expect(items.at(-1)).toMatchObject({
      actor: 'system',
      subject: 'desk:a',
      detail: { source: 'desk', event: 'note', place: 'north', failedAt: start - 1 },
    });
  });

  it('that cannot be asked for now are asked for in another hour, and nothing is dead', async () => {
    failed.set('a', start);
    trouble = new AdjutantError('Permission', 'It may not.');
    await workUntil(() =>
      expect(logged).toContain('Webhooks that failed could not be asked for again.'),
    );
    expect(asked).toEqual([]);
    trouble = null;
    await workUntil(() => expect(asked).toHaveLength(1));
    expect(await adjutant.jobs.dead('default')).toEqual([]);
  });

  it.each(['Permission', 'NotFound', 'Upstream'] as const)(
    'that are refused with %s keep those behind them from nothing',
    async (code) => {
      for (const id of ['a', 'b', 'c', 'd']) failed.set(id, start);
      troubled = new Set(['a', 'c']);
      trouble = new AdjutantError(code, 'Not this one.');
      const what = 'Webhooks that failed could not be asked for again.';
      await workUntil(() => {
        expect(asked.map(({ id }) => id)).toEqual(['b', 'd']);
        // Once for each whole pass.
        expect(logged.filter((one) => one === what)).toHaveLength(passes);
      });
      expect(asked.map(({ pass }) => pass)).toEqual([1, 1]);
      const [b, d] = asked;
      expect((d?.at ?? 0) - (b?.at ?? 0)).toBeGreaterThanOrEqual(2_000);
    },
  );

  it.each(['Authentication', 'RateLimited', 'Configuration'] as const)(
    'are not asked for behind one that meets %s, until another hour',
    async (code) => {
      for (const id of ['a', 'b']) failed.set(id, start);
      troubled = new Set(['a']);
      trouble = new AdjutantError(code, 'Nothing at all.');
      await workUntil(() => expect(passes).toBe(2));
      expect(asked).toEqual([]);
      expect(logged).toContain('Webhooks that failed could not be asked for again.');
    },
  );

  it('of which a hundred are refused are left for another hour', async () => {
    for (let at = 0; at < 120; at += 1) failed.set(`d${at}`, start + at);
    trouble = new AdjutantError('Permission', 'None of these.');
    await workUntil(() => expect(passes).toBe(2));
    const { items } = await ledger();
    const last = items.filter(({ subject }) => subject === 'desk:d100');
    expect(last).toEqual([]);
  });

  it('are at most a hundred in an hour', async () => {
    for (let at = 0; at < 120; at += 1) failed.set(`d${at}`, start + at);
    await workUntil(() => expect(asked).toHaveLength(120));
    expect(asked.filter(({ pass }) => pass === 1)).toHaveLength(100);
    expect(asked.filter(({ pass }) => pass === 2)).toHaveLength(20);
  });

  it('of sources that cannot be asked are left alone: no schedule stands', async () => {
    const mute = await createAdjutant({ store: ':memory:', clock });
    const ended = new AbortController();
    const working = mute.workActions({ signal: ended.signal });
    expect(await mute.jobs.schedules('default')).toEqual([]);
    ended.abort();
    await working;
    await mute.close();
  });
});
