import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import { defineMetric, type MetricCoverage } from '../domain.ts';
import { openStore } from '../store/open-store.ts';
import { tables } from '../store/tables.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { buildRelease } from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 8, 30);
const clock = createFakeClock(now);
const seen: (MetricCoverage | null)[] = [];
const releases = defineMetric({
  id: 'releases',
  title: 'Releases',
  unit: 'count',
  definition: 'Releases in the window.',
  source: 'this test',
  version: 1,
  subject: 'release',
  columns: ['releasedAt'],
  windowColumn: 'releasedAt',
  better: 'neutral',
  compute: ({ columns, coverage }) => {
    seen.push(coverage);
    return {
      value: columns.length,
      sampleSize: columns.length,
      p50: null,
      p75: null,
      p90: null,
      caveats: [],
      evidence: [],
    };
  },
});
const quiet = { from: now - 30 * dayMs, to: now };
const firstAt = now - 100 * dayMs;

const repository = (id: string, releasedAts: number[], codes: string[] = []): ConfiguredConnector =>
  createRowsConnector({
    id,
    scope: { externalId: `${id}-1`, name: id, detail: {} },
    gaps: codes.map((code) => ({ code, message: code, affectedCount: null })),
    records: () => ({
      all: {
        repositories: [
          {
            source: id,
            externalId: `${id}-1`,
            name: id,
            fullName: null,
            url: null,
            defaultBranch: null,
            mergeStyle: null,
          },
        ],
        releases: releasedAts.map((releasedAt) =>
          buildRelease({
            source: id,
            externalId: `${id}${releasedAt}`,
            repositoryExternalId: `${id}-1`,
            releasedAt,
          }),
        ),
      },
    }),
  });

async function coverageOf(
  connectors: ConfiguredConnector[],
  query: { repository?: string; window?: typeof quiet } = {},
  change: (path: string) => Promise<void> = async () => undefined,
): Promise<MetricCoverage | null | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-coverage-'));
  const store = join(folder, 'store.db');
  const adjutant = await createAdjutant({
    store,
    clock,
    connectors,
    metrics: {
      pullRequestFacts: {
        version: 1,
        compute: () => {
          throw new Error('These sources show no pull request.');
        },
      },
      metrics: [releases],
    },
  });
  onTestFinished(async () => {
    await adjutant.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await adjutant.sync();
  await change(store);
  const handle = adjutant.workspace().as(await adjutant.owner());
  await handle.metric({ metricId: 'releases', window: quiet, ...query });
  return seen.at(-1);
}

test('a quiet window of a source that has shown such events is known to be quiet', async () => {
  const connectors = [repository('a', [firstAt, firstAt + dayMs]), repository('b', [])];
  expect(await coverageOf(connectors)).toEqual({ shownSince: firstAt, readUntil: now });
});

test('nothing is known where no such event was ever shown, of the repository that is asked about', async () => {
  const connectors = [repository('a', [firstAt]), repository('b', [])];
  expect(await coverageOf([repository('b', [])])).toBeNull();
  expect(await coverageOf(connectors, { repository: 'b' })).toBeNull();
  expect(await coverageOf(connectors, { repository: 'a' })).toMatchObject({ shownSince: firstAt });
});

test('nor is anything said beside rows', async () => {
  const window = { from: firstAt - dayMs, to: now };
  expect(await coverageOf([repository('a', [firstAt])], { window })).toBeNull();
});

test('what may not be read any longer is not known to the end', async () => {
  expect(await coverageOf([repository('a', [firstAt], ['not_permitted'])])).toMatchObject({
    readUntil: null,
  });
});

test('nor is what was not read to the end, and no later than the oldest reading', async () => {
  const set = (values: object) => async (path: string) => {
    const store = await openStore(path);
    await store.transaction(async (transaction) => {
      await transaction
        .update(tables.syncCursors)
        .set(values)
        .where(eq(tables.syncCursors.source, 'b'));
    });
    await store.close();
  };
  const both = [repository('a', [firstAt]), repository('b', [firstAt])];
  expect(await coverageOf(both, {}, set({ complete: false }))).toMatchObject({ readUntil: null });
  expect(await coverageOf(both, {}, set({ lastFinishedAt: now - dayMs }))).toMatchObject({
    readUntil: now - dayMs,
  });
});
