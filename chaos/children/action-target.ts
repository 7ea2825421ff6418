// A target over HTTP on loopback that misbehaves: it drops, delays past the lease, answers 5xx
// before and after it applied, and takes a delivery twice. It tells its parent where it listens, and
// on a message what was applied how often.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { beyondLeaseMs, type Fault, faults } from '../actions/scenario.ts';

/** By effect, the sends that were applied: one send that the wire doubled is one here. */
const applied = new Map<string, Set<string>>();
const keysSeen = new Set<string>();
const counts: Partial<Record<Fault, number>> = {};
/** By class, deliveries that arrived twice, and how many of those the target applied twice. */
const doubled: Record<string, { arrived: number; applied: number }> = {};
/** Effects for which a request took longer than the lease. */
const late = new Set<string>();
/** By class, how many sends came: each class meets every fault, whatever order the classes come in. */
const arrived = new Map<string, number>();

const server = createServer((request, response) => {
  void answer(request, response).catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `http://127.0.0.1:${port}` });
});
process.on('message', (message) => {
  if (message !== 'go') return;
  const times = [...applied].map(([name, sends]): [string, number] => [name, sends.size]);
  process.send?.({ applied: Object.fromEntries<number>(times), counts, doubled, late: [...late] });
});
process.on('disconnect', () => process.exit(0));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://target');
  const [, kind = '', name = ''] = url.pathname.split('/');
  if (request.method === 'GET') {
    // A look never lies: it is the sending that goes wrong.
    return end(response, 200, { applied: applied.has(name) });
  }
  const place = arrived.get(kind) ?? 0;
  arrived.set(kind, place + 1);
  const fault = faults[place % faults.length] ?? 'none';
  counts[fault] = (counts[fault] ?? 0) + 1;
  if (fault === 'late_reply' || fault === 'late_apply') late.add(name);
  const key = url.searchParams.get('key') ?? '';
  const send = url.searchParams.get('send') ?? `unnamed-${kind}-${place}`;
  if (fault === 'drop_before') return void response.destroy();
  if (fault === 'error_before') return end(response, 503, {});
  if (fault === 'late_apply') await sleep(beyondLeaseMs);
  apply(kind, name, { key, send });
  if (fault === 'twice') deliverAgain(kind, name, { key, send });
  if (fault === 'late_reply') await sleep(beyondLeaseMs);
  if (fault === 'drop_after') return void response.destroy();
  return end(response, fault === 'error_after' ? 502 : 200, { applied: true });
}

/** @returns whether it was; a target that knows keys applies each once */
function apply(kind: string, name: string, { key, send }: Record<'key' | 'send', string>): boolean {
  if (kind === 'keyed' && keysSeen.has(key)) return false;
  keysSeen.add(key);
  applied.set(name, (applied.get(name) ?? new Set()).add(send));
  return true;
}

/** What something on the way does to one request, whatever its class. */
function deliverAgain(kind: string, name: string, sent: Record<'key' | 'send', string>): void {
  const count = (doubled[kind] ??= { arrived: 0, applied: 0 });
  count.arrived += 1;
  if (apply(kind, name, sent)) count.applied += 1;
}

function end(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
