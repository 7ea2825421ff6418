import { connect } from 'node:net';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { exitCodes } from '../exit-codes.ts';
import { freePort } from '../testing/free-port.ts';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

const isUp = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health`).then(
    ({ ok }) => ok,
    () => false,
  );

test('a request that is under way when serve is asked to end is answered before it ends', async () => {
  const cwd = temporaryFolder(onTestFinished);
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: store.db\n');
  const port = await freePort();
  const stopping = new AbortController();
  const serving = runCli(['serve', '--port', String(port)], { cwd, signal: stopping.signal });
  await expect.poll(() => isUp(port)).toBe(true);

  const socket = connect(port, '127.0.0.1');
  const answer = text(socket);
  const head = [
    'POST /api/session HTTP/1.1',
    `Host: localhost:${port}`,
    `Origin: http://localhost:${port}`,
    'Content-Type: application/json',
    'Content-Length: 20',
    'Expect: 100-continue',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  // Said once the request is being answered: from here on it is under way.
  await once(socket, 'readable');
  stopping.abort();
  // No new one is taken any more, so it is the end that has begun.
  await expect.poll(() => isUp(port)).toBe(false);
  socket.write('{"token":"whatever"}');

  expect(await answer).toMatch(/HTTP\/1\.1 4\d\d /);
  expect(await serving).toMatchObject({ exitCode: exitCodes.interrupted, stderr: '' });
});
