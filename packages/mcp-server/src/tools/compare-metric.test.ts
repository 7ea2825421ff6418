import { describe, expect, it } from 'vitest';
import { callFake } from '../testing/call-fake.ts';
import { compareMetric } from './compare-metric.ts';

describe('compare_metric', () => {
  it('compares two windows and rounds what it shows', async () => {
    const answer = await callFake('compare_metric', {
      metric_id: 'lead_time',
      before_from: '2026-09-01',
      before_to: '2026-10-01',
      after_from: '2026-10-01',
      after_to: '2026-10-29',
    });
    expect(compareMetric.outputSchema.parse(answer.structured)).toEqual(answer.structured);
    expect(answer.text).toMatchInlineSnapshot(`
      "as_of: 2026-10-30T09:30Z
      synced_at: 2026-10-30T08:30Z
      gaps:
      code	message	affected
      squash_author_time	Squash merges carry no author time of their own; coding time is unknown for them.	12
      metric_id: lead_time
      unit: hours
      before.from: 2026-09-01
      before.to: 2026-10-01
      before.value: 31.25
      before.p90: 144.13
      before.sample_size: 38
      before.citation: mabcdefgh234
      after.from: 2026-10-01
      after.to: 2026-10-29
      after.value: 25
      after.p90: 144.13
      after.sample_size: 38
      after.citation: mabcdefgh234
      difference: -6.25
      relative_change: -0.2
      interval.low: -11.5
      interval.high: 1.25
      change: no_detectable_change
      caveats: Both windows hold fewer than 50 pull requests. | Three pull requests have no deployment yet; they are not counted."
    `);
  });

  it('refuses a window that ends before it begins', async () => {
    const days = { before_from: '2026-10-01', before_to: '2026-09-01' };
    const after = { after_from: '2026-10-01', after_to: '2026-10-29' };
    const answer = await callFake('compare_metric', { metric_id: 'lead_time', ...days, ...after });
    expect(answer.isError).toBe(true);
    expect(answer.text).toContain('ends before it begins');
  });
});
