import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { commandLine } from './testing/command-line.ts';
import { makeClone } from './testing/make-clone.ts';
import { temporaryFolder } from './testing/run-cli.ts';

const bin = join(import.meta.dirname, 'bin.ts');
const condition = '--conditions=@adjutant/source';
const timeout = 120_000;

function project(): { clone: string; env: NodeJS.ProcessEnv } {
  const folder = temporaryFolder(onTestFinished);
  const clone = makeClone(join(folder, 'api'));
  writeFileSync(
    join(clone, 'adjutant.config.yaml'),
    'connectors: { git: { repositories: [.] } }\n',
  );
  const trusted = { ADJUTANT_TRUSTED_CONFIG: join(clone, 'adjutant.config.yaml') };
  return {
    clone,
    env: { PATH: process.env['PATH'], XDG_DATA_HOME: join(folder, 'data'), ...trusted },
  };
}

function runBin(argv: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  return spawnSync(process.execPath, [...commandLine, ...argv], { cwd, env, encoding: 'utf8' });
}

test('an assistant reads a synced store', {
  timeout,
}, async () => {
  const { clone, env } = project();
  expect(runBin(['sync'], clone, env).status).toBe(0);
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...commandLine, 'mcp', '--config', join(clone, 'adjutant.config.yaml')],
    env: {
      PATH: process.env['PATH'] ?? '',
      ADJUTANT_TRUSTED_CONFIG: join(clone, 'adjutant.config.yaml'),
    },
    stderr: 'pipe',
  });
  const client = new Client({ name: 'a-test-client', version: '1.0.0' });
  await client.connect(transport);
  const result = await client.callTool({ name: 'get_sync_status', arguments: {} });
  expect(result.isError ?? false).toBe(false);
  expect(JSON.stringify(result.structuredContent)).toContain('"commits":20');
  await client.close();
});

test('every line that the server prints is protocol, from its start to its end', {
  timeout,
}, async () => {
  const { clone, env } = project();
  const child = spawn(process.execPath, [...commandLine, 'mcp'], {
    cwd: clone,
    env: { ...env, ADJUTANT_DEBUG: '1' },
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    if (stdout.includes('"id":2')) child.stdin.end();
  });
  const clientInfo = { name: 'a-test-client', version: '1.0.0' };
  for (const message of [
    {
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo },
    },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/call', params: { name: 'get_team_overview', arguments: {} } },
  ]) {
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }
  const [code] = await once(child, 'exit');
  const lineSchema = z.object({ jsonrpc: z.literal('2.0'), id: z.number() });
  const ids = stdout
    .trimEnd()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)).id);
  expect({ ids, code }).toEqual({ ids: [1, 2], code: 0 });
});

test('a server with a broken configuration starts and tells the client what is wrong', {
  timeout,
}, async () => {
  const cwd = temporaryFolder(onTestFinished);
  const path = join(cwd, 'adjutant.config.yaml');
  writeFileSync(path, 'stor: a.db\n');
  const args = [...commandLine, 'mcp', '--config', path];
  const env = { PATH: process.env['PATH'] ?? '', ADJUTANT_TRUSTED_CONFIG: path };
  const transport = new StdioClientTransport({
    ...{ command: process.execPath, args, env },
    stderr: 'ignore',
  });
  const client = new Client({ name: 'a-test-client', version: '1.0.0' });
  await client.connect(transport);
  expect((await client.listTools()).tools.length).toBeGreaterThanOrEqual(7);
  const result = await client.callTool({ name: 'get_sync_status', arguments: {} });
  expect(result.isError).toBe(true);
  expect(JSON.stringify(result.content)).toContain('Did you mean');
  await client.close();
});

test('Ctrl-C ends a repeating sync in order, and the store is whole', { timeout }, async () => {
  const { clone, env } = project();
  const child = spawn(process.execPath, [...commandLine, 'sync', '--every', '1h'], {
    cwd: clone,
    env,
  });
  const status = (): unknown => JSON.parse(runBin(['status', '--json'], clone, env).stdout);
  const deadline = Date.now() + 40_000;
  while (Date.now() < deadline) {
    const found = status();
    if (JSON.stringify(found).includes('"commits":20')) break;
  }
  expect(status()).toMatchObject({ worker: { running: true } });
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  expect(code).toBe(130);
  expect(status()).toMatchObject({ rowCounts: { commits: 20 }, worker: { running: false } });
});

test('a reader that goes away is no failure', { timeout }, () => {
  const { clone, env } = project();
  mkdirSync(join(clone, 'out'));
  const line = `"${process.execPath}" ${commandLine.map((part) => `"${part}"`).join(' ')} export 2>out/err | head -n 1 >/dev/null`;
  runBin(['sync'], clone, env);
  const { stdout } = spawnSync('sh', ['-c', `${line}; cat out/err`], {
    cwd: clone,
    env,
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});

test('an older Node is told in one line, with a command that works', () => {
  const script = `
    Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.11.0' } });
    process.argv = [process.argv[0], ${JSON.stringify(bin)}, 'look', '.'];
    await import(${JSON.stringify(bin)});`;
  const { status, stderr } = spawnSync(
    process.execPath,
    [condition, '--input-type=module', '-e', script],
    {
      encoding: 'utf8',
    },
  );
  expect(status).toBe(3);
  expect(stderr).toBe(
    'adjutant needs Node 22.12 or newer, this is 20.11.0. ' +
      'This works: npx -y -p node@24 -p @adjutant/cli -- adjutant look .\n',
  );
});
