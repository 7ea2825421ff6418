import { createAdjutant, createAdjutantWithCrashPoints } from '../create-adjutant.ts';
import type { Adjutant, SyncSummary } from '../adjutant.ts';
import type { Clock } from '../clock.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';
import { canonicalDump } from './canonical-dump.ts';

export interface ConformanceOptions {
  /** Returns the connector over a source that stands still; called anew for each case. */
  create: () => ConfiguredConnector;
  /** Returns a store URL that nobody has used; called anew for each store. */
  createStoreUrl: () => string;
  clock: Clock;
  /**
   * Brings what a source has that can be asked nothing, the same each time: called whenever a store is
   * opened, before it is synced.
   */
  prepare?: (adjutant: Adjutant) => Promise<void>;
  /** At least so many records must be read, so that an empty source cannot pass. */
  minimumRecords: number;
}

export interface ConformanceCase {
  name: string;
  run: () => Promise<void>;
}

/**
 * Returns the cases that every connector must pass, for any test runner:
 * `for (const { name, run } of testConnector(options)) test(name, run)`.
 */
export function testConnector(options: ConformanceOptions): ConformanceCase[] {
  const sync = async (url: string): Promise<SyncSummary> =>
    withAdjutant(options, url, (adjutant) => adjutant.sync());
  return [
    {
      name: 'reads its source to the end, without a failed stream',
      run: async () => {
        const summary = await sync(options.createStoreUrl());
        for (const stream of summary.streams) {
          ensure(stream.outcome === 'complete', `stream ${stream.stream} is ${stream.outcome}`);
        }
        ensure(
          summary.records >= options.minimumRecords,
          `${summary.records} records were read, at least ${options.minimumRecords} were due`,
        );
      },
    },
    {
      name: 'changes nothing when synced again',
      run: async () => {
        const url = options.createStoreUrl();
        await sync(url);
        const again = await sync(url);
        ensure(again.rowsChanged === 0, `${again.rowsChanged} rows changed on the second sync`);
      },
    },
    {
      name: 'changes nothing when everything is delivered again',
      run: async () => {
        const url = options.createStoreUrl();
        await sync(url);
        const again = await withAdjutant(options, url, (adjutant) =>
          adjutant.sync({ mode: 'backfill' }),
        );
        ensure(again.rowsChanged === 0, `${again.rowsChanged} rows changed on redelivery`);
      },
    },
    {
      name: 'changes nothing when domain rows are rebuilt from raw records',
      run: async () => {
        const url = options.createStoreUrl();
        await sync(url);
        const rebuilt = await withAdjutant(options, url, (adjutant) => adjutant.renormalise());
        ensure(rebuilt.records >= options.minimumRecords, 'no raw records were kept');
        ensure(rebuilt.rowsChanged === 0, `${rebuilt.rowsChanged} rows changed on rebuilding`);
      },
    },
    {
      name: 'ends with the same rows when a pass is cut off after its first commit',
      run: async () => {
        const calm = options.createStoreUrl();
        await sync(calm);
        const broken = options.createStoreUrl();
        await cutOffOnce(options, broken);
        await sync(broken);
        ensure((await canonicalDump(calm)) === (await canonicalDump(broken)), 'the rows differ');
      },
    },
    {
      name: 'reports on its access in words',
      run: async () => {
        const reports = await withAdjutant(options, options.createStoreUrl(), (adjutant) =>
          adjutant.check(),
        );
        ensure(reports.length === 1, 'there is no report');
        for (const item of reports[0]?.report.items ?? []) {
          ensure(item.message !== '', `check ${item.id} says nothing`);
          ensure(item.ok || item.hint !== null, `check ${item.id} fails without saying what to do`);
        }
      },
    },
  ];
}

async function cutOffOnce(options: ConformanceOptions, url: string): Promise<void> {
  const controller = new AbortController();
  const adjutant = await createAdjutantWithCrashPoints(
    { store: url, connectors: [options.create()], clock: options.clock },
    (name) => {
      if (name === 'after_commit') controller.abort(new Error('cut off'));
    },
  );
  try {
    await options.prepare?.(adjutant);
    await adjutant.sync({ signal: controller.signal });
  } finally {
    await adjutant.close();
  }
}

async function withAdjutant<Result>(
  options: ConformanceOptions,
  url: string,
  work: (adjutant: Adjutant) => Promise<Result>,
): Promise<Result> {
  const adjutant = await createAdjutant({
    store: url,
    connectors: [options.create()],
    clock: options.clock,
  });
  try {
    await options.prepare?.(adjutant);
    return await work(adjutant);
  } finally {
    await adjutant.close();
  }
}

function ensure(condition: boolean, message: string): void {
  if (!condition) throw new Error(`Conformance: ${message}.`);
}
