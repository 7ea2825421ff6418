import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { limitConnections } from './limit-connections.ts';

async function start(isProxy: (address: string) => boolean) {
  const server = createServer((_, response) => response.end('here'));
  limitConnections(server, isProxy, 2);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const { port } = server.address() as AddressInfo;
  const open = async (localAddress: string): Promise<Socket> => {
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  const isAnswered = (socket: Socket): Promise<boolean> =>
    new Promise((resolve) => {
      socket.once('data', () => resolve(true));
      socket.once('close', () => resolve(false));
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    });
  return { open, isAnswered };
}

test('one address has its share of connections, and no other loses by it', async () => {
  const { open, isAnswered } = await start(() => false);
  const first = await open('127.0.0.1');
  expect(await isAnswered(first)).toBe(true);
  expect(await isAnswered(await open('127.0.0.1'))).toBe(true);
  expect(await isAnswered(await open('127.0.0.1'))).toBe(false);
  expect(await isAnswered(await open('127.0.0.2'))).toBe(true);
  first.end();
  await once(first, 'close');
  await expect.poll(async () => isAnswered(await open('127.0.0.1'))).toBe(true);
});

test('a proxy stands for many', async () => {
  const { open, isAnswered } = await start((address) => address === '127.0.0.1');
  for (let count = 0; count < 5; count += 1) {
    expect(await isAnswered(await open('127.0.0.1'))).toBe(true);
  }
});
