import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createAdjutant } from '@adjutant/core';
import { canonicalDump, createFakeClock, testConnector } from '@adjutant/core/testing';
import {
  build,
  deployment,
  incident,
  openInstallation,
  rowsOf,
  secret,
  signed,
  start,
} from './__fixtures__/sent-events.ts';
import { events } from './connector.ts';

const folder = mkdtempSync(join(tmpdir(), 'adjutant-events-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let stores = 0;
const createStoreUrl = (): string => join(folder, `store-${(stores += 1)}.db`);
const clock = createFakeClock(start);
const things = 1_203;

/** More than two batches: things of three kinds, some told of twice, the older word last. */
function* deliveries(): Generator<ReturnType<typeof signed>> {
  const kinds = [deployment, incident, build];
  for (let number = 0; number < things; number += 1) {
    const event = { ...kinds[number % kinds.length], id: `thing-${number}` };
    yield signed(`e-${number}`, event, start);
    if (number % 10 === 0) yield signed(`again-${number}`, event, start - 60_000);
  }
}

describe('conformance', () => {
  const requests = [...deliveries()];
  const prepare = async (adjutant: Awaited<ReturnType<typeof createAdjutant>>): Promise<void> => {
    const inbox = adjutant.webhooks();
    for (const request of requests) await inbox.receive('events', request);
  };
  const create = () => events({ webhookSecret: secret });
  const cases = testConnector({ create, createStoreUrl, clock, minimumRecords: things, prepare });
  for (const { name, run } of cases) it(name, run, 60_000);

  it('ends with the same store, cursors included, however often a pass is cut off', async () => {
    const dumps: string[] = [];
    for (const isCut of [false, true]) {
      const store = createStoreUrl();
      const adjutant = await createAdjutant({ store, connectors: [create()], clock });
      await prepare(adjutant);
      for (let pass = 0; pass < (isCut ? 2 : 0); pass += 1) {
        const controller = new AbortController();
        const onProgress = ({ records }: { records: number }): void => {
          if (records >= 500) controller.abort(new Error('cut off'));
        };
        const { streams } = await adjutant.sync({ signal: controller.signal, onProgress });
        expect(streams).toMatchObject([{ outcome: 'interrupted', records: 500 }]);
      }
      await adjutant.sync();
      await adjutant.close();
      dumps.push(await canonicalDump(store));
    }
    expect(dumps[0]).toBe(dumps[1]);
  });
});

it('what comes in while others are read waits for the next pass, and is not lost', async () => {
  const { adjutant, inbox } = await openInstallation();
  for (let number = 0; number < 600; number += 1) {
    await inbox.receive('events', signed(`e-${number}`, { ...deployment, id: `d-${number}` }));
  }
  const late: Promise<unknown>[] = [];
  await adjutant.sync({
    hinted: true,
    onProgress: () => {
      if (late.length > 0) return;
      late.push(inbox.receive('events', signed('late', { ...deployment, id: 'late' })));
    },
  });
  expect(await Promise.all(late)).toMatchObject([{ outcome: 'stored' }]);
  await inbox.receive('events', signed('later', { ...deployment, id: 'later' }));
  await adjutant.webhooks().follow();
  expect(await rowsOf(adjutant, 'deployments')).toHaveLength(602);
});

it('two that keep deliveries at the same time give no number twice', async () => {
  const store = createStoreUrl();
  const connectors = [events({ webhookSecret: secret })];
  const open = () => openInstallation({ store, connectors, clock });
  const [one, other] = [await open(), await open()];
  const ids = Array.from({ length: 40 }, (_, number) => number);
  await Promise.all(
    ids.map((number) =>
      (number % 2 === 0 ? one : other).inbox.receive(
        'events',
        signed(`e-${number}`, { ...deployment, id: `d-${number}` }),
      ),
    ),
  );
  expect((await one.adjutant.sync()).records).toBe(40);
  const kept = await rowsOf(one.adjutant, 'raw_records');
  const numbers = kept.filter((row) => row.includes('@deliveries')).map((row) => row.at(-1));
  expect(new Set(numbers).size).toBe(40);
});
