import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { git } from '@adjutant/connectors/git';
import { createAdjutant } from '@adjutant/core';
import {
  Client as ModernClient,
  StreamableHTTPClientTransport as ModernTransport,
} from '@modelcontextprotocol/client';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = join(import.meta.dirname, 'main.ts');
const identity = { name: 'a-test-client', version: '1.0.0' };
const ours = 'token-of-the-payments-team';
const theirs = 'token-of-another-team';
let folder: string;
let program: ChildProcess;
let url: URL;

function runGit(parameters: readonly string[]): void {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  const silent = ['-c', 'commit.gpgsign=false', '-c', 'core.hooksPath=/dev/null'];
  execFileSync('git', [...who, ...silent, ...parameters], { cwd: join(folder, 'clone'), env });
}

/** A store whose default workspace holds three merges, and whose other workspace holds nothing. */
async function fillStore(store: string): Promise<void> {
  execFileSync('git', ['init', '-q', '-b', 'main', join(folder, 'clone')]);
  for (const number of [1, 2, 3]) {
    runGit(['commit', '-q', '--allow-empty', '-m', `Add part ${number} (#${number})`]);
  }
  const connectors = [git({ repositories: [join(folder, 'clone')] })];
  const adjutant = await createAdjutant({ store, connectors });
  await adjutant.sync();
  await adjutant.close();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-mount-mcp-'));
  const store = join(folder, 'adjutant.db');
  await fillStore(store);
  program = spawn(process.execPath, ['--conditions=@adjutant/source', main], {
    env: {
      ...process.env,
      MCP_STORE: store,
      MCP_TOKENS: `${ours}=default,${theirs}=elsewhere`,
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (program.stdout === null) throw new Error('no standard output');
  for await (const line of createInterface(program.stdout)) {
    url = new URL(line.replace('MCP at ', ''));
    break;
  }
});

afterAll(async () => {
  program.kill('SIGTERM');
  await once(program, 'exit');
  rmSync(folder, { recursive: true, force: true });
});

const clients = {
  '2025-11-25': async (token: string) => {
    const client = new LegacyClient(identity);
    const requestInit = { headers: { authorization: `Bearer ${token}` } };
    const transport = new LegacyTransport(url, { requestInit });
    await client.connect(transport);
    return client;
  },
  '2026-07-28': async (token: string) => {
    const mode = { pin: '2026-07-28' };
    const client = new ModernClient(identity, { versionNegotiation: { mode } });
    const requestInit = { headers: { authorization: `Bearer ${token}` } };
    await client.connect(new ModernTransport(url, { requestInit }));
    return client;
  },
};

describe.each(Object.entries(clients))('a client of revision %s', (_revision, connect) => {
  it('lists the tools and gets answers, many at once', async () => {
    const client = await connect(ours);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('list_work');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        client.callTool({ name: 'list_work', arguments: { limit: 1 + (index % 3) } }),
      ),
    );
    const counts = answers.map(({ structuredContent }) => structuredContent);
    expect(counts).toHaveLength(20);
    for (const [index, answer] of counts.entries()) {
      expect(answer).toMatchObject({ total: 3, groups: [{ kind: 'pull_request' }] });
      expect(JSON.stringify(answer).match(/Add part/g)).toHaveLength(1 + (index % 3));
    }
    await client.close();
  });

  it('sees what its own token opens, at the same time as another sees its own', async () => {
    const [mine, other] = [await connect(ours), await connect(theirs)];
    const calls = Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? mine : other));
    const answers = await Promise.all(
      calls.map((client) => client.callTool({ name: 'list_work' })),
    );
    expect(answers.map(({ structuredContent }) => structuredContent)).toMatchObject(
      calls.map((client) => ({ total: client === mine ? 3 : 0 })),
    );
    await Promise.all([mine.close(), other.close()]);
  });

  it('reads the team as a resource, page by page as its cursor says', async () => {
    const client = await connect(ours);
    const { contents } = await client.readResource({ uri: 'adjutant://team' });
    expect(contents).toHaveLength(1);
    const first = await client.callTool({ name: 'list_work', arguments: { limit: 2 } });
    const next = first.structuredContent as { next_cursor: string };
    const rest = await client.callTool({
      name: 'list_work',
      arguments: { limit: 2, cursor: next.next_cursor },
    });
    expect(rest.structuredContent).toMatchObject({ total: 3, next_cursor: null });
    await client.close();
  });

  it('is not let in without a token that the host knows', async () => {
    await expect(connect('a-token-of-nobody')).rejects.toThrow(
      /Not authenticated|requires authorization/,
    );
  });
});

interface Sent {
  headers?: Record<string, string>;
  method?: string;
  body?: string;
}

/** Sends a request as it is told to, `Host` included, which `fetch` would not. */
function send({ headers = {}, method = 'POST', body = '' }: Sent) {
  const usual = {
    authorization: `Bearer ${ours}`,
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
  };
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>(
    (resolve, reject) => {
      const request = httpRequest(
        url,
        { method, headers: { ...usual, ...headers } },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () => {
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
          });
        },
      );
      // What is refused early may be cut off while it is still being sent.
      request.on('error', reject).end(body);
    },
  );
}

const initialize = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: identity },
});

describe('the endpoint', () => {
  it('answers what is meant for it, and lets nobody keep the answer', async () => {
    const { status, headers } = await send({ body: initialize });
    expect(status).toBe(200);
    expect(headers['cache-control']).toContain('no-store');
    expect(headers).not.toHaveProperty('mcp-session-id');
  });

  it.each([
    ['a host name that an attacker pointed here', { host: 'evil.example' }, 403],
    ['that host name with our port', { host: 'evil.example:4000' }, 403],
    ['the page of another site', { origin: 'https://evil.example' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
    ['another server of this machine', { origin: 'http://localhost:1' }, 403],
    ['no token', { authorization: '' }, 401],
    ['a wrong token', { authorization: 'Bearer nonsense' }, 401],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a browser that wants a page', { accept: 'text/html' }, 406],
  ])('refuses %s', async (_name, headers, status) => {
    const answer = await send({ headers, body: initialize });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ jsonrpc: '2.0', id: null });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('tells an unknown caller how to authenticate', async () => {
    const { headers } = await send({ headers: { authorization: '' }, body: initialize });
    expect(headers['www-authenticate']).toBe('Bearer');
  });

  it.each(['GET', 'DELETE', 'OPTIONS'])(
    'keeps no session that %s could ask for',
    async (method) => {
      const { status, headers } = await send({ method });
      expect(status).toBe(405);
      expect(headers['allow']).toBe('POST');
    },
  );

  it.each([
    ['declared', { 'content-length': '300000' }],
    ['found while reading', { 'transfer-encoding': 'chunked' }],
  ])('refuses a body that is too large, %s', async (_name, headers) => {
    const { status } = await send({ headers, body: ' '.repeat(300_000) });
    expect(status).toBe(413);
  });

  it('says what is wrong with a body that is no JSON', async () => {
    const { status, text } = await send({ body: '{"jsonrpc":' });
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ error: { code: -32_700 } });
  });
});
