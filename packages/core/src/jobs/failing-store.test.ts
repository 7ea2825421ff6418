import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type Libsql from 'libsql';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import type { Clock } from '../clock.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { AdjutantError } from '../errors.ts';
import { createScriptedConnector, scriptedBatches } from '../testing/scripted-connector.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';

// A disk on which every write fails once: each statement that changes something, each beginning and each
// commit, by each code that passes by itself. Whoever works for a store outlives them all.

const disk = vi.hoisted(() => ({
  code: null as string | null,
  /** Whether a commit that fails was written all the same. */
  keepsCommits: false,
  failed: new Set<string>(),
}));

vi.mock('libsql', async (importActual) => {
  const { default: Database } = await importActual<{ default: typeof Libsql }>();
  const changes = /^\s*(?:insert|update|delete|with[\s\S]*(?:insert|update|delete))\b/i;
  class FailingDatabase extends Database {
    #last = '';
    #fail(write: string, before: () => void = () => undefined): void {
      const { code } = disk;
      if (code === null || disk.failed.has(write)) return;
      disk.failed.add(write);
      before();
      // As SQLite does by itself where there is no room, or the disk fails.
      if (/FULL|IOERR/.test(code) && this.inTransaction) super.exec('rollback');
      throw Object.assign(new Error('the disk of this test fails'), { code });
    }
    override exec(text: string): this {
      if (text === 'begin immediate') this.#fail(text);
      if (text === 'commit') {
        this.#fail(`commit after ${this.#last}`, () => {
          if (disk.keepsCommits) super.exec('commit');
        });
      }
      return super.exec(text);
    }
    constructor(...given: ConstructorParameters<typeof Libsql>) {
      super(...given);
      Reflect.set(this, 'prepare', (text: string) => this.#prepared(text));
    }
    #prepared(text: string): Libsql.Statement {
      const statement = super.prepare(text);
      if (!changes.test(text)) return statement;
      for (const name of ['run', 'get', 'all'] as const) {
        const run = statement[name].bind(statement);
        const failing = (...given: unknown[]): unknown => {
          this.#last = text;
          this.#fail(text);
          return run(...given);
        };
        Reflect.set(statement, name, failing);
      }
      return statement;
    }
  }
  return { default: FailingDatabase };
});

beforeEach(() => {
  disk.code = null;
  disk.keepsCommits = false;
  disk.failed.clear();
});

const classes = ['keyed', 'probeable', 'blind'] as const;
const settled = new Set(['executed', 'needs_human']);
const payloads = Array.from({ length: 6 }, (_, place) => ({
  number: place + 1,
  title: `change ${place + 1}`,
  author: 'ann',
}));
const proof = { kind: 'host_session', subject: 'owner', method: 'test' } as const;

/** Hours pass in seconds: leases, quiet periods and pauses all come to their end. */
function hurriedClock(): Clock {
  const began = performance.now();
  const passed = (): number => Math.round((performance.now() - began) * 100);
  const startAt = Date.UTC(2026, 8, 14, 12);
  return {
    now: () => startAt + passed(),
    monotonic: passed,
    sleep: (milliseconds, signal) => sleep(milliseconds / 100, undefined, { signal }),
  };
}

/** Asks again, as a person does who is told that the store cannot be written just now. */
async function again<Result>(ask: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!AdjutantError.isInstance(error) || !error.retryable) throw error;
      await sleep(2);
    }
  }
}

async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-failing-store-'));
  const targets = classes.map(() => createTestTarget());
  const adjutant = await createAdjutant({
    store: join(folder, 'store.db'),
    clock: hurriedClock(),
    connectors: [createScriptedConnector(scriptedBatches(payloads, 2))],
    actions: classes.map((effectClass, place) =>
      createTestAction({
        id: `test.${effectClass}`,
        target: targets[place] ?? createTestTarget(),
        effectClass,
        quietPeriodMs: 60_000,
      }),
    ),
    approvals: { hostSession: { verify: async () => ({}), recheck: async () => true } },
  });
  onTestFinished(async () => {
    await adjutant.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { adjutant, targets };
}

/** Proposes one action of each class, and approves what it came to; returns where they ended. */
async function carryThrough(adjutant: Adjutant): Promise<string[]> {
  const { actions } = adjutant.workspace().as(await adjutant.owner());
  const proposed = [];
  for (const effectClass of classes) {
    const proposal = { type: `test.${effectClass}`, payload: { text: effectClass } };
    const idempotencyKey = `key-${effectClass}`;
    proposed.push(await again(() => actions.propose({ ...proposal, idempotencyKey })));
  }
  return Promise.all(
    proposed.map(async ({ id }) => {
      for (;;) {
        const { status, revision, payloadHash } = await actions.get(id);
        if (settled.has(status)) return status;
        if (status === 'pending' && payloadHash !== null) {
          const decision = { actionId: id, revision, payloadHash, verdict: 'approve' } as const;
          // Where it was kept and said to have failed, it is decided already.
          await again(() => actions.decide({ ...decision, proof })).catch(() => undefined);
        }
        await sleep(5);
      }
    }),
  );
}

async function keptNumbers(adjutant: Adjutant): Promise<number[]> {
  const numbers: number[] = [];
  for await (const line of adjutant.exportWorkspace()) {
    const number = /^\["pull_requests",.*"change (\d+)"/.exec(line)?.[1];
    if (number !== undefined) numbers.push(Number(number));
  }
  return numbers.toSorted((left, right) => left - right);
}

const codes = [
  'SQLITE_FULL',
  'SQLITE_BUSY',
  'SQLITE_PROTOCOL',
  'SQLITE_IOERR_WRITE',
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
];

test.each([
  ...codes.map((code) => ({ code, keepsCommits: false })),
  { code: 'SQLITE_IOERR_FSYNC', keepsCommits: true },
])(
  'where each write fails once with %o, the worker goes on, loses nothing and does nothing twice',
  async ({ code, keepsCommits }) => {
    const { adjutant, targets } = await open();
    const owner = await adjutant.owner();
    const stop = new AbortController();
    const { signal } = stop;
    Object.assign(disk, { code, keepsCommits });
    const executed: string[] = [];
    adjutant.on('action.executed', ({ subjectId }) => void executed.push(subjectId ?? ''));
    const ended: unknown[] = [];
    const working = [
      adjutant.work({ everyMs: 60_000, signal }),
      adjutant.workActions({ signal }),
    ].map((work) => work.catch((error: unknown) => void ended.push(error)));
    const states = await carryThrough(adjutant);
    const handle = adjutant.workspace().as(owner);
    await vi.waitFor(async () => expect(await keptNumbers(adjutant)).toEqual([1, 2, 3, 4, 5, 6]), {
      timeout: 20_000,
    });
    await vi.waitFor(async () => expect(await adjutant.probeStore()).toBeNull());
    expect(ended).toEqual([]);
    expect(disk.failed.size).toBeGreaterThan(30);
    disk.code = null;
    expect(states.slice(0, 2)).toEqual(['executed', 'executed']);
    for (const [place, { effects }] of targets.entries()) {
      const isDone = states[place] === 'executed';
      expect(effects.length).toBeLessThanOrEqual(1);
      if (isDone) expect(effects).toHaveLength(1);
    }
    expect(await handle.audit.verify()).toMatchObject({ ok: true });
    stop.abort();
    await Promise.all(working);
    expect(ended).toEqual([]);
  },
  60_000,
);

test.each(['SQLITE_CORRUPT', 'SQLITE_CORRUPT_INDEX', 'SQLITE_NOTADB'])(
  'a worker whose store is damaged (%s) ends, and says how to restore it',
  async (code) => {
    const { adjutant } = await open();
    disk.code = code;
    const working = adjutant.workActions({ signal: new AbortController().signal });
    await expect(working).rejects.toMatchObject({
      code: 'StoreCorrupt',
      hint: expect.stringContaining('adjutant restore'),
    });
    disk.code = null;
  },
);
