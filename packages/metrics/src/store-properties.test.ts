import type { DomainRows, WorkspaceHandle } from '@adjutant/core';
import { buildIncident } from '@adjutant/core/testing';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryRepository } from './__fixtures__/arbitrary-repositories.ts';
import { propertyWindow as window } from './__fixtures__/arbitrary-rows.ts';
import { answersOf, openWorld, source, type World } from './__fixtures__/open-world.ts';
import { dayMs } from './week-buckets.ts';

// What must hold of every metric from its source on, through the store.
async function opened<Answer>(
  records: Record<string, DomainRows>,
  use: (world: World) => Promise<Answer>,
): Promise<Answer> {
  const world = await openWorld(records, window.to);
  try {
    return await use(world);
  } finally {
    await world.close();
  }
}

async function syncAgain({ adjutant }: World): Promise<void> {
  const { streams } = await adjutant.sync();
  expect(streams.map(({ error }) => error)).toEqual([null]);
}

/** Every figure, and what is said of it; the rows behind it by how many they are. */
async function figures(handle: WorkspaceHandle, repository?: string) {
  const found: Record<string, unknown> = {};
  for (const [id, answer] of Object.entries(await answersOf(handle, window, repository))) {
    const { value, sampleSize, p50, p75, p90, parts, series, caveats, evidenceIds } = answer;
    const rows = evidenceIds.length;
    found[id] = { value, sampleSize, p50, p75, p90, parts, series, caveats, rows };
  }
  return found;
}

test('rows that arrive again change nothing', async () => {
  const property = fc.asyncProperty(arbitraryRepository('shop'), (rows) =>
    opened({ all: rows }, async (world) => {
      const before = await figures(world.handle);
      world.records = { all: rows, again: rows };
      await syncAgain(world);
      expect(await figures(world.handle)).toEqual(before);
      world.records = Object.fromEntries(
        Object.entries(rows).map(([table, some]) => [table, { [table]: [...some, ...some] }]),
      );
      await syncAgain(world);
      expect(await figures(world.handle)).toEqual(before);
    }),
  );
  await fc.assert(property, { numRuns: 8, seed: 2_028 });
});

// That a source shows incidents at all is known of the workspace, not of a repository.
const pager: DomainRows = {
  incidents: [
    buildIncident({ source, serviceKey: 'elsewhere', createdAt: window.from - 400 * dayMs }),
  ],
};

test('another repository changes no figure of one', async () => {
  const property = fc.asyncProperty(
    arbitraryRepository('shop'),
    arbitraryRepository('search'),
    async (shop, search) => {
      const ofShop = ({ handle }: World) => figures(handle, 'shop');
      const alone = await opened({ pager, shop }, ofShop);
      expect(await opened({ pager, shop, search }, ofShop)).toEqual(alone);
    },
  );
  await fc.assert(property, { numRuns: 12, seed: 2_029 });
});
