import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import { AdjutantError } from '../errors.ts';
import type { DomainRows } from './domain-rows.ts';
import { canonicalDump } from '../testing/canonical-dump.ts';
import { testConnector } from '../testing/connector-conformance.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { buildCommit, buildPullRequest, buildPullRequestEvent } from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import {
  createScriptedConnector,
  type Script,
  type ScriptedPayload,
  scriptedBatches,
  scriptedRecord,
} from '../testing/scripted-connector.ts';

const payloads: ScriptedPayload[] = Array.from({ length: 25 }, (_, position) => ({
  number: position + 1,
  title: `Change ${position + 1}`,
  author: position % 2 === 0 ? 'ada@example.com' : 'bo@example.com',
  mergedAt: 1_780_000_000_000 + position * 3_600_000,
}));

let folder: string;
let stores = 0;
const storeUrl = (): string => join(folder, `store-${(stores += 1)}.db`);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function syncOnce(url: string, script: Script, clock = createFakeClock()) {
  const adjutant = await createAdjutant({
    store: url,
    connectors: [createScriptedConnector(script)],
    clock,
  });
  try {
    return await adjutant.sync();
  } finally {
    await adjutant.close();
  }
}

describe('the scripted connector is a connector', () => {
  const cases = testConnector({
    create: () => createScriptedConnector(scriptedBatches(payloads, 10)),
    createStoreUrl: storeUrl,
    clock: createFakeClock(),
    minimumRecords: 25,
  });
  for (const { name, run } of cases) test(name, run);
});

test('a source that goes on with one state while a batch is written is resumed after that batch', async () => {
  const url = storeUrl();
  const pages = [payloads.slice(0, 5), payloads.slice(5, 10), payloads.slice(10, 15)];
  const going = (breaksAfter: number): Script =>
    async function* read(request) {
      const state = { page: Number(request.state?.['page'] ?? 0) };
      while (state.page < pages.length) {
        if (state.page === breaksAfter) {
          // As far as it got before it knew.
          state.page += 1;
          throw new AdjutantError('Permission', 'No more for you.');
        }
        const records = (pages[state.page] ?? []).map(scriptedRecord);
        state.page += 1;
        yield {
          records,
          tombstones: [],
          state,
          complete: state.page === pages.length,
          gaps: [],
        };
      }
    };
  await syncOnce(url, going(1));
  const summary = await syncOnce(url, going(Number.NaN));
  expect(summary.streams[0]).toMatchObject({ outcome: 'complete', records: 10 });
});

test('whoever asks what is stored while a batch is written is answered with it', async () => {
  const known: string[][] = [];
  const asking: Script = async function* read(request) {
    for await (const batch of scriptedBatches(payloads, 10)(request)) {
      yield batch;
      const ids: string[] = [];
      for await (const id of request.knownExternalIds?.() ?? []) ids.push(id);
      known.push(ids);
    }
  };
  await syncOnce(storeUrl(), asking);
  expect(known.map((ids) => ids.length)).toEqual([10, 20, 25]);
});

test('a batch that fails half way leaves neither rows nor cursor', async () => {
  const url = storeUrl();
  const broken: Script = async function* read(request) {
    for await (const batch of scriptedBatches(payloads, 10)(request)) {
      if (Number(batch.state['done']) > 10)
        throw new AdjutantError('Permission', 'No more for you.');
      yield batch;
    }
  };
  const summary = await syncOnce(url, broken);
  expect(summary.streams[0]).toMatchObject({
    outcome: 'failed',
    records: 10,
    error: { code: 'Permission' },
  });
  const resumed: Script = async function* read(request) {
    expect(request.state).toEqual({ done: 10 });
    expect(request.mode).toBe('backfill');
    yield* scriptedBatches(payloads, 10)(request);
  };
  const again = await syncOnce(url, resumed);
  expect(again.streams[0]).toMatchObject({ outcome: 'complete', records: 15 });
});

test('a passing failure is tried again from the last committed batch', async () => {
  const clock = createFakeClock();
  let failures = 0;
  const flaky: Script = async function* read(request) {
    for await (const batch of scriptedBatches(payloads, 10)(request)) {
      yield batch;
      if (failures < 2) {
        failures += 1;
        throw new AdjutantError('RateLimited', 'Slow down.', { retryAfterMs: 7_000 });
      }
    }
  };
  const summary = await syncOnce(storeUrl(), flaky, clock);
  expect(summary.streams[0]).toMatchObject({ outcome: 'complete', records: 25 });
  expect(clock.sleeps.every((wait) => wait >= 7_000)).toBe(true);
  expect(clock.sleeps).toHaveLength(2);
});

test('what is left to read is told beside what an attempt before has read', async () => {
  let failures = 0;
  const flaky: Script = async function* read(request) {
    // Each reading tells of itself alone, as connectors do.
    const totalEstimate = payloads.length - Number(request.state?.['done'] ?? 0);
    for await (const batch of scriptedBatches(payloads, 10)(request)) {
      yield { ...batch, totalEstimate };
      failures += 1;
      if (failures === 1) throw new AdjutantError('Upstream', 'Not now.', { retryable: true });
    }
  };
  const adjutant = await createAdjutant({
    store: storeUrl(),
    connectors: [createScriptedConnector(flaky)],
    clock: createFakeClock(),
  });
  const told: (readonly [number, number | null])[] = [];
  await adjutant.sync({
    onProgress: ({ records, totalEstimate }) => void told.push([records, totalEstimate]),
  });
  await adjutant.close();
  expect(told.filter(([records]) => records > 0)).toEqual([
    [10, 25],
    [20, 25],
    [25, 25],
  ]);
});

test('the waits between attempts grow, with the jitter that was handed in', async () => {
  const clock = createFakeClock();
  let failures = 0;
  const flaky: Script = async function* read(request) {
    failures += 1;
    if (failures < 4) throw new AdjutantError('Upstream', 'Not now.', { retryable: true });
    yield* scriptedBatches(payloads, 10)(request);
  };
  const draws = [0, 0.5, 0];
  const adjutant = await createAdjutant({
    store: storeUrl(),
    connectors: [createScriptedConnector(flaky)],
    clock,
    random: () => draws.shift() ?? 0,
  });
  await adjutant.sync();
  await adjutant.close();
  expect(clock.sleeps).toEqual([500, 1_500, 2_000]);
});

test('what is gone at the source goes from the rows', async () => {
  const url = storeUrl();
  await syncOnce(url, scriptedBatches(payloads, 10));
  const census: Script = async function* read() {
    yield {
      records: [],
      tombstones: ['#3', '#never-seen'],
      state: { done: 25 },
      complete: true,
      gaps: [],
    };
  };
  const summary = await syncOnce(url, census);
  // The pull request, its commit and its raw record.
  expect(summary.rowsChanged).toBe(3);
  expect(await canonicalDump(url)).not.toContain('Change 3"');
});

test('a record of unknown form is kept raw and named in a gap', async () => {
  const url = storeUrl();
  const odd: Script = async function* read() {
    yield {
      records: [
        scriptedRecord(payloads[0] as ScriptedPayload),
        { externalId: '#99', payload: 'odd' },
      ],
      tombstones: [],
      state: {},
      complete: true,
      gaps: [],
    };
  };
  const summary = await syncOnce(url, odd);
  expect(summary.streams[0]?.outcome).toBe('complete');
  const dump = await canonicalDump(url);
  expect(dump).toMatch(/gaps .*unreadable_records/);
  expect(dump).toMatch(/raw_records .*#99/);
});

test('a foreign error reaches no row and no summary with its text', async () => {
  const url = storeUrl();
  const leaking: Script = async function* read() {
    throw new Error('Bearer canary-token-123');
    // oxlint-disable-next-line no-unreachable -- a generator needs its yield
    yield* [];
  };
  const summary = await syncOnce(url, leaking);
  expect(JSON.stringify(summary)).not.toContain('canary');
  expect(await canonicalDump(url)).not.toContain('canary');
});

test('an interrupted pass says so and goes on later', async () => {
  const url = storeUrl();
  const controller = new AbortController();
  const adjutant = await createAdjutant({
    store: url,
    connectors: [createScriptedConnector(scriptedBatches(payloads, 5))],
    clock: createFakeClock(),
  });
  const summary = await adjutant.sync({
    signal: controller.signal,
    onProgress: ({ records }) => {
      if (records >= 10) controller.abort();
    },
  });
  await adjutant.close();
  expect(summary.streams[0]).toMatchObject({ outcome: 'interrupted', records: 10 });
  expect((await syncOnce(url, scriptedBatches(payloads, 5))).records).toBe(15);
});

test('what a changed record no longer says is gone, and what another record says stays', async () => {
  const url = storeUrl();
  const sharedCommit = { source: 'rows', repositoryExternalId: 'acme/widgets' };
  const request = (number: number, shas: string[]): DomainRows => ({
    pullRequests: [buildPullRequest({ source: 'rows', externalId: `#${number}`, number })],
    commits: shas.map((sha) => buildCommit({ ...sharedCommit, sha })),
    pullRequestCommits: shas.map((sha) => ({
      ...sharedCommit,
      pullRequestExternalId: `#${number}`,
      sha,
    })),
    pullRequestEvents: shas.map((sha) =>
      buildPullRequestEvent({
        source: 'rows',
        externalId: `${number}-${sha}`,
        pullRequestExternalId: `#${number}`,
      }),
    ),
  });
  const syncWith = async (records: Record<string, DomainRows>, store: string): Promise<string> => {
    const adjutant = await createAdjutant({
      store,
      connectors: [createRowsConnector({ id: 'rows', records: () => records })],
      clock: createFakeClock(),
    });
    await adjutant.sync({ mode: 'backfill' });
    expect((await adjutant.sync({ mode: 'backfill' })).rowsChanged).toBe(0);
    await adjutant.close();
    return canonicalDump(store);
  };
  await syncWith({ one: request(1, ['a', 'b']), two: request(2, ['b', 'c']) }, url);
  const after = { one: request(1, ['a', 'd']), two: request(2, ['b', 'c']) };
  const changed = await syncWith(after, url);
  expect(changed).toBe(await syncWith(after, storeUrl()));
});

describe('a backfill', () => {
  const from = (request: { since?: number }) =>
    payloads.filter(({ mergedAt }) => (mergedAt ?? 0) >= (request.since ?? 0));
  const boundary = payloads[10]?.mergedAt ?? 0;
  const seen: (number | undefined)[] = [];
  const honouring: Script = async function* read(request) {
    seen.push(request.since);
    yield* scriptedBatches(from(request), 5)(request);
  };
  const backfill = async (url: string, since: number, script: Script = honouring) => {
    const adjutant = await createAdjutant({
      store: url,
      connectors: [createScriptedConnector(script)],
      clock: createFakeClock(),
    });
    try {
      return await adjutant.sync({ mode: 'backfill', since });
    } finally {
      await adjutant.close();
    }
  };

  test('reads from its day on, the boundary inside', async () => {
    const url = storeUrl();
    expect((await backfill(url, boundary)).records).toBe(15);
    expect((await backfill(url, boundary + 1)).records).toBe(14);
    expect(await canonicalDump(url)).toContain('Change 11');
    expect(await canonicalDump(url)).not.toContain('Change 10"');
  });

  test('goes on where it was cut off, and so does an ordinary sync after it', async () => {
    for (const goOn of [
      (url: string) => backfill(url, boundary),
      (url: string) => syncOnce(url, honouring),
    ]) {
      const url = storeUrl();
      await syncOnce(url, scriptedBatches(payloads.slice(20), 5));
      const broken: Script = async function* read(request) {
        for await (const batch of honouring(request)) {
          if (Number(batch.state['done']) > 10)
            throw new AdjutantError('Upstream', 'Gone.', { retryable: false });
          yield batch;
        }
      };
      expect((await backfill(url, boundary, broken)).streams[0]?.outcome).toBe('failed');
      seen.length = 0;
      expect((await goOn(url)).records).toBe(5);
      expect(seen).toEqual([boundary]);
      // Done: the next ordinary pass is an incremental one again.
      let mode = '';
      await syncOnce(url, async function* read(request) {
        mode = request.mode;
        yield { records: [], tombstones: [], state: {}, complete: true, gaps: [] };
      });
      expect(mode).toBe('incremental');
    }
  });

  test('of another day begins anew', async () => {
    const url = storeUrl();
    const stopped: Script = async function* read(request) {
      for await (const batch of honouring(request)) {
        yield batch;
        return;
      }
    };
    await backfill(url, boundary, stopped);
    expect((await backfill(url, payloads[5]?.mergedAt ?? 0)).records).toBe(20);
  });

  test('is refused where nothing is read back or the day is no instant', async () => {
    const adjutant = await createAdjutant({ store: ':memory:', connectors: [] });
    await expect(adjutant.sync({ since: 1 })).rejects.toMatchObject({ code: 'InvalidInput' });
    for (const since of [0, -1, 1.5, Number.NaN]) {
      await expect(adjutant.sync({ mode: 'backfill', since })).rejects.toMatchObject({
        code: 'InvalidInput',
      });
    }
    await adjutant.close();
  });
});
