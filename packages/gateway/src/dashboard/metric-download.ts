import { type Cell, metricColumns, metricRows, toCsv } from '@adjutant/core';
import type { Hono } from 'hono';
import { requireAccess } from '../auth/require-access.ts';
import { requirePerson } from '../auth/require-person.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { GatewayVariables } from '../gateway-variables.ts';
import type { PageCall } from './define-page.ts';
import { parsePageQuery } from './page-query.ts';
import { questionOf } from './read-figure.ts';
import { readRows } from './read-rows.ts';

/** More rows than this make a file that a page should not hold a connection for. */
const mostRows = 5_000;

/** Adds the figures of a page as files: `/metrics/throughput.csv?of=series`, and `of=rows`. */
export function addMetricDownload(app: Hono<GatewayVariables>, gateway: GatewayContext): void {
  app.get('/metrics/:file{.+\\.csv}', async (context) => {
    const person = requirePerson(context.get('principal'));
    requireAccess(person, { role: 'member', scope: null, agents: false });
    const workspace = gateway.workspaceOf(person);
    const url = new URL(context.req.url);
    const now = gateway.clock.now();
    const query = parsePageQuery(url.searchParams, { now, timeZone: workspace.timeZone });
    const handle = query.teamId === null ? workspace : workspace.forTeam(query.teamId);
    const metricId = context.req.param('file').slice(0, -'.csv'.length);
    const call: PageCall = { handle, person, query, url, now, gateway, parameters: {} };
    const isRows = url.searchParams.get('of') === 'rows';
    const file = isRows ? await rowsFile(call, metricId) : await seriesFile(call, metricId);
    context.header('content-disposition', `attachment; filename="${file.name}"`);
    return context.body(file.text, 200, { 'content-type': 'text/csv; charset=utf-8' });
  });
}

interface File {
  name: string;
  text: string;
}

async function seriesFile(call: PageCall, metricId: string): Promise<File> {
  const answer = await call.handle.metric({ metricId, ...questionOf(call) });
  const repository = call.query.repository ?? undefined;
  const rows = metricRows([answer], { repository, withSeries: true });
  return {
    name: `${nameOf(call, answer.metricId)}.csv`,
    text: toCsv(
      metricColumns,
      rows.map((row) => ({ ...row })),
    ),
  };
}

/** The name says where the file does not hold every row. */
async function rowsFile(call: PageCall, metricId: string): Promise<File> {
  const { explanation, rows } = await readRows(call, metricId, mostRows);
  const names = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
  const columns = ['id', 'key', 'title', 'raw_record_id', ...names.map((name) => `value_${name}`)];
  const lines = rows.map((row) => {
    const line: Record<string, Cell> = {};
    for (const column of columns) line[column] = null;
    Object.assign(line, {
      id: row.id,
      key: row.key,
      title: row.title,
      raw_record_id: row.rawRecordId,
    });
    for (const name of names) line[`value_${name}`] = row.values[name] ?? null;
    return line;
  });
  const part =
    rows.length < explanation.total ? `-first-${rows.length}-of-${explanation.total}` : '';
  return {
    name: `${nameOf(call, explanation.value.metricId)}-rows${part}.csv`,
    text: toCsv(columns, lines),
  };
}

function nameOf({ query }: PageCall, metricId: string): string {
  return `${metricId.replace(/[^a-z0-9_-]/gi, '-')}-${query.fromDay}-to-${query.toDay}`;
}
