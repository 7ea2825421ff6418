import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';

export type Handle = (request: Request) => Promise<Response>;

export interface LoopbackServer {
  /** Without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** Serves handlers of the web's own requests on loopback, the first whose path fits. */
export async function serveOnLoopback(
  handlers: Readonly<Record<string, Handle>>,
): Promise<LoopbackServer> {
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/';
    const handle = Object.entries(handlers).find(([start]) => path.startsWith(start))?.[1];
    const work = async (): Promise<void> => {
      const { method = 'GET' } = incoming;
      const headers = new Headers();
      for (const [name, value] of Object.entries(incoming.headers)) {
        if (value !== undefined) headers.set(name, String(value));
      }
      const body = await buffer(incoming);
      const init = { method, headers, ...(body.length === 0 ? {} : { body }) };
      const request = new Request(`http://${incoming.headers.host}${path}`, init);
      const response = (await handle?.(request)) ?? new Response(null, { status: 404 });
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(await response.text());
    };
    work().catch(() => outgoing.writeHead(500).end());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
