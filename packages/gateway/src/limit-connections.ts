import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { addressKeys } from './auth/address-keys.ts';

/** Connections of one server that are open at once. Who comes beyond is not taken. */
const mostOpen = 8_192;
/** Of one address, or of one /64 of IPv6. */
const mostOfOne = 512;

/**
 * Ends at once what one address opens beyond its share, so that it cannot take the places of all others.
 * A proxy stands for many, and has no share.
 */
export function limitConnections(
  server: Server,
  isProxy: (address: string) => boolean,
  most: number = mostOfOne,
): void {
  server.maxConnections = mostOpen;
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress;
    if (address === undefined || isProxy(address)) return;
    const key = addressKeys(address).at(-1) ?? address;
    const count = (open.get(key) ?? 0) + 1;
    if (count > most) {
      socket.destroy();
      return;
    }
    open.set(key, count);
    socket.once('close', () => {
      const left = (open.get(key) ?? 1) - 1;
      if (left === 0) open.delete(key);
      else open.set(key, left);
    });
  });
}
