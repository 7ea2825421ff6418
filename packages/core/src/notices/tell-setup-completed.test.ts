import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import type { Notice, Notify } from './notice.ts';

let folder: string;
let fails: boolean;
const told: Notice[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adjutant-notices-'));
  fails = false;
  told.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (notify: Notify = (notice) => void told.push(notice), connected = true) =>
  createAdjutant({
    store: join(folder, 'adjutant.db'),
    clock: createFakeClock(Date.UTC(2026, 10, 2)),
    notify,
    connectors: connected
      ? [
          createRowsConnector({
            id: 'chat',
            records: () => {
              if (fails) throw new Error('The source is away.');
              return {};
            },
          }),
        ]
      : [],
  });

test('the first pass that reads everything is told once, to whoever asks how often', async () => {
  const adjutant = await open();
  await adjutant.sync();
  await adjutant.sync();
  await adjutant.close();
  const again = await open();
  await again.sync();
  const audit = again.workspace().as(await again.owner()).audit;
  expect((await audit.list({ event: 'setup.completed' })).total).toBe(1);
  await again.close();
  expect(told).toMatchObject([{ kind: 'setup_completed', workspaceId: 'default' }]);
  expect(told[0]?.text).toContain('chat');
});

test('a pass that did not reach the end tells nothing, and the one after it does', async () => {
  const adjutant = await open();
  fails = true;
  await adjutant.sync();
  expect(told).toEqual([]);
  fails = false;
  await adjutant.sync();
  expect(told).toHaveLength(1);
  await adjutant.close();
});

test('where nothing is connected nothing is set up', async () => {
  const adjutant = await open(undefined, false);
  await adjutant.sync();
  expect(told).toEqual([]);
  await adjutant.close();
});

test('what cannot be delivered does not fail the pass, and is not said twice', async () => {
  let calls = 0;
  const adjutant = await open(() => {
    calls += 1;
    throw new Error('The mail server is away.');
  });
  const summary = await adjutant.sync();
  await adjutant.sync();
  expect(summary.streams.map(({ outcome }) => outcome)).toEqual(['complete']);
  expect(calls).toBe(1);
  await adjutant.close();
});
