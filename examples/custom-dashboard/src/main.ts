// A dashboard of one's own, on this machine only: a store that `adjutant sync` filled, and a page.
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { createAdjutant } from '@adjutant/core';
import { allMetrics } from '@adjutant/metrics';
import { createDashboard } from './dashboard.ts';

const { DASHBOARD_STORE: store = 'adjutant.db', PORT: port = '0' } = process.env;
if (!existsSync(store)) {
  console.error(`There is no store at ${store}: name one in DASHBOARD_STORE.`);
  process.exit(1);
}

const adjutant = await createAdjutant({ store, metrics: allMetrics });
const team = adjutant.workspace().as(await adjutant.owner());
const server = createServer(createDashboard(team));
server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address();
  const listening = typeof address === 'object' ? address?.port : port;
  console.log(`Dashboard at http://127.0.0.1:${listening}/`);
});

process.once('SIGTERM', () => {
  server.close(() => void adjutant.close());
  server.closeIdleConnections();
});
