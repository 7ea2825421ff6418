import { shortId } from '../answer/short-id.ts';
import { fakeId } from '../testing/fake-rows.ts';
import { describe, expect, it } from 'vitest';
import { callFake } from '../testing/call-fake.ts';
import { getMetric } from './get-metric.ts';

describe('get_metric', () => {
  it('computes one metric with its spread, series and gaps', async () => {
    const answer = await callFake('get_metric', { metric_id: 'lead_time' });
    expect(getMetric.outputSchema.parse(answer.structured)).toEqual(answer.structured);
    expect(answer.text).toMatchInlineSnapshot(`
      "as_of: 2026-10-30T09:30Z
      synced_at: 2026-10-30T08:30Z
      gaps:
      code	message	affected
      squash_author_time	Squash merges carry no author time of their own; coding time is unknown for them.	12
      metric.metric_id: lead_time
      metric.definition: First commit to deployment, per pull request.
      metric.definition_version: 1
      metric.unit: hours
      metric.from: 2026-10-02T09:30Z
      metric.to: 2026-10-30T09:30Z
      metric.value: 31.25
      metric.p50: 31.25
      metric.p75: 70.5
      metric.p90: 144.13
      metric.sample_size: 38
      metric.parts:
      id	value	p50	p75	p90	sample_size
      coding	31.25	31.25	70.5	144.13	38
      deploy	-	-	-	-	0
      metric.series:
      start	value	sample_size
      2026-10-02T09:30Z	20	5
      2026-10-09T09:30Z	22.5	6
      2026-10-16T09:30Z	25	7
      2026-10-23T09:30Z	27.5	8
      metric.caveats: Three pull requests have no deployment yet; they are not counted.
      metric.gap_codes: squash_author_time
      metric.citation: mabcdefgh234
      total: 38
      next_cursor: -"
    `);
  });

  it('lists the metrics where none is named', async () => {
    const answer = await callFake('get_metric');
    expect(getMetric.outputSchema.parse(answer.structured)).toMatchObject({
      metrics: [{ metric_id: 'lead_time' }, { metric_id: 'throughput' }],
      total: 2,
    });
  });

  it('explains with the rows behind the figure, page by page, under the names answers use', async () => {
    const input = { metric_id: 'lead_time', explain: true, limit: 2 };
    const first = getMetric.outputSchema.parse((await callFake('get_metric', input)).structured);
    expect(first.rows?.[0]).toEqual({
      id: shortId(fakeId(0)),
      key: '#1200',
      title: 'Retry webhook delivery with exponential backoff',
      values: { total_hours: 25, merged_at: '2026-10-30T09:30Z' },
    });
    const next = await callFake('get_metric', { ...input, cursor: first.next_cursor });
    expect(next.structured['rows']).toMatchObject([{ key: '#1206' }, { key: '#1209' }]);
  });

  it('cuts a long series with a cursor that continues it', async () => {
    const input = { metric_id: 'lead_time', from: '2024-01-01', to: '2026-10-01', limit: 100 };
    const first = getMetric.outputSchema.parse((await callFake('get_metric', input)).structured);
    const rest = await callFake('get_metric', { ...input, cursor: first.next_cursor });
    const second = getMetric.outputSchema.parse(rest.structured);
    expect([first.metric?.series.length, second.metric?.series.length]).toEqual([100, 43]);
    expect(second.next_cursor).toBeNull();
  });

  it('says of a cited figure whether it still holds, why not, and which rows differ', async () => {
    const cited = await callFake('get_metric', { citation: 'mabcdefgh234' });
    const parsed = getMetric.outputSchema.parse(cited.structured);
    expect(parsed).toEqual(cited.structured);
    expect(parsed.cited).toEqual({
      verdict: 'changed',
      reasons: ['1 row more, which came later or did not count before.'],
      as_of: '2026-10-30T09:30Z',
      value: 30.5,
    });
    expect(parsed.metric).toMatchObject({ value: 31.25, citation: 'mabcdefgh234' });
    expect(parsed.rows?.map(({ key, change }) => [key, change])).toEqual([['#1200', 'added']]);
    const unknown = await callFake('get_metric', { citation: 'mzzzzzzzzzzz' });
    expect(unknown.isError).toBe(true);
  });
});
