import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { once } from 'node:events';

const longestMs = 80;

/** Something outside, over loopback, that counts which effect was applied by how many sends. */
export interface CountingTarget {
  url: string;
  applied: Map<string, number>;
  /** Called as a send arrives, before it is applied. */
  onSend: () => void;
  close(): void;
}

export async function startTarget(below: (bound: number) => number): Promise<CountingTarget> {
  const keys = new Set<string>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://target');
    const [, kind = '', name = ''] = url.pathname.split('/');
    const answer = (): void => {
      const body = JSON.stringify({ applied: target.applied.has(name) });
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    };
    request.resume();
    if (request.method === 'GET') return answer();
    target.onSend();
    const apply = async (): Promise<void> => {
      await pause(below(longestMs));
      const key = url.searchParams.get('key') ?? '';
      // A target that knows keys applies each once.
      if (kind !== 'keyed' || !keys.has(key)) {
        keys.add(key);
        target.applied.set(name, (target.applied.get(name) ?? 0) + 1);
      }
      answer();
    };
    void apply();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const target: CountingTarget = {
    url: `http://127.0.0.1:${port}`,
    applied: new Map(),
    onSend: () => undefined,
    close: () => server.close(),
  };
  return target;
}
