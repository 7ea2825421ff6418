import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createSecrets } from './create-secrets.ts';
import { createKeyRing } from './testing/key-ring.ts';

const name = 'connector:github:user:ada';
const clock = createFakeClock();
const keys = createKeyRing('k1');
let store: Store;
beforeEach(async () => {
  store = await openStore(':memory:', { clock });
});
afterEach(() => store.close());

const secretsOf = () => createSecrets({ store, workspaceId: 'w', clock, keyProvider: keys });
const ledger = async () =>
  (await store.read.select().from(tables.auditEntries)).map(({ event, subject }) => [
    event,
    subject,
  ]);

/** A source of tokens that takes each of them once. */
function createIssuer() {
  const spent: string[] = [];
  return {
    spent,
    isDue: (value: string) => value.startsWith('old'),
    async change(value: string) {
      if (spent.includes(value)) throw new Error(`${value} was spent before`);
      spent.push(value);
      await clock.sleep(1_000);
      return `new-${spent.length}`;
    },
  };
}

test('a secret that is due is changed once, however many ask at the same time', async () => {
  const issuer = createIssuer();
  await secretsOf().put(name, 'old-1');
  const asked = await Promise.all(Array.from({ length: 8 }, () => secretsOf().renew(name, issuer)));
  expect(new Set(asked)).toEqual(new Set(['new-1']));
  expect(issuer.spent).toEqual(['old-1']);
  expect(await secretsOf().get(name)).toBe('new-1');
});

test('one that is not due is given as it is, and one that is not there is none', async () => {
  const issuer = createIssuer();
  expect(await secretsOf().renew(name, issuer)).toBeNull();
  await secretsOf().put(name, 'fresh');
  expect(await secretsOf().renew(name, issuer)).toBe('fresh');
  expect(issuer.spent).toEqual([]);
  expect((await ledger()).map(([event]) => event)).not.toContain('plumbing.token_refresh');
});

test('the change stands in the ledger before it happens', async () => {
  await secretsOf().put(name, 'old-1');
  let told: (string | null)[][] = [];
  const failing = {
    isDue: () => true,
    async change(): Promise<string> {
      told = await ledger();
      throw new Error('no answer');
    },
  };
  await expect(secretsOf().renew(name, failing)).rejects.toThrow('no answer');
  expect(told).toContainEqual(['plumbing.token_refresh', name]);
  // What failed leaves the secret as it was, and keeps nobody from trying again.
  expect(await secretsOf().get(name)).toBe('old-1');
  expect(await secretsOf().renew(name, createIssuer())).toBe('new-1');
});

test('what somebody stored meanwhile is not written over', async () => {
  await secretsOf().put(name, 'old-1');
  const slow = {
    isDue: (value: string) => value.startsWith('old'),
    async change() {
      await secretsOf().put(name, 'entered by hand');
      return 'of the old one';
    },
  };
  expect(await secretsOf().renew(name, slow)).toBe('entered by hand');
  expect(await secretsOf().get(name)).toBe('entered by hand');
});

/** An issuer after whose answer something happens once. */
function createIssuerWith(after: () => void | Promise<void>) {
  const issuer = createIssuer();
  const change = async (value: string) => {
    const next = await issuer.change(value);
    await after();
    return next;
  };
  return { ...issuer, change };
}

/** Secrets whose keys are away for so many times that they are asked for, once told so. */
function secretsWithKeysAway(times: number) {
  let left = 0;
  const provider = {
    ...keys,
    async key(keyId: string) {
      if (left === 0) return keys.key(keyId);
      left -= 1;
      throw new Error('The keys are away.');
    },
  };
  const secrets = createSecrets({ store, workspaceId: 'w', clock, keyProvider: provider });
  const goAway = () => {
    left = times;
  };
  return { secrets, goAway };
}

test('what was changed is stored when the keys come back, and not dropped', async () => {
  await secretsOf().put(name, 'old-1');
  const { secrets, goAway } = secretsWithKeysAway(90);
  const issuer = createIssuerWith(goAway);
  expect(await secrets.renew(name, issuer)).toBe('new-1');
  expect(await secretsOf().get(name)).toBe('new-1');
  expect(issuer.spent).toEqual(['old-1']);
});

test('what was changed is stored when a busy store is free again', async () => {
  await secretsOf().put(name, 'old-1');
  const transaction = vi.spyOn(store, 'transaction');
  const issuer = createIssuerWith(() => {
    for (let at = 0; at < 7; at += 1) {
      transaction.mockRejectedValueOnce(new AdjutantError('StoreBusy', 'Busy.'));
    }
  });
  expect(await secretsOf().renew(name, issuer)).toBe('new-1');
  expect(await secretsOf().get(name)).toBe('new-1');
});

test('while it waits to be stored nobody else spends the old one', async () => {
  await secretsOf().put(name, 'old-1');
  const { secrets, goAway } = secretsWithKeysAway(75);
  const issuer = createIssuerWith(goAway);
  const first = secrets.renew(name, issuer);
  while (issuer.spent.length === 0) await clock.sleep(1);
  const second = secretsOf().renew(name, issuer);
  expect(await Promise.all([first, second])).toEqual(['new-1', 'new-1']);
  expect(issuer.spent).toEqual(['old-1']);
});

test('a key to store with that is away is found out before the old one is spent', async () => {
  await secretsOf().put(name, 'old-1');
  const issuer = createIssuer();
  let asked = 0;
  const provider = {
    ...keys,
    async key(keyId: string) {
      asked += 1;
      // It is read twice: before anybody waits for the lease, and under it.
      if (asked > 2) throw new Error('The keys are away.');
      return keys.key(keyId);
    },
  };
  const secrets = createSecrets({ store, workspaceId: 'w', clock, keyProvider: provider });
  await expect(secrets.renew(name, issuer)).rejects.toThrow();
  expect(asked).toBe(3);
  expect(issuer.spent).toEqual([]);
  expect((await ledger()).map(([event]) => event)).not.toContain('plumbing.token_refresh');
});

test('a value that may not be stored is refused at once', async () => {
  await secretsOf().put(name, 'old-1');
  const before = clock.now();
  const empty = { isDue: () => true, change: async () => '' };
  await expect(secretsOf().renew(name, empty)).rejects.toMatchObject({ code: 'InvalidInput' });
  expect(clock.now()).toBe(before);
});

test('the note of one who came too late gives way to what the first one got', async () => {
  await secretsOf().put(name, 'old-1');
  const isEndOf = (value: string, before: string) => value === `ended: ${before}`;
  const late = { isDue: () => true, change: async (value: string) => `ended: ${value}`, isEndOf };
  const stalled = createIssuerWith(async () => {
    clock.advance(61_000);
    expect(await secretsOf().renew(name, late)).toBe('ended: old-1');
  });
  expect(await secretsOf().renew(name, { ...stalled, isEndOf })).toBe('new-1');
  expect(await secretsOf().get(name)).toBe('new-1');
});

test('a process that never ends keeps others from it for a minute, not for ever', async () => {
  await secretsOf().put(name, 'old-1');
  const stuck = { isDue: () => true, change: () => new Promise<string>(() => undefined) };
  void secretsOf().renew(name, stuck);
  await clock.sleep(1);
  while (!(await ledger()).some(([event]) => event === 'plumbing.token_refresh')) {
    await clock.sleep(1);
  }
  const before = clock.now();
  expect(await secretsOf().renew(name, createIssuer())).toBe('new-1');
  expect(clock.now() - before).toBeLessThan(90_000);
});

/** A store in a file and an issuer on loopback, for processes of their own. */
async function startProcesses() {
  const folder = await mkdtemp(join(tmpdir(), 'adjutant-renew-'));
  const path = join(folder, 'store.db');
  const spent: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const value = await text(request);
    const isGood = !spent.includes(value);
    spent.push(value);
    response.writeHead(isGood ? 200 : 400).end(isGood ? `new-${spent.length}` : 'spent before');
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(async () => {
    await new Promise((closed) => server.close(closed));
    await rm(folder, { recursive: true, force: true });
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const shared = await openStore(path, { clock });
  await createSecrets({ store: shared, workspaceId: 'w', clock, keyProvider: keys }).put(
    name,
    'old-1',
  );
  await shared.close();
  const run = async (how = ''): Promise<string> => {
    const script = join(import.meta.dirname, 'testing', 'renew-child.ts');
    const issuer = `http://127.0.0.1:${port}/`;
    const child = spawn(
      process.execPath,
      ['--conditions=@adjutant/source', script, path, name, issuer, how],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [said, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    return signal === null ? said : String(signal);
  };
  return { spent, run };
}

test('of several processes one spends the old one, and all have the same new one', async () => {
  const { spent, run } = await startProcesses();
  expect(await Promise.all([run(), run(), run()])).toEqual(['new-1', 'new-1', 'new-1']);
  expect(spent).toEqual(['old-1']);
}, 30_000);

test('one that dies once it has spent the old one keeps nobody waiting, and is found out', async () => {
  const { spent, run } = await startProcesses();
  expect(await run('dies')).toBe('SIGKILL');
  expect(await run()).toBe('ended: spent before');
  expect(await run()).toBe('ended: spent before');
  // Marked as ended, it is not sent a third time.
  expect(spent).toEqual(['old-1', 'old-1']);
}, 30_000);
