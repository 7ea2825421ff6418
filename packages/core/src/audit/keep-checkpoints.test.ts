import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import type { CheckpointPlan } from './handle.ts';
import { readCheckpointFiles } from './checkpoint-files.ts';

const signingKey = {
  keyId: 'k1',
  privateKeyPem: String(
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
  ),
};
const logged: string[] = [];

async function open(to: CheckpointPlan['to']) {
  logged.length = 0;
  const clock = createFakeClock(Date.UTC(2026, 8, 1, 12));
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    random: () => 0.5,
    checkpoints: { to, signingKey, cron: '0 4 * * *' },
    logger: { log: (level, message) => void logged.push(`${level} ${message}`) },
  });
  onTestFinished(() => adjutant.close());
  return { adjutant, clock, handle: adjutant.workspace().as(await adjutant.owner()) };
}

async function work(adjutant: Adjutant, until: () => Promise<void> | void): Promise<void> {
  const ended = new AbortController();
  const working = adjutant.workActions({ signal: ended.signal });
  await vi.waitFor(until, { timeout: 60_000, interval: 5 });
  ended.abort();
  await working;
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'adjutant-checkpoints-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test('one is made when work begins, one each day, and one when it ends', async () => {
  const made: number[] = [];
  const { adjutant, clock, handle } = await open(async (_, { seq }) => void made.push(seq));
  await handle.actions.stop();
  await work(adjutant, async () => {
    if (made.length === 0) throw new Error('none at the start');
  });
  const first = made[0] ?? 0;
  expect(made).toEqual([first, first]);

  made.length = 0;
  await work(adjutant, async () => {
    if (made.length === 0) throw new Error('none at the start');
    if (made.length === 1) {
      await handle.actions.resume();
      clock.advance(24 * 3_600_000);
      throw new Error('none on the next day');
    }
  });
  // A purge stands in the ledger too, before or after it.
  expect(made.slice(1).every((seq) => seq > first)).toBe(true);
  expect(made.length).toBeGreaterThanOrEqual(3);
  expect(await adjutant.jobs.schedules('default')).toContainEqual(
    expect.objectContaining({ name: 'audit.checkpoint', cron: '0 4 * * *' }),
  );
});

test('what lies in the folder holds the ledger to it', async () => {
  const to = folder();
  const { adjutant, handle } = await open(to);
  await handle.actions.stop();
  await work(adjutant, () => expect(readdirSync(to)).not.toEqual([]));
  const checkpoints = (await readCheckpointFiles(to)).map(({ text }) => text);
  const report = await handle.audit.verify({ checkpoints });
  expect(report).toMatchObject({ ok: true, provenUpTo: report.entries });
});

test('one that cannot be made stops no work, and is listed with its reason', async () => {
  const { adjutant, clock, handle } = await open(async () => {
    throw new Error('the other machine is off');
  });
  await handle.actions.stop();
  await work(adjutant, async () => {
    clock.advance(3_600_000);
    const [dead] = await adjutant.jobs.dead('default');
    expect(dead).toMatchObject({
      kind: 'audit.checkpoint',
      lastError: 'Error: the other machine is off',
    });
  });
  expect(logged).toContain('error the last checkpoint of the ledger could not be made');
});
