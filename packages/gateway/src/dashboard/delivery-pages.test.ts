import { formatDay, formatFigure, pointUnit } from '@adjutant/insights';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  chartStyleSheet,
  dashboardScript,
  dashboardStyleSheet,
  pageScript,
  styleSheet,
} from '../static/static-texts.ts';
import {
  dashboardNow,
  type DashboardWorld,
  openDashboardWorld,
} from '../testing/dashboard-world.ts';

const pages = ['/delivery', '/flow', '/pull-requests', '/quality', '/metrics/throughput'];
const mostBytes = 150_000;
const assetBytes = [styleSheet, dashboardStyleSheet, chartStyleSheet, pageScript, dashboardScript]
  .map((text) => Buffer.byteLength(text()))
  .reduce((sum, bytes) => sum + bytes, 0);

let world: DashboardWorld;
beforeAll(async () => {
  world = await openDashboardWorld(false);
}, 60_000);
afterAll(() => world.close());

/** The cells of the table under a chart, row by row. */
function tableOf(html: string, id: string): string[][] {
  const body = new RegExp(`<table id="${id}">.*?<tbody>(.*?)</tbody>`, 's').exec(html)?.[1] ?? '';
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) =>
      cell.replace(/<[^>]*>/g, '').replaceAll('&lt;', '<'),
    ),
  );
}

describe('what stands under a chart is what the SDK answers', () => {
  test.each([
    ['/pull-requests', 'throughput'],
    ['/pull-requests', 'time_to_first_response'],
    ['/pull-requests', 'pull_request_cycle_time'],
    ['/flow', 'cycle_time'],
    ['/flow', 'work_item_throughput'],
    ['/delivery', 'lead_time_for_changes'],
    ['/delivery', 'deployment_frequency'],
  ])('%s: %s', async (path, metricId) => {
    const html = await world.text(`${path}?from=2026-07-06&to=2026-10-04`);
    const window = { from: Date.UTC(2026, 6, 6), to: Date.UTC(2026, 9, 5) };
    const answer = await world.handle.metric({ metricId, window });
    const wanted = answer.series.map(({ start, value, sampleSize }) => [
      formatDay(start, answer.timeZone),
      formatFigure(value, pointUnit(answer.unit)),
      String(sampleSize),
    ]);
    const isDrawn = answer.series.some(({ value }) => value !== null);
    expect(tableOf(html, `chart-${metricId}-table`)).toEqual(isDrawn ? wanted : []);
    // Nothing shows who reviewed, so that one has no answer; the others do.
    expect(isDrawn).toBe(metricId !== 'time_to_first_response');
    expect(html).toContain(formatFigure(answer.value, answer.unit));
  });

  test('every item of the scatter stands in its table with its cycle time', async () => {
    const html = await world.text('/flow?days=30');
    const window = { from: Date.UTC(2026, 8, 6), to: dashboardNow };
    const explained = await world.handle.explainMetric({
      metricId: 'cycle_time',
      window,
      limit: 200,
    });
    const shown = tableOf(html, 'chart-cycle_time-cycle-time-of-each-finished-item-table');
    expect(shown.map(([key]) => key).toSorted()).toEqual(
      explained.items.map(({ key }) => key).toSorted(),
    );
    expect(shown.length).toBeGreaterThan(10);
  });
});

describe('filters', () => {
  test('the range of the address is the one that is counted', async () => {
    const html = await world.text('/metrics/throughput?days=14');
    const window = { from: Date.UTC(2026, 8, 22), to: dashboardNow };
    const answer = await world.handle.metric({ metricId: 'throughput', window });
    expect(html).toContain(`n ${answer.sampleSize}<`);
    expect(html).toContain('href="/metrics/throughput?days=14" aria-current="true"');
    expect(await world.text('/metrics/throughput?days=90')).not.toContain(
      `n ${answer.sampleSize}<`,
    );
  });

  test('a repository narrows every figure, and the links to other pages keep it', async () => {
    const html = await world.text('/delivery?days=90&repository=depot');
    const window = { from: Date.UTC(2026, 6, 8), to: dashboardNow };
    const metricId = 'deployment_frequency';
    const [depot, all] = await Promise.all([
      world.handle.metric({ metricId, window, repository: 'depot' }),
      world.handle.metric({ metricId, window }),
    ]);
    expect(depot.sampleSize).toBeLessThan(all.sampleSize);
    expect(html).toContain(`n ${depot.sampleSize}<`);
    expect(html).not.toContain(`n ${all.sampleSize}<`);
    expect(html).toContain('href="/flow?days=90&amp;repository=depot"');
    expect(html).toContain('<option value="depot" selected>');
  });

  test('a team narrows the page to what it owns', async () => {
    const [team] = await world.handle.teams();
    const metricId = 'throughput';
    const window = { from: Date.UTC(2026, 6, 8), to: dashboardNow };
    const id = team?.id ?? '';
    const answer = await world.handle.forTeam(id).metric({ metricId, window });
    const html = await world.text(`/metrics/throughput?days=90&team=${id}`);
    expect(html).toContain(`n ${answer.sampleSize}<`);
    expect(html).toContain(`<option value="${id}" selected>`);
  });

  test.each(['from=2026-10-01&to=2026-09-01', 'days=0', 'days=many', 'from=yesterday'])(
    'a range that cannot be is refused with what to do: %s',
    async (query) => {
      const response = await world.get(`/delivery?${query}`);
      const html = await response.text();
      expect(response.status).toBe(400);
      expect(html).toMatch(/Choose a first day|choose a range/);
      expect(html).toContain('class="filters"');
    },
  );
});

test.each([...pages, '/metrics/cycle_time'])(
  '%s weighs less than 150 kB with all it loads',
  async (path) => {
    for (const days of [90, 365]) {
      const html = await world.text(`${path}?days=${days}`);
      expect(Buffer.byteLength(html) + assetBytes).toBeLessThan(mostBytes);
    }
  },
);

test.each([...pages, '/metrics/work_item_age'])(
  'titles from outside do nothing on %s',
  async (path) => {
    const html = await world.text(`${path}?days=90`);
    expect(html).not.toMatch(/<script(?! src="\/assets\/)|<img|<style|<[^>]*\s(?:on\w+|style)=/);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  },
);

describe('every number opens its rows', () => {
  test('the rows behind a figure, page by page, each leading to its work', async () => {
    const first = await world.text('/metrics/throughput?days=90');
    const next = /href="([^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await world.text(next);
    const idsOf = (html: string): string[] =>
      [...html.matchAll(/href="(\/work\/[^"]+)"/g)].map(([, link = '']) => link);
    const links = [...idsOf(first), ...idsOf(second)];
    const window = { from: Date.UTC(2026, 6, 8), to: dashboardNow };
    const { evidenceIds } = await world.handle.metric({ metricId: 'throughput', window });
    expect(links.toSorted()).toEqual(evidenceIds.map((id) => `/work/${id}`).toSorted());
    const work = await world.text(links[0] ?? '');
    expect(work).toContain('Pull request');
    expect(work).toContain('What figures read of it');
  });

  test('what was left out stands there with its reason', async () => {
    const html = await world.text('/metrics/throughput?days=90');
    const window = { from: Date.UTC(2026, 6, 8), to: dashboardNow };
    const { excluded } = await world.handle.explainMetric({ metricId: 'throughput', window });
    expect(excluded.length).toBeGreaterThan(0);
    for (const { count } of excluded) expect(html).toContain(`<li>${count} row`);
  });

  test('the course and the rows can be taken away as CSV', async () => {
    const window = { from: Date.UTC(2026, 6, 8), to: dashboardNow };
    const answer = await world.handle.metric({ metricId: 'throughput', window });
    const series = await world.get('/metrics/throughput.csv?days=90&of=series');
    expect(series.headers.get('content-type')).toContain('text/csv');
    expect((await series.text()).trim().split('\r\n')).toHaveLength(answer.series.length + 2);
    const rows = (await world.text('/metrics/throughput.csv?days=90&of=rows')).trim().split('\r\n');
    expect(rows).toHaveLength(answer.sampleSize + 1);
    expect((await world.get('/metrics/nothing.csv')).status).toBe(404);
  });

  test('a figure or piece of work that is not there is not found', async () => {
    expect((await world.get('/metrics/nothing')).status).toBe(404);
    expect((await world.get('/work/nothing')).status).toBe(404);
  });
});

test('open pull requests are sorted and narrowed by the address', async () => {
  const html = await world.text('/pull-requests?sort=age&order=ascending&waiting=review');
  expect(html).toContain('aria-sort="ascending"');
  expect(tableOf(html.replace(' data-filters="yes"', ''), 'open-table')[0]?.[0]).toContain('900');
  const none = await world.text('/pull-requests?waiting=merge');
  expect(tableOf(none.replace(' data-filters="yes"', ''), 'open-table')).toEqual([]);
});

test('a forecast is asked for by the address and says what the SDK says', async () => {
  const html = await world.text('/flow?days=90&items=12&until=2026-10-20');
  const until = Date.UTC(2026, 9, 21);
  const { whenDone, howMany } = await world.handle.forecast({ items: 12, until });
  const shown = tableOf(html, 'when-done').map(([, day]) => day);
  expect(shown).toEqual(whenDone?.answers.map(({ day }) => day));
  expect(tableOf(html, 'how-many').map(([, count]) => count)).toEqual(
    howMany?.answers.map(({ items }) => String(items)),
  );
  expect((await world.get('/flow?items=none')).status).toBe(400);
});

test('a store into which nothing was read says on every page what to expect and what to do next', async () => {
  const empty = await openDashboardWorld(true);
  for (const path of pages) {
    const html = await empty.text(path);
    expect(html, path).toContain('No source was read yet');
    expect(html, path).toContain('Here will stand');
    expect(html, path).toContain('adjutant sync');
  }
  await empty.close();
});
