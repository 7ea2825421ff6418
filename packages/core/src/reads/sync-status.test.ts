import { expect, onTestFinished, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createScriptedConnector, scriptedBatches } from '../testing/scripted-connector.ts';

test('rows are counted unless whoever asks leaves it out; the rest is the same', async () => {
  const payloads = [{ number: 1, title: 'Change 1', author: 'ada@example.com' }];
  const connector = createScriptedConnector(scriptedBatches(payloads, 1));
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [connector],
    clock: createFakeClock(),
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  const handle = adjutant.workspace().as(await adjutant.owner());
  const { rowCounts, ...rest } = await handle.syncStatus();
  expect(rowCounts['raw_records']).toBeGreaterThan(0);
  expect(await handle.syncStatus({ rowCounts: false })).toEqual({ ...rest, rowCounts: {} });
});
