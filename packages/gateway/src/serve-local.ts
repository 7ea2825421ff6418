import { createServer, type Server } from 'node:http';
import { AdjutantError } from '@adjutant/core';
import { getRequestListener } from '@hono/node-server';
import { createApprovalsPage } from './approvals-page.ts';
import { pageLink } from './page-link.ts';
import type { ApprovalsPageOptions } from './page-options.ts';

/** The port at which the page is served unless told otherwise. */
export const defaultPagePort = 4747;

export interface ServeLocalOptions extends Omit<ApprovalsPageOptions, 'origin'> {
  /** 0 takes any free one. */
  port?: number;
}

/** A page that is being served on this machine. */
export interface LocalPage {
  /** `http://localhost:4747`: passkeys work at this name and not at the bare address. */
  origin: string;
  /** Returns the address that signs a browser in with a link token. */
  linkFor(token: string): string;
  close(): Promise<void>;
}

/**
 * Serves the page to browsers of this machine and to nobody else, as http://localhost. Both loopback
 * addresses are taken, so that no other program can answer to the name at the one left free.
 * @throws AdjutantError `Configuration` where the port is taken
 */
export async function serveLocal(options: ServeLocalOptions): Promise<LocalPage> {
  const { port = defaultPagePort, ...rest } = options;
  let answer: ((request: Request) => Promise<Response>) | null = null;
  const listener = getRequestListener(
    (request) => answer?.(request) ?? new Response(null, { status: 503 }),
    // The page reads the host name itself; a wrong one must not be corrected on the way.
    { overrideGlobalObjects: false },
  );
  const first = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  const takenPort = await listen(first, '127.0.0.1', port);
  const second = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  const servers = [first];
  try {
    if ((await listen(second, '::1', takenPort).catch(withoutIpv6)) !== null) servers.push(second);
  } catch (error) {
    await closeAll(servers);
    throw error;
  }
  const page = createApprovalsPage({ ...rest, origin: `http://localhost:${takenPort}` });
  answer = (request) => page.fetch(request);
  return {
    origin: page.origin,
    linkFor: (token) => pageLink(page.origin, token),
    close: () => closeAll(servers),
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? portTaken(port, error) : error);
    });
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** A machine without IPv6 has nothing else that could answer there. */
function withoutIpv6(error: NodeJS.ErrnoException): null {
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') return null;
  throw error;
}

function portTaken(port: number, cause: Error): AdjutantError {
  return new AdjutantError('Configuration', `Port ${port} on this machine is taken.`, {
    hint: 'Another program has it, or "adjutant serve" of another project. Choose another with --port.',
    cause,
  });
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    ),
  );
}
