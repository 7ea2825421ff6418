import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Adjutant, SyncProgress } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { AdjutantError } from '../errors.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import {
  type ConfiguredConnector,
  defineConnector,
  defineStream,
  type ReadRequest,
} from './define-connector.ts';

let folder: string;
let open: Adjutant[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((adjutant) => adjutant.close()));
  open = [];
  rmSync(folder, { recursive: true, force: true });
});

const hourMs = 3_600_000;
const limit = 1_500;

/** A source of repositories of so many pages, each a request of an hour's quota. */
interface FakeSource {
  pages: Record<string, number>;
  streams: string[];
  /** Requests that were sent: `discover`, `large/requests`. */
  asked: string[];
  isRevoked: boolean;
  /** Requests after which the credential is taken no more. */
  revokedAfter: number;
  left: number;
  /** Asks to wait so long before this request. */
  waits: Map<number, number>;
}

function fakeSource(pages: Record<string, number>, streams = ['requests']): FakeSource {
  const never = Number.POSITIVE_INFINITY;
  const fresh = { asked: [], isRevoked: false, revokedAfter: never, left: limit, waits: new Map() };
  return { pages, streams, ...fresh };
}

function ask(source: FakeSource, what: string, request?: ReadRequest): void {
  request?.budget.take();
  source.asked.push(what);
  if (source.isRevoked || source.asked.length > source.revokedAfter) {
    throw new AdjutantError('Authentication', 'Fake does not accept the credential.', {
      source: 'fake',
      hint: 'Make a new one.',
    });
  }
  source.left -= 1;
  request?.budget.report(source.left, limit);
  const waitMs = source.waits.get(source.asked.length);
  if (waitMs !== undefined) request?.budget.waiting?.(waitMs);
}

function connectorOf(source: FakeSource): ConfiguredConnector {
  const streams = source.streams.map((id) =>
    defineStream<object, object>({
      id,
      title: id,
      payloadSchema: z.object({}),
      async *read(_context, request) {
        const { scope, state, mode } = request;
        const pages = mode === 'backfill' ? (source.pages[scope.externalId] ?? 1) : 1;
        const first = mode === 'backfill' ? Number(state?.['page'] ?? 0) : 0;
        for (let page = first; page < pages; page += 1) {
          ask(source, `${scope.externalId}/${id}`, request);
          const externalId = `${scope.externalId}-${id}-${page}`;
          yield {
            records: [{ externalId, payload: {} }],
            tombstones: [],
            state: { page: page + 1 },
            complete: page + 1 === pages,
            gaps: [],
          };
        }
      },
      map: () => ({}),
    }),
  );
  return defineConnector<object>({
    id: 'fake',
    title: 'Fake',
    experimental: false,
    configSchema: z.object({}),
    hosts: () => [],
    check: async () => ({ identity: null, items: [] }),
    async *discover() {
      ask(source, 'discover');
      for (const name of Object.keys(source.pages)) yield { externalId: name, name, detail: {} };
    },
    streams,
  })({});
}

async function start(source: FakeSource) {
  const clock = createFakeClock();
  const store = join(folder, 'store.db');
  const adjutant = await createAdjutant({ store, connectors: [connectorOf(source)], clock });
  open.push(adjutant);
  const handle = adjutant.workspace().as(await adjutant.owner());
  return { adjutant, clock, status: () => handle.syncStatus() };
}

describe('a credential that is refused', () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`repository-${at}`, 3]));
  const notice = {
    code: 'Authentication',
    message: 'Fake does not accept the credential.',
    hint: 'Make a new one.',
  };

  test('in the middle of many repositories is one notice, and nothing is asked after it', async () => {
    const source = fakeSource(many, ['requests', 'issues', 'checks']);
    source.revokedAfter = 10;
    const { adjutant, status } = await start(source);
    const summary = await adjutant.sync();
    expect(source.asked).toHaveLength(11);
    expect(summary.streams).toHaveLength(120);
    expect(summary.streams.filter(({ error }) => error !== null)).toHaveLength(1);
    expect(summary.streams.filter(({ outcome }) => outcome === 'complete')).toHaveLength(3);
    expect(summary.streams.filter(({ outcome }) => outcome === 'refused')).toHaveLength(116);
    expect(summary.sources).toMatchObject([{ source: 'fake', notice }]);
    const { sources, streams } = await status();
    expect(sources).toMatchObject([{ source: 'fake', notice }]);
    expect(streams.filter(({ lastError }) => lastError !== null)).toEqual([]);
  });

  test('is asked with exactly once by the next sync, and the notice goes when it is taken again', async () => {
    const source = fakeSource(many);
    const { adjutant, status } = await start(source);
    await adjutant.sync();
    source.isRevoked = true;
    for (let pass = 0; pass < 3; pass += 1) {
      source.asked.length = 0;
      const summary = await adjutant.sync();
      expect(source.asked).toEqual(['discover']);
      expect(summary.streams.filter(({ error }) => error !== null)).toHaveLength(1);
      expect(summary.sources).toMatchObject([{ notice }]);
    }
    source.isRevoked = false;
    expect((await adjutant.sync()).sources).toMatchObject([{ notice: null }]);
    expect((await status()).sources).toMatchObject([{ notice: null }]);
  });

  test('of one source keeps no other from being read', async () => {
    const source = fakeSource(many);
    source.isRevoked = true;
    const other = { ...connectorOf(fakeSource({ small: 2 })) };
    const connectors = [
      connectorOf(source),
      { ...other, definition: { ...other.definition, id: 'other' } },
    ];
    const adjutant = await createAdjutant({
      store: join(folder, 'two.db'),
      connectors,
      clock: createFakeClock(),
    });
    open.push(adjutant);
    const { streams } = await adjutant.sync();
    expect(streams.find(({ source: id }) => id === 'other')).toMatchObject({ outcome: 'complete' });
  });
});

describe('the quota of an hour', () => {
  test('is not used up by one large repository before the small ones had theirs', async () => {
    const source = fakeSource({ large: 5_000, one: 30, two: 30, three: 30 });
    const { adjutant } = await start(source);
    const { streams } = await adjutant.sync();
    expect(streams.map(({ scope, outcome }) => [scope, outcome])).toEqual([
      ['large', 'failed'],
      ['one', 'complete'],
      ['two', 'complete'],
      ['three', 'complete'],
    ]);
    expect(streams[0]?.error?.code).toBe('RateLimited');
    // What is kept for writing was kept.
    expect(source.left).toBe(limit * 0.2);
    expect(source.asked.lastIndexOf('three/requests')).toBeLessThan(400);
  });

  test('goes round between two large ones, and each page of both is read once', async () => {
    const source = fakeSource({ left: 450, right: 450 });
    const { adjutant } = await start(source);
    const { streams, records } = await adjutant.sync();
    expect(streams.map(({ records: count, outcome }) => [count, outcome])).toEqual([
      [450, 'complete'],
      [450, 'complete'],
    ]);
    expect(records).toBe(900);
    expect(source.asked).toHaveLength(901);
    const first500 = source.asked.slice(1, 501);
    expect(first500.filter((what) => what === 'right/requests')).toHaveLength(200);
  });

  test('goes first to what was read before', async () => {
    const source = fakeSource({ small: 2 });
    const { adjutant } = await start(source);
    await adjutant.sync();
    source.pages = { large: 500, small: 2 };
    source.asked.length = 0;
    await adjutant.sync();
    expect(source.asked.slice(0, 3)).toEqual(['discover', 'small/requests', 'large/requests']);
  });

  test('is left to one that is alone, without turns', async () => {
    const source = fakeSource({ only: 700 });
    const { adjutant } = await start(source);
    const { streams } = await adjutant.sync();
    expect(streams).toMatchObject([{ outcome: 'complete', records: 700 }]);
  });

  test('goes on in the next sync where it was used up', async () => {
    const source = fakeSource({ large: 1_600, small: 10 });
    const { adjutant, clock } = await start(source);
    await adjutant.sync();
    source.left = limit;
    clock.advance(hourMs);
    const { streams } = await adjutant.sync();
    expect(streams.map(({ outcome }) => outcome)).toEqual(['complete', 'complete']);
    expect(source.asked.filter((what) => what === 'large/requests')).toHaveLength(1_600);
  });
});

describe('what a source was asked', () => {
  test('is told of each, with what is left, in the summary and the status', async () => {
    const source = fakeSource({ one: 3, two: 4 });
    const { adjutant, clock, status } = await start(source);
    const { sources } = await adjutant.sync();
    const used = { source: 'fake', requests: 7, quotaRemaining: limit - 8, quotaLimit: limit };
    expect(sources).toEqual([{ ...used, waitsUntil: null, notice: null }]);
    expect((await status()).sources).toEqual([
      { ...used, waitsUntil: null, notice: null, updatedAt: clock.now() },
    ]);
  });

  test('and until when it waits can be seen while it waits', async () => {
    const source = fakeSource({ one: 3 });
    source.waits.set(3, 90_000);
    const { adjutant, clock, status } = await start(source);
    const told: SyncProgress[] = [];
    let seen: Awaited<ReturnType<typeof status>>['sources'] = [];
    const startedAt = clock.now();
    await adjutant.sync({
      onProgress: (progress) => {
        if (progress.phase === 'waiting' && (progress.remainingMs ?? 0) > 0) told.push(progress);
      },
    });
    seen = (await status()).sources;
    expect(told).toMatchObject([{ remainingMs: 90_000, requests: 2 }]);
    expect(seen).toMatchObject([{ waitsUntil: startedAt + 90_000 }]);
    clock.advance(90_000);
    expect((await status()).sources).toMatchObject([{ waitsUntil: null }]);
  });
});
