// The dashboard of examples/custom-dashboard, with its figures fetched from a gateway: this process has
// a token and no store.
import { createServer } from 'node:http';
import { createDashboard } from '@adjutant/example-custom-dashboard';
import { figuresOverHttp } from './figures-over-http.ts';

const { ADJUTANT_URL: origin = 'http://localhost:4747', ADJUTANT_TOKEN: token } = process.env;
const { PORT: port = '0' } = process.env;
if (token === undefined) {
  console.error('ADJUTANT_TOKEN is not set: make one with "adjutant tokens create dashboard".');
  process.exit(1);
}

const server = createServer(createDashboard(figuresOverHttp(origin, token)));
server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address();
  const listening = typeof address === 'object' ? address?.port : port;
  console.log(`Dashboard at http://127.0.0.1:${listening}/`);
});

process.once('SIGTERM', () => {
  server.close();
  server.closeIdleConnections();
});
