import { createAdjutant } from '@adjutant/core';
import { createGateway, type Gateway } from '@adjutant/gateway';
import { allMetrics } from '@adjutant/metrics';

/** Where the routes stand in this app; no address that anybody sees. */
const mount = '/adjutant';

interface Opened {
  gateway: Gateway;
  close(): Promise<void>;
}
let opened: Promise<Opened> | undefined;

/** Answers a request that came to a route below `/adjutant`, as the gateway does at its root. */
export async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (url.pathname === mount || url.pathname.startsWith(`${mount}/`)) {
    url.pathname = url.pathname.slice(mount.length) || '/';
  }
  // Opened by the first request: `next build` loads every route, and must open no store.
  opened ??= open();
  const { gateway } = await opened.catch((error: unknown) => {
    // The next request tries again.
    opened = undefined;
    throw error;
  });
  return gateway.fetch(new Request(url, request));
}

/** Closes what the first request opened. */
export async function close(): Promise<void> {
  const last = opened;
  opened = undefined;
  await (await last)?.close();
}

async function open(): Promise<Opened> {
  const { ADJUTANT_STORE: store = 'adjutant.db' } = process.env;
  const { ADJUTANT_ORIGIN: origin = 'http://localhost:3000' } = process.env;
  const { hostname: id, protocol } = new URL(origin);
  // Passkeys are made for a host name; that of this machine needs no telling.
  const relyingParty = { id, name: 'Adjutant', origins: [origin] };
  const adjutant = await createAdjutant({
    store,
    metrics: allMetrics,
    ...(protocol === 'https:' ? { approvals: { relyingParty } } : {}),
  });
  const gateway = createGateway(adjutant, { origin });
  return {
    gateway,
    async close() {
      await gateway.close();
      await adjutant.close();
    },
  };
}
