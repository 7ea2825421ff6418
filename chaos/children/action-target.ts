// A target over HTTP on loopback that misbehaves: it drops, delays past the lease, answers 5xx
// before and after it applied, and takes a delivery twice. It tells its parent where it listens, and
// on a message what was applied how often.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { beyondLeaseMs, type Fault, faults } from '../actions/scenario.ts';

const applied = new Map<string, number>();
const keysSeen = new Set<string>();
const counts: Partial<Record<Fault, number>> = {};
let arrived = 0;

const server = createServer((request, response) => {
  void answer(request, response).catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `http://127.0.0.1:${port}` });
});
process.on('message', (message) => {
  if (message === 'go') process.send?.({ applied: Object.fromEntries(applied), counts });
});
process.on('disconnect', () => process.exit(0));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://target');
  const [, kind = '', name = ''] = url.pathname.split('/');
  if (request.method === 'GET') {
    // A look never lies: it is the sending that goes wrong.
    return end(response, 200, { applied: (applied.get(name) ?? 0) > 0 });
  }
  const key = url.searchParams.get('key') ?? '';
  const fault = faults[arrived % faults.length] ?? 'none';
  arrived += 1;
  counts[fault] = (counts[fault] ?? 0) + 1;
  const apply = (): void => {
    if (kind === 'keyed' && keysSeen.has(key)) return;
    keysSeen.add(key);
    applied.set(name, (applied.get(name) ?? 0) + 1);
  };
  if (fault === 'drop_before') return void response.destroy();
  if (fault === 'error_before') return end(response, 503, {});
  if (fault === 'late_apply') await sleep(beyondLeaseMs);
  apply();
  // A network that delivers twice is harmless only to a target that knows keys.
  if (fault === 'twice' && kind === 'keyed') apply();
  if (fault === 'late_reply') await sleep(beyondLeaseMs);
  if (fault === 'drop_after') return void response.destroy();
  return end(response, fault === 'error_after' ? 502 : 200, { applied: true });
}

function end(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
