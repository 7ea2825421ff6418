// What a stranger does to a gateway of this machine: wrong sign-ins of every kind at a steady rate, and
// bodies that are declared large and come a byte at a time. It ends by itself.
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, visitorAt } from './visitor.ts';

export const badSignInsPerSecond = 200;
export const slowBodies = 50;
export const connectionsOfOne = 512;
const tickMs = 50;
const declaredBytes = 20_000_000;

/** What became of it: how many were sent, how many of each status. */
export interface Flooded {
  sent: number;
  seconds: number;
  statuses: Map<number, number>;
  slowBegun: number;
  /** Wrong sign-ins that were let in. */
  letIn: number;
}

/** Floods until told to stop. */
export async function flood(origin: string, address: string, stop: AbortSignal): Promise<Flooded> {
  const done: Flooded = { sent: 0, seconds: 0, statuses: new Map(), slowBegun: 0, letIn: 0 };
  const slow = Array.from({ length: slowBodies }, () => trickle(origin, address, stop, done));
  await guess(origin, address, stop, done);
  await Promise.all(slow);
  return done;
}

async function guess(
  origin: string,
  address: string,
  stop: AbortSignal,
  done: Flooded,
): Promise<void> {
  const visitor = visitorAt(address, origin);
  const wrong = (place: number): string => String(place).padStart(43, 'x');
  const kinds = [
    (place: number) => visitor.get('/v1/actions', { authorization: `Bearer adj_${wrong(place)}` }),
    (place: number) => visitor.post('/api/session', JSON.stringify({ token: wrong(place) })),
    () => visitor.post('/api/sign-in/challenge', '{}'),
    (place: number) => visitor.post('/api/sign-in/passkey', finishOf(wrong(place))),
    (place: number) => visitor.get(`/sign-in/oidc/callback?code=x&state=${wrong(place)}`),
  ];
  const under = new Set<Promise<void>>();
  const startedAt = performance.now();
  while (!stop.aborted) {
    const due = ((performance.now() - startedAt) / 1_000) * badSignInsPerSecond;
    for (; done.sent < due; done.sent += 1) {
      const place = done.sent;
      const isBegun = place % kinds.length === 2;
      const tried = kinds[place % kinds.length]?.(place);
      if (tried === undefined) continue;
      const one = note(tried, isBegun, done);
      under.add(one);
      void one.finally(() => under.delete(one));
    }
    await pause(tickMs);
  }
  done.seconds = (performance.now() - startedAt) / 1_000;
  await Promise.all(under);
  visitor.leave();
}

async function note(tried: Promise<Answer>, isBegun: boolean, done: Flooded): Promise<void> {
  const { status } = await tried;
  done.statuses.set(status, (done.statuses.get(status) ?? 0) + 1);
  if (status === 200 && !isBegun) done.letIn += 1;
}

/** Begins one slow body after the other, as each is cut off. */
async function trickle(
  origin: string,
  address: string,
  stop: AbortSignal,
  done: Flooded,
): Promise<void> {
  const { port, host } = new URL(origin);
  const head = [
    'POST /webhooks/github HTTP/1.1',
    `host: ${host}`,
    'content-type: application/json',
    `content-length: ${declaredBytes}`,
    '',
    '',
  ].join('\r\n');
  while (!stop.aborted) {
    const socket = connect({ host: '127.0.0.1', port: Number(port), localAddress: address });
    socket.on('error', () => undefined);
    socket.resume();
    done.slowBegun += 1;
    socket.write(head);
    while (!stop.aborted && !socket.destroyed && !socket.readableEnded) {
      socket.write('x');
      await pause(250);
    }
    socket.destroy();
  }
}

/**
 * Opens as many connections of each address as one may have, each with a body of which a byte comes.
 * Returns what ends them.
 */
export async function heldBodies(
  origin: string,
  addresses: readonly string[],
  path: string,
): Promise<() => void> {
  const { port, host } = new URL(origin);
  const head = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 100000\r\n\r\nx`;
  const sockets = addresses.flatMap((localAddress) =>
    Array.from({ length: connectionsOfOne }, () =>
      connect({ host: '127.0.0.1', port: Number(port), localAddress }),
    ),
  );
  for (const socket of sockets) socket.on('error', () => undefined).resume();
  await Promise.allSettled(sockets.map((socket) => once(socket, 'connect')));
  // All at once: none is old enough to give way.
  for (const socket of sockets) socket.write(head);
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}

function finishOf(challengeId: string): string {
  const clientDataJSON = Buffer.from('{"type":"webauthn.get","challenge":"AAAA","origin":"x"}');
  const response = {
    clientDataJSON: clientDataJSON.toString('base64url'),
    authenticatorData: Buffer.alloc(37).toString('base64url'),
    signature: Buffer.alloc(70).toString('base64url'),
  };
  const credential = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response };
  return JSON.stringify({
    challengeId,
    response: { ...credential, clientExtensionResults: {} },
  });
}
