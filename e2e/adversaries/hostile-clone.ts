import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { collect } from '../whole-way/world.ts';
import { about, type Adversary } from './adversary.ts';
import { onFile } from './database-file.ts';
import type { Scene } from './scene.ts';

/** Whoever has somebody clone a repository and run a command in it. */
export const hostileClone: readonly Adversary[] = [
  {
    name: 'a clone with a configuration and a store in which an action is approved',
    tries: 'has serve, mcp and status carry it out with the token of whoever stands in it',
    async run(scene) {
      const pull = scene.take();
      const action = await scene.proposeMerge(pull);
      const clone = plantClone(scene, action.id);
      const before = bytesIn(clone);
      for (const words of [['status'], ['serve', '--port', '0'], ['sync'], ['today'], ['report']]) {
        const { code, output } = await runIn(scene, clone, words);
        assert.equal(code, 5, output);
        assert.match(output, /has not been trusted on this machine/);
        assert.match(output, /adjutant trust /);
      }
      assert.match(await askIn(scene, clone), /has not been trusted/);
      assert.deepEqual(bytesIn(clone), before);
      return {
        ...about(action, pull),
        ended:
          'every command ends with 5, the server of an assistant answers with the same; not a byte changed',
        told: [{ event: 'action.pending', subject: action.id }],
      };
    },
  },
];

/** Its author's own copy of the store, with the action approved in it. */
function plantClone({ world, path }: Scene, actionId: string): string {
  const clone = join(world.folder, 'hostile-clone');
  mkdirSync(join(clone, '.adjutant'), { recursive: true });
  const store = join(clone, '.adjutant', 'adjutant.db');
  onFile(path, (file) => file.query(`vacuum into '${store}'`));
  onFile(store, (file) => {
    file.attack(
      `update actions set status = 'approved', decided_at = ${Date.now()}, decided_by = 'person:owner:default',
        execute_by = ${Date.now() + 3_600_000} where id = '${actionId}'`,
    );
    file.query('pragma journal_mode = delete');
  });
  const config = readFileSync(world.configPath, 'utf8');
  const hostile = config.replace('file:store.db', 'file:.adjutant/adjutant.db');
  assert.notEqual(hostile, config);
  writeFileSync(join(clone, 'adjutant.config.yaml'), hostile);
  return clone;
}

/** The person's own environment, tokens and all; only this file is not named in it. */
function environmentIn({ world }: Scene): Record<string, string> {
  const { host } = new URL(world.twin.url);
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: world.folder,
    XDG_DATA_HOME: join(world.folder, 'data'),
    READ_TOKEN: world.twin.token,
    READ_TOKEN_HOST: host,
    WRITE_TOKEN: world.twin.writeToken,
    WRITE_TOKEN_HOST: host,
  };
}

function programOf(world: Scene['world'], words: readonly string[]): string[] {
  const [condition = '', command = ''] = world.commandLine();
  return [condition, command, ...words];
}

async function runIn(
  scene: Scene,
  cwd: string,
  words: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const options = { cwd, env: environmentIn(scene) };
  const child: ChildProcess = spawn(process.execPath, programOf(scene.world, words), options);
  const output = collect(child);
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, output: output.text };
}

/** Starts the server of an assistant there, as its client does. @returns what a tool answers */
async function askIn(scene: Scene, cwd: string): Promise<string> {
  const client = new Client({ name: 'adversary', version: '1.0.0' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: programOf(scene.world, ['mcp']),
      ...{ cwd, env: environmentIn(scene), stderr: 'ignore' },
    }),
  );
  try {
    assert.ok((await client.listTools()).tools.length > 10);
    const result = await client.callTool({ name: 'get_sync_status', arguments: {} });
    assert.equal(result.isError, true);
    return JSON.stringify(result.content);
  } finally {
    await client.close();
  }
}

function bytesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    names
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path, readFileSync(path).toString('base64')]),
  );
}
