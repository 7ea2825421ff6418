import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { systemClock } from '@adjutant/core/ports';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../config/load-config.ts';
import { createOutput } from '../output.ts';
import { answering } from '../testing/answering.ts';
import { ioOf, runCli, temporaryFolder, trustShown } from '../testing/run-cli.ts';
import { installationMemory } from './installation-memory.ts';

const server = 'libsql://db.example.com';
const question = 'Do approvals in';

function worldWith(text: string, env: Record<string, string> = {}) {
  const cwd = temporaryFolder(onTestFinished);
  const path = join(cwd, 'adjutant.config.yaml');
  const write = (more: string): void => writeFileSync(path, more);
  write(text);
  const options = { cwd, env };
  const counts = (file: string | null = null): boolean => {
    const { io } = ioOf([], options);
    const output = createOutput(io, { json: false, color: false });
    const context = { io, output, clock: systemClock, configPath: undefined, secrets: [] };
    return installationMemory(io, readConfig(context)).adopts({ file });
  };
  const run = (line: string, answers?: Record<string, boolean>, asked: string[] = []) =>
    runCli(line.split(' '), {
      ...options,
      hasTrusted: false,
      ...(answers === undefined ? {} : { prompts: answering(answers, asked) }),
    });
  const trusts = (...flags: string[]) => trustShown(ioOf([], options).io, flags);
  return { cwd, path, write, counts, run, trusts };
}

const remote = `store: ${server}\n`;
const trusted = { 'Do you trust this file?': true };

describe('approvals in a store on a server', () => {
  test('count neither before trust nor with it alone, whichever way it was given', async () => {
    const { counts, run, trusts } = worldWith(remote);
    expect(counts()).toBe(false);
    await trusts();
    expect(counts()).toBe(false);
    const asked: string[] = [];
    await run('trust --adopt', { [question]: false }, asked);
    expect(asked.join('\n')).toContain(`${question} ${server} count here?`);
    expect(asked.join('\n')).not.toContain('Do you trust this file?');
    expect(counts()).toBe(false);
  });

  test('are asked about apart at trust, with "no" proposed', async () => {
    const { counts, run } = worldWith(remote);
    await run('trust', trusted);
    expect(counts()).toBe(false);
    await run('trust --adopt', { [question]: true });
    expect(counts()).toBe(true);
  });

  test('count once adopted, and no more for another address, or once trust is revoked', async () => {
    const { counts, run, write } = worldWith(remote);
    await run('trust', { ...trusted, [question]: true });
    expect(counts()).toBe(true);
    for (const other of [
      'libsql://db.example.com.evil.example',
      'https://other.example',
      `${server}/b`,
    ]) {
      write(`store: ${other}\n`);
      expect(counts()).toBe(false);
      await run('trust', trusted);
      expect(counts()).toBe(false);
    }
    write(remote);
    await run('trust', trusted);
    await run('trust revoke .');
    await run('trust', trusted);
    expect(counts()).toBe(false);
  });

  test('are adopted by a script with its own flag and the digest that was shown', async () => {
    const { counts, run, trusts } = worldWith(remote);
    for (const line of ['trust --adopt', 'trust --adopt --json', 'trust --yes']) {
      expect((await run(line)).exitCode).not.toBe(0);
      expect(counts()).toBe(false);
    }
    expect(await trusts('--adopt')).toBe(0);
    expect(counts()).toBe(true);
  });

  test('count where the person named the address or the file in the environment', () => {
    expect(worldWith('store: ${ADJUTANT_STORE}\n', { ADJUTANT_STORE: server }).counts()).toBe(true);
    const { cwd, path } = worldWith(remote);
    const { io } = ioOf([], { cwd, env: { ADJUTANT_TRUSTED_CONFIG: path } });
    const output = createOutput(io, { json: false, color: false });
    const context = { io, output, clock: systemClock, configPath: undefined, secrets: [] };
    expect(installationMemory(io, readConfig(context)).adopts({ file: null })).toBe(true);
  });
});

test('a file has no server to adopt, and none beside a configuration is taken', async () => {
  const { cwd, counts, run } = worldWith('store: a.db\n');
  expect((await run('trust --adopt')).exitCode).toBe(2);
  writeFileSync(join(cwd, 'a.db'), '');
  expect(counts(join(cwd, 'a.db'))).toBe(false);
});

test('a copy of a known store at another place is not known', async () => {
  const { cwd } = worldWith('store: a.db\n');
  const { io } = ioOf([], { cwd });
  const memoryOf = (store: string) => {
    const folder = join(cwd, store);
    mkdirSync(folder, { recursive: true });
    const path = join(folder, 'adjutant.config.yaml');
    writeFileSync(path, 'store: a.db\n');
    const output = createOutput(io, { json: false, color: false });
    return installationMemory(
      io,
      readConfig({ io, output, clock: systemClock, configPath: path, secrets: [] }),
    );
  };
  const own = memoryOf('own');
  const file = join(cwd, 'own', 'a.db');
  const restores = async (place: string): Promise<number> => {
    const adjutant = await createAdjutant({
      store: join(cwd, place, 'a.db'),
      installation: memoryOf(place),
    });
    const owner = await adjutant.owner();
    const { items } = await adjutant.workspace().as(owner).audit.list({ event: 'store.restored' });
    await adjutant.close();
    return items.length;
  };
  const made = await createAdjutant({ store: file, installation: own });
  const tokens = made.accessTokens(await made.owner());
  await tokens.create({ name: 'a', scopes: ['read'] });
  await made.close();
  expect(await restores('own')).toBe(0);
  cpSync(join(cwd, 'own'), join(cwd, 'clone'), { recursive: true });
  expect(await restores('clone')).toBe(1);
  expect(await restores('own')).toBe(0);
});
