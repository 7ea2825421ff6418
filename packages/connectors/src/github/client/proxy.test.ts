import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { githubVendor } from '../github-vendor.ts';
import { refuseProxiedLoopback } from '../../http/loopback-proxy.ts';

const token = 'ghp_canary0123456789canary0123456789';
const child = join(import.meta.dirname, '__fixtures__', 'ask-once.ts');

/** A proxy that opens every tunnel and writes down what it could read in it. */
async function startProxy(): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const proxy = createServer((message, response) => {
    seen.push(`${message.method} ${message.url} ${JSON.stringify(message.headers)}`);
    response.end('{}');
  });
  proxy.on('connect', (message, socket) => {
    seen.push(`CONNECT ${message.url} ${JSON.stringify(message.headers)}`);
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    socket.on('error', () => undefined);
    socket.once('data', (bytes: Buffer) => {
      // In clear it would be a request; with https it is the beginning of a handshake.
      seen.push(bytes.toString('latin1'));
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return { url: `http://127.0.0.1:${address.port}`, seen };
}

async function askThrough(
  proxy: string,
  baseUrl: string,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@adjutant/source', child, baseUrl, token],
    {
      env: {
        PATH: process.env['PATH'],
        NODE_USE_ENV_PROXY: '1',
        HTTP_PROXY: proxy,
        HTTPS_PROXY: proxy,
        ...more,
      },
    },
  );
  return stdout;
}

test('a proxy sees no credential on the way to https', async () => {
  const { url, seen } = await startProxy();
  await askThrough(url, 'https://github.invalid/api/v3');
  expect(seen.join('\n')).toContain('CONNECT github.invalid:443');
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.join('\n')).not.toContain(token);
});

test('http to this machine is not sent through a proxy, which could read it', async () => {
  const { url, seen } = await startProxy();
  const said = await askThrough(url, 'http://127.0.0.1:9/api/v3');
  expect(said).toContain('in clear');
  expect(seen).toEqual([]);
});

test('an exemption that Node does not understand exempts nothing', async () => {
  const { url, seen } = await startProxy();
  for (const [baseUrl, exempt] of [
    ['http://[::1]:9/api/v3', '::1'],
    ['http://127.0.0.1:9/api/v3', 'example.com,*'],
  ] as const) {
    expect(await askThrough(url, baseUrl, { NO_PROXY: exempt })).toContain('in clear');
  }
  expect(seen).toEqual([]);
});

test('the exemption that is advised is one that Node understands', async () => {
  const { url, seen } = await startProxy();
  const env = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: url };
  for (const [baseUrl, exempt] of [
    ['http://[::1]:9/api/v3', '[::1]'],
    ['http://127.0.0.1:9/api/v3', '127.0.0.1'],
  ] as const) {
    expect(() => refuseProxiedLoopback({ baseUrl }, { env, execArgv: [] }, githubVendor)).toThrow(
      expect.objectContaining({ hint: `Set NO_PROXY=${exempt}, or use https.` }),
    );
    expect(await askThrough(url, baseUrl, { NO_PROXY: exempt })).not.toContain('in clear');
  }
  expect(seen).toEqual([]);
});

test('a host that is exempt from the proxy is asked directly', () => {
  const settings = (env: Record<string, string>) => ({ env, execArgv: [] });
  const address = { baseUrl: 'http://127.0.0.1:1' };
  const proxied = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: 'http://proxy' };
  expect(() => refuseProxiedLoopback(address, settings(proxied), githubVendor)).toThrow();
  expect(() =>
    refuseProxiedLoopback(
      address,
      {
        env: { HTTP_PROXY: 'http://proxy' },
        execArgv: ['--use-env-proxy'],
      },
      githubVendor,
    ),
  ).toThrow();
  for (const env of [
    { ...proxied, NO_PROXY: 'localhost,127.0.0.1' },
    { HTTP_PROXY: 'http://x' },
    {},
  ]) {
    expect(() => refuseProxiedLoopback(address, settings(env), githubVendor)).not.toThrow();
  }
});
