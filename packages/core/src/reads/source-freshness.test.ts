import { expect, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import { createFakeClock, createRowsConnector } from '../testing.ts';

test('health tells how old each source is, and of one that was never read that it is not known', async () => {
  const clock = createFakeClock(Date.UTC(2026, 10, 2, 9));
  const forge = createRowsConnector({ id: 'forge', records: () => ({ a: {} }) });
  const adjutant = await createAdjutant({ store: ':memory:', clock, connectors: [forge] });
  expect((await adjutant.health()).sources).toEqual([]);
  await adjutant.sync();
  const readAt = clock.now();
  clock.advance(3_600_000);
  const { ok, sources } = await adjutant.health();
  expect(ok).toBe(true);
  expect(sources).toEqual([{ source: 'forge', oldestFinishedAt: readAt }]);
  expect((await adjutant.health('elsewhere')).sources).toEqual([]);
  await adjutant.close();
});
