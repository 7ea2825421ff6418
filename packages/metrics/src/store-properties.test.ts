import { createAdjutant, type DomainRows, type WorkspaceHandle } from '@adjutant/core';
import { buildIncident, createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryRepository, source } from './__fixtures__/arbitrary-repositories.ts';
import { propertyWindow as window } from './__fixtures__/arbitrary-rows.ts';
import { allMetrics } from './index.ts';
import { dayMs } from './week-buckets.ts';

// What must hold of every metric from its source on, through the store.
const clock = createFakeClock(window.to);

interface Opened {
  /** What a sync brings; another one brings what was put in its place. */
  records: Record<string, DomainRows>;
  sync(): Promise<void>;
  handle: WorkspaceHandle;
}

async function opened<Answer>(
  records: Record<string, DomainRows>,
  use: (opened: Opened) => Promise<Answer>,
): Promise<Answer> {
  const world = { records };
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    metrics: allMetrics,
    flow: { activeStatuses: ['Doing'] },
    connectors: [
      createRowsConnector({
        id: source,
        showsReviews: true,
        claimsCommits: true,
        scope: { externalId: 'shop', name: 'shop', detail: {} },
        records: () => world.records,
      }),
    ],
  });
  try {
    const sync = async (): Promise<void> => {
      const { streams } = await adjutant.sync();
      expect(streams.map(({ error }) => error)).toEqual([null]);
    };
    await sync();
    const handle = adjutant.workspace().as(await adjutant.owner());
    return await use(Object.assign(world, { sync, handle }));
  } finally {
    await adjutant.close();
  }
}

/** Every figure, and what is said of it; the rows behind it by how many they are. */
async function figures(handle: WorkspaceHandle, repository?: string) {
  const found: Record<string, unknown> = {};
  for (const { id } of allMetrics.metrics) {
    const { value, sampleSize, p50, p75, p90, parts, series, caveats, evidenceIds } =
      await handle.metric({ metricId: id, window, repository });
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
      await world.sync();
      expect(await figures(world.handle)).toEqual(before);
      world.records = Object.fromEntries(
        Object.entries(rows).map(([table, some]) => [table, { [table]: [...some, ...some] }]),
      );
      await world.sync();
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
      const ofShop = ({ handle }: Opened) => figures(handle, 'shop');
      const alone = await opened({ pager, shop }, ofShop);
      expect(await opened({ pager, shop, search }, ofShop)).toEqual(alone);
    },
  );
  await fc.assert(property, { numRuns: 12, seed: 2_029 });
});
