import {
  type ConfiguredConnector,
  createAdjutant,
  defineConnector,
  defineStream,
  metricRows,
  toCsv,
  toJsonLines,
  type WorkspaceHandle,
} from '@adjutant/core';
import { createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { allMetrics } from './index.ts';

// Every metric against a source that is absent, still read, cut short, or failing: the figure is unknown,
// or a gap stands beside it. A metric that is added is in it by itself.
const now = Date.UTC(2026, 8, 30);
const window = { from: now - 28 * 86_400_000, to: now };
const truncated = { code: 'truncated', message: 'Only a part was read.', affectedCount: null };

/** A source whose one stream ends its first pass without its end, or with an error. */
function unfinished(ending: 'still_read' | 'failing'): ConfiguredConnector {
  const stream = defineStream<Record<string, never>, Record<string, never>>({
    id: 'records',
    title: 'Records',
    payloadSchema: z.object({}),
    async *read() {
      yield { records: [], tombstones: [], state: {}, complete: false, gaps: [] };
      if (ending === 'failing') throw new Error('The source is down.');
    },
    map: () => ({}),
  });
  return defineConnector<Record<string, never>>({
    id: 'example',
    title: 'Example',
    experimental: false,
    configSchema: z.object({}),
    hosts: () => [],
    check: async () => ({ identity: null, items: [] }),
    async *discover() {
      yield { externalId: 'acme/widgets', name: 'widgets', detail: {} };
    },
    streams: [stream],
  })({});
}

const columns: Readonly<Record<string, readonly [ConfiguredConnector[], string | null]>> = {
  absent: [[], null],
  'still read': [[unfinished('still_read')], 'not_read_to_the_end'],
  'cut short': [
    [createRowsConnector({ id: 'example', gaps: [truncated], records: () => ({}) })],
    'truncated',
  ],
  failing: [[unfinished('failing')], 'last_pass_failed'],
};

describe.each(Object.entries(columns))('a source that is %s', (_name, [connectors, gap]) => {
  let handle: WorkspaceHandle;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const clock = createFakeClock(now);
    const adjutant = await createAdjutant({
      store: ':memory:',
      connectors,
      metrics: allMetrics,
      clock,
    });
    close = () => adjutant.close();
    await adjutant.sync();
    handle = adjutant.workspace().as(await adjutant.owner());
  });
  afterAll(() => close());

  test.each(allMetrics.metrics.map(({ id, subject }) => [id, subject] as const))(
    'leaves %s unknown, and says what is missing',
    async (metricId, subject) => {
      const { value, sampleSize, p50, parts, series, caveats, gaps } = await handle.metric({
        metricId,
        window,
      });
      expect([value, p50, sampleSize]).toEqual([null, null, 0]);
      expect(parts.filter((part) => part.value !== null)).toEqual([]);
      expect(series.filter((point) => point.value !== null)).toEqual([]);
      expect(caveats.length).toBeGreaterThan(0);
      // Actions are written here, and no source can lack one.
      expect(gaps).toEqual(gap === null || subject === 'action' ? [] : [gap]);
    },
  );

  test('says the same in the overview', async () => {
    const { metrics, meta } = await handle.overview({ window, withDetails: true });
    expect(metrics).toHaveLength(allMetrics.metrics.length);
    expect(metrics.filter(({ value }) => value !== null)).toEqual([]);
    expect(meta.gaps.map(({ code }) => code)).toEqual(gap === null ? [] : [gap]);
  });

  test('leaves the fields of a table empty, with the gap in its own column', async () => {
    const { metrics } = await handle.overview({ window, withDetails: true });
    const rows = metricRows(metrics, { withSeries: true });
    expect(rows.length).toBeGreaterThanOrEqual(metrics.length);
    const ofActions = allMetrics.metrics.filter(({ subject }) => subject === 'action');
    const withoutGap = new Set(ofActions.map(({ id }) => id));
    const shown = ['metric_id', 'value', 'p50', 'p75', 'p90', 'gaps'] as const;
    const expected = rows.map(({ metric_id }) =>
      [metric_id, '', '', '', '', withoutGap.has(metric_id) ? '' : (gap ?? '')].join(','),
    );
    expect(toCsv(shown, rows).trimEnd().split('\r\n').slice(1)).toEqual(expected);
    for (const line of toJsonLines(rows).trimEnd().split('\n')) {
      expect(line).toContain('"value":null,');
    }
  });
});
