import { readFileSync } from 'node:fs';
import type { RequestListener, ServerResponse } from 'node:http';
import type { Figures } from './figures.ts';
import { readCharts } from './read-charts.ts';
import { renderPage } from './page.ts';

export type { Figures } from './figures.ts';

const style = readFileSync(new URL('./style.css', import.meta.url), 'utf8');

/** The page runs no script, loads its own style only, and stands in no frame. */
const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** A name that a foreign page could point at this machine is not one of them. */
const ownHosts = /^(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?$/;

/** Returns what answers `/`, `/series.json` and `/style.css` with the figures of a team. */
export function createDashboard(team: Figures): RequestListener {
  return (request, response) => {
    const { method, url = '/', headers: sent } = request;
    if (!ownHosts.test(sent.host ?? ''))
      return send(response, 403, 'text/plain', 'Not for this host.\n');
    if (method !== 'GET') return send(response, 405, 'text/plain', 'Only reading is possible.\n');
    const answer = async (): Promise<void> => {
      if (url === '/style.css') send(response, 200, 'text/css', style);
      else if (url === '/series.json') send(response, 200, 'application/json', await series(team));
      else if (url === '/') send(response, 200, 'text/html', await page(team));
      else send(response, 404, 'text/plain', 'Not found.\n');
    };
    answer().catch((error: unknown) => {
      console.error(error);
      send(response, 500, 'text/plain', 'The figures could not be read.\n');
    });
  };
}

async function series(team: Figures): Promise<string> {
  return JSON.stringify({ charts: await readCharts(team) });
}

async function page(team: Figures): Promise<string> {
  const overview = await team.overview();
  const charts = await readCharts(team);
  const { items, total } = await team.explainMetric({
    metricId: 'lead_time_for_changes',
    limit: 10,
  });
  return renderPage(overview, charts, { chartId: 'lead-time', rows: items, total });
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { ...headers, 'content-type': `${type}; charset=utf-8` }).end(text);
}
