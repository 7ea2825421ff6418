import {
  createServer,
  IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  type Server,
  ServerResponse,
} from 'node:http';
import { Server as NetServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { type Adjutant, AdjutantError } from '@adjutant/core';
import { getRequestListener } from '@hono/node-server';
import { createGateway } from './create-gateway.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { limitConnections } from './limit-connections.ts';
import { pageLink } from './page-link.ts';
import { createAddressReader, trustedBy, type TrustedProxies } from './trusted-proxies.ts';

/** The port at which the page is served unless told otherwise. */
export const defaultPagePort = 4747;

export interface ServeGatewayOptions extends Omit<GatewayOptions, 'origin'> {
  /** 0 takes any free one. */
  port?: number;
  /**
   * The address at which browsers see it, where that is not this machine: behind a proxy that ends
   * TLS. `http://localhost` with the port unless told.
   */
  origin?: string;
  /** The addresses to listen at; both of loopback unless told. */
  hosts?: readonly string[];
  /** The proxies in front of it that are believed on whose behalf they ask; none unless told. */
  proxy?: TrustedProxies;
  /**
   * Lets the server put quicker `Request` and `Response` in place of this process's own, once and for
   * all: for a process that does nothing else. A host's are left alone unless told.
   */
  ownsProcess?: boolean;
}

/** A gateway that is being served. */
export interface ServedGateway {
  /** `http://localhost:4747`: passkeys work at this name and not at the bare address. */
  origin: string;
  /** Returns the address that signs a browser in with a link token. */
  linkFor(token: string): string;
  /**
   * Takes no more requests, lets those under way end, and cuts off what has not ended after that time;
   * at once unless told.
   */
  close(options?: { drainMs?: number }): Promise<void>;
}

const loopback = ['127.0.0.1', '::1'];

/**
 * Serves a gateway to this machine and to nobody else, as http://localhost, unless told otherwise.
 * Both loopback addresses are taken, so that no other program can answer to the name at the one left
 * free.
 * @throws AdjutantError `Configuration` where the port is taken
 */
export async function serveGateway(
  adjutant: Adjutant,
  options: ServeGatewayOptions = {},
): Promise<ServedGateway> {
  const {
    port = defaultPagePort,
    hosts = loopback,
    origin: seenAs,
    ownsProcess,
    proxy,
    ...rest
  } = options;
  const addressOf = createAddressReader(proxy);
  const isProxy = trustedBy(proxy?.trusted ?? []);
  const cameOver = new WeakMap<Request, IncomingMessage>();
  let answer: ((request: Request) => Promise<Response>) | null = null;
  const drain = { hasBegun: false };
  const listener = getRequestListener(
    (request, { incoming }) => {
      // Only kept: whose address it is, is asked of few.
      if (incoming instanceof IncomingMessage) cameOver.set(request, incoming);
      return answer?.(request) ?? new Response(null, { status: 503 });
    },
    { overrideGlobalObjects: ownsProcess ?? false },
  );
  const serverOptions = { ...limits, ServerResponse: responsesUntil(drain) };
  const servers: Server[] = [];
  let takenPort = port;
  try {
    for (const host of hosts) {
      const server = createServer(serverOptions, (incoming, outgoing) => {
        void listener(incoming, outgoing);
      });
      limitConnections(server, isProxy);
      const taken = await listen(server, host, takenPort).catch(
        host === '::1' ? withoutIpv6 : null,
      );
      if (taken === null) continue;
      takenPort = taken;
      servers.push(server);
    }
    const origin = seenAs ?? `http://localhost:${takenPort}`;
    const gateway = createGateway(adjutant, {
      ...{ addressOf: addressOver(cameOver, addressOf), ...rest },
      origin,
    });
    answer = (request) => gateway.fetch(request);
    return {
      origin,
      linkFor: (token) => pageLink(origin, token),
      async close({ drainMs = 0 } = {}) {
        drain.hasBegun = true;
        // Who is connected already, and was not noticed yet, would be cut off unheard.
        await setImmediate();
        // First: a page that listens would hold its connection as long as it may.
        const closed = gateway.close();
        await closeAll(servers, drainMs);
        await closed;
      },
    };
  } catch (error) {
    await closeAll(servers, 0);
    throw error;
  }
}

/** Somebody who sends a request slowly holds a connection no longer than this. @unit milliseconds */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  // How often those two are looked at; Node's own would let a slow one stay for as long again.
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
};

function addressOver(
  cameOver: WeakMap<Request, IncomingMessage>,
  addressOf: (incoming: IncomingMessage) => string | null,
): (request: Request) => string | null {
  return (request) => {
    const incoming = cameOver.get(request);
    return incoming === undefined ? null : addressOf(incoming);
  };
}

type HeadersGiven = OutgoingHttpHeaders | OutgoingHttpHeader[];

/**
 * Returns the class of Node's answers that end their connection once draining has begun: somebody who
 * sends one request after the other over a kept connection would never come to an end.
 */
function responsesUntil(drain: { readonly hasBegun: boolean }) {
  return class<Request extends IncomingMessage> extends ServerResponse<Request> {
    override writeHead(status: number, message?: string | HeadersGiven, headers?: HeadersGiven) {
      if (drain.hasBegun) this.shouldKeepAlive = false;
      return typeof message === 'string'
        ? super.writeHead(status, message, headers)
        : super.writeHead(status, message ?? headers);
    }
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

/** How long a connection on which nothing is under way is left, for what may be on its way there. */
const graceMs = 500;

async function closeAll(servers: readonly Server[], drainMs: number): Promise<void> {
  const idle = setTimeout(
    () => {
      for (const server of servers) server.closeIdleConnections();
    },
    Math.min(graceMs, drainMs),
  );
  const cutOff = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, drainMs);
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          // Not the HTTP server's own, which ends idle connections at once: a request may be on its way
          // there that nobody has read yet.
          NetServer.prototype.close.call(server, () => resolve());
        }),
    ),
  );
  clearTimeout(idle);
  clearTimeout(cutOff);
}
