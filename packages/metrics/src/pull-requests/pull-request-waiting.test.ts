import { describe, expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { factInput, factsRow, mergedRow, workedExample } from '../__fixtures__/pull-requests.ts';
import { pullRequestFacts } from '../pull-request-facts.ts';
import { dayMs, hourMs } from '../week-buckets.ts';
import { pullRequestCycleTime } from './pull-request-cycle-time.ts';
import { pullRequestIdleTime } from './pull-request-idle-time.ts';
import { stalePullRequests } from './stale-pull-requests.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-14') };
const merged = utc('2026-09-10 12:00');
const cloned = mergedRow(merged);

describe('pull_request_cycle_time', () => {
  const rows = Object.values(workedExample).map((input) =>
    factsRow(pullRequestFacts.compute(input)),
  );

  test('G1: 26 h, 10 min and 26 h from the opening; the draft was ready for 8 h of them', () => {
    const outcome = computeOver(pullRequestCycleTime, rows, window);
    expect(outcome).toMatchObject({ value: 26, sampleSize: 3 });
    expect(outcome.parts).toMatchObject([
      { id: 'opened_to_merge', value: 26, sampleSize: 3 },
      // 8 h from ready, 10 min from the opening; the amended commit shows neither instant.
      { id: 'ready_to_merge', value: expect.closeTo((8 + 1 / 6) / 2, 10), sampleSize: 2 },
    ]);
    expect(outcome.caveats[0]).toBe(
      '1 of 3 merged pull requests has no known instant from which it was ready, and no part in ready to merge.',
    );
  });

  test('counts one that was opened again from its first opening', () => {
    const openedAt = merged - 50 * hourMs;
    const reopened = factInput({ pullRequest: { openedAt, mergedAt: merged, closedAt: merged } });
    const row = factsRow(pullRequestFacts.compute(reopened));
    expect(computeOver(pullRequestCycleTime, [row], window).value).toBe(50);
  });

  test('is never shorter from the opening than from ready, row by row', () => {
    for (const row of rows) {
      const { parts } = computeOver(pullRequestCycleTime, [row], window);
      expect(parts?.[0]?.value ?? 0).toBeGreaterThanOrEqual(parts?.[1]?.value ?? 0);
    }
  });

  test('of a clone is unknown, not 0', () => {
    expect(computeOver(pullRequestCycleTime, [cloned], window)).toMatchObject({
      value: null,
      caveats: [expect.stringContaining('no source shows their openings')],
    });
  });
});

describe('pull_request_idle_time', () => {
  test('is the median of the idle hours; a known 0 stays one', () => {
    const idle = [0, 30, 50].map((hours) => mergedRow(merged, { idleMs: hours * hourMs }));
    const outcome = computeOver(pullRequestIdleTime, [...idle, cloned], window);
    expect(outcome).toMatchObject({ value: 30, p75: 40, sampleSize: 3 });
    expect(outcome.parts).toMatchObject([{ id: 'never_idle', value: 1 / 3, sampleSize: 3 }]);
    expect(outcome.caveats[0]).toMatch(/^1 of 4 merged pull requests has no known opening/);
  });

  test('of a clone is unknown, not 0', () => {
    expect(computeOver(pullRequestIdleTime, [cloned], window).value).toBeNull();
  });
});

describe('stale_pull_requests', () => {
  const now = utc('2026-09-30');
  const quietFor = (days: number, fields = {}) =>
    mergedRow(0, {
      mergedAt: null,
      openedAt: now - 60 * dayMs,
      lastActivityAt: now - days * dayMs,
      ...fields,
    });
  const stale = (rows: (typeof cloned)[], at = now) =>
    computeOver(stalePullRequests, rows, window, at);

  test('counts what is open and quiet for 14 days to the instant, quietest first', () => {
    const rows = [quietFor(13.99), quietFor(14), quietFor(30), quietFor(0)];
    const outcome = stale(rows);
    expect(outcome).toMatchObject({ value: 2, sampleSize: 4, caveats: [] });
    expect([...outcome.evidence]).toEqual([2, 1]);
    expect(outcome.parts).toMatchObject([
      { id: 'quiet', unit: 'hours', value: 22 * 24, sampleSize: 2 },
      { id: 'share_of_open', unit: 'share', value: 0.5, sampleSize: 4 },
    ]);
  });

  test('does not count what has ended, or is opened later', () => {
    const rows = [
      quietFor(30, { mergedAt: now - 20 * dayMs }),
      quietFor(30, { closedAt: now }),
      quietFor(0, { openedAt: now + dayMs }),
    ];
    expect(stale(rows)).toMatchObject({ value: 0, sampleSize: 0 });
  });

  test('knows nothing of an earlier instant where something has happened since', () => {
    const rows = [quietFor(1), quietFor(40), quietFor(2, { openedAt: now - 25 * dayMs })];
    const outcome = stale(rows, now - 20 * dayMs);
    expect(outcome).toMatchObject({ value: 1, sampleSize: 2 });
    expect([...outcome.evidence]).toEqual([1]);
    expect(outcome.caveats).toEqual([
      '1 of 3 open pull requests is left out: something has happened since, and how quiet it was before is not kept.',
    ]);
    expect(stale([quietFor(1)], now - 20 * dayMs)).toMatchObject({
      value: null,
      caveats: [expect.stringContaining('is not known')],
    });
  });

  test('is a true 0 where all is fresh, and unknown of a clone or of nothing', () => {
    expect(stale([quietFor(1)]).value).toBe(0);
    expect(stale([cloned])).toMatchObject({
      value: null,
      caveats: [expect.stringContaining('only once they are merged')],
    });
    expect(stale([]).value).toBeNull();
  });

  test('tells bots apart and says which sources hide open ones', () => {
    expect(stale([quietFor(20, { authorIsBot: true }), cloned]).caveats).toEqual([
      '1 of 2 pull requests comes from a source without openings; open ones of its repositories are not seen.',
      '1 of 1 pull request was opened by bots and counted here.',
    ]);
  });
});
