import { afterEach, describe, expect, it } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { AdjutantError } from '../errors.ts';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import {
  createScriptedConnector,
  type Script,
  scriptedBatches,
} from '../testing/scripted-connector.ts';

let adjutant: Adjutant;
let clock: FakeClock;

async function open(script: Script): Promise<void> {
  clock = createFakeClock();
  adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [createScriptedConnector(script)],
    clock,
  });
}

afterEach(() => adjutant.close());

const one = [{ number: 1, title: 'Change 1', author: 'ada@example.com' }];
const stream = { source: 'scripted', stream: 'pull-requests', scopes: 1 };

describe('operating figures', () => {
  it('of a new store are nothing at all, and its size', async () => {
    await open(scriptedBatches(one, 1));
    const figures = await adjutant.operatingFigures();
    expect(figures).toMatchObject({
      streams: [],
      jobs: { queued: 0, running: 0, dead: 0 },
      outbox: { undelivered: 0, dead: 0 },
      openSignals: { info: 0, low: 0, medium: 0, high: 0 },
      // That it was made.
      ledgerEntries: 1,
    });
    expect(Object.values(figures.actionsByStatus).every((count) => count === 0)).toBe(true);
    expect(figures.storeBytes).toBeGreaterThan(4_096);
  });

  it('tell when each stream was read last, and how long that took', async () => {
    await open(async function* read(request) {
      clock.advance(2_500);
      yield* scriptedBatches(one, 1)(request);
    });
    await adjutant.sync();
    const { streams } = await adjutant.operatingFigures();
    expect(streams).toEqual([
      { ...stream, unread: 0, failing: 0, oldestFinishedAt: clock.now(), longestMs: 2_500 },
    ]);
  });

  it('tell a stream that was never read from one that was', async () => {
    await open(async function* read() {
      yield* [];
      throw new AdjutantError('InvalidInput', 'No.');
    });
    await adjutant.sync();
    const { streams } = await adjutant.operatingFigures();
    expect(streams).toEqual([
      { ...stream, unread: 1, failing: 1, oldestFinishedAt: null, longestMs: null },
    ]);
  });

  it('count actions by where they stand, what waits for them, and the ledger', async () => {
    await open(scriptedBatches(one, 1));
    const owner = adjutant.workspace().as(await adjutant.owner());
    await owner.actions.propose({
      type: 'note.draft',
      payload: { title: 'Monday', body: 'Ask about reviews.' },
      idempotencyKey: 'a note',
    });
    const figures = await adjutant.operatingFigures();
    expect(figures.actionsByStatus).toMatchObject({ preparing: 1, pending: 0 });
    expect(figures.jobs).toEqual({ queued: 1, running: 0, dead: 0 });
    expect(figures.outbox).toEqual({ undelivered: 1, dead: 0 });
    const { total } = await owner.audit.list();
    expect(figures.ledgerEntries).toBe(total);
    expect(total).toBeGreaterThan(0);
  });

  it('of one workspace say nothing of another', async () => {
    await open(scriptedBatches(one, 1));
    await adjutant.sync();
    const figures = await adjutant.operatingFigures('other');
    expect(figures).toMatchObject({ streams: [], ledgerEntries: 0 });
  });
});
