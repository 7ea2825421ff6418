import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAdjutant, createAdjutantWithCrashPoints } from '../create-adjutant.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import {
  createScriptedConnector,
  type ScriptedPayload,
  scriptedBatches,
} from '../testing/scripted-connector.ts';
import type { CrashPointName } from './crash-point.ts';
import type { ReadRequest, StreamState } from './define-connector.ts';

const total = 10;
const payloads: ScriptedPayload[] = Array.from({ length: total }, (_, at) => ({
  number: at + 1,
  title: `Change ${at + 1}`,
  author: 'ada@example.com',
  mergedAt: 1_780_000_000_000 + at,
}));
const script = scriptedBatches(payloads, 2);

/** Keeps the place first and the rows after it, and ends in between at the second batch. */
async function readCarelessly(): Promise<Set<string>> {
  const rows = new Set<string>();
  let state: StreamState | null = null;
  for (let life = 0; life < 2; life += 1) {
    const request = { state } as ReadRequest;
    let batches = 0;
    for await (const batch of script(request)) {
      state = batch.state;
      batches += 1;
      if (life === 0 && batches === 2) break;
      for (const { externalId } of batch.records) rows.add(externalId);
    }
  }
  return rows;
}

const places: readonly CrashPointName[] = [
  'before_transaction',
  'after_raw_records',
  'after_domain_rows',
  'after_cursor',
  'before_commit',
  'after_commit',
];

describe('also: a place that is kept before its rows are', () => {
  it('loses rows for who keeps the place first', async () => {
    expect((await readCarelessly()).size).toBe(total - 2);
  });

  it.each(places)('loses none here, where a pass ends at %s', async (place) => {
    const folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const options = {
      store: join(folder, 'store.db'),
      connectors: [createScriptedConnector(script)],
      clock: createFakeClock(),
    };
    let hits = 0;
    const first = await createAdjutantWithCrashPoints(options, (name) => {
      if (name !== place) return;
      hits += 1;
      if (hits === 2) throw new Error('The process ends here.');
    });
    await first.sync().catch(() => undefined);
    await first.close();
    expect(hits).toBe(2);
    options.clock.advance(3_600_000);
    const second = await createAdjutant(options);
    onTestFinished(() => second.close());
    await second.sync();
    const handle = second.workspace().as(await second.owner());
    const { total: found } = await handle.listWork({ kind: 'pull_request', limit: 100 });
    expect(found).toBe(total);
  });
});
