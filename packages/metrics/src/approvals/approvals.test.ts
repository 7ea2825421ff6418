import { expect, test } from 'vitest';
import { computeOver, computeQuiet, utc } from '../__fixtures__/compute.ts';
import type { ActionRow } from '../__fixtures__/pipeline-runs.ts';
import { approvalLatencyMs } from './approval-latency-ms.ts';
import { approvalOverrideRate } from './approval-override-rate.ts';
import { autoVsHitlCounts } from './auto-vs-hitl-counts.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-28') };
const decidedAt = utc('2026-09-09 10:00');
const decided = (fields: Partial<ActionRow> = {}): ActionRow => ({
  id: 'action',
  type: 'example.post',
  decidedAt,
  preparedAt: decidedAt - 60_000,
  byPolicy: false,
  verdict: 'approve',
  modified: false,
  ...fields,
});
const after = (waitMs: number) => decided({ preparedAt: decidedAt - waitMs });
const auto = decided({ byPolicy: true });
const metrics = [approvalLatencyMs, approvalOverrideRate, autoVsHitlCounts];

test('the latency is the median wait in milliseconds, and of what people decided alone', () => {
  const rows = [after(10), after(20), after(30), after(100), { ...auto, preparedAt: decidedAt }];
  const outcome = computeOver(approvalLatencyMs, rows, window);
  expect(outcome).toMatchObject({ value: 25, p50: 25, sampleSize: 4, evidence: [0, 1, 2, 3] });
  expect(outcome.series?.map(({ value, sampleSize }) => [value, sampleSize])).toEqual([
    [25, 4],
    [null, 0],
    [null, 0],
  ]);
  expect(outcome.caveats).toEqual([
    '1 of 5 decided actions was left to policy and waited for nobody.',
    'Only 4 decisions: this describes them, it is no trend.',
  ]);
});

test('a wait that is not known, or ran backwards, is left out and never 0', () => {
  const rows = [decided({ preparedAt: null }), after(-5)];
  expect(computeOver(approvalLatencyMs, rows, window)).toMatchObject({
    value: null,
    sampleSize: 0,
    caveats: ['People decided in this window, but since when they could is not known.'],
  });
  const outcome = computeOver(approvalLatencyMs, [...rows, after(7)], window);
  expect(outcome).toMatchObject({ value: 7, sampleSize: 1 });
  expect(outcome.caveats[0]).toBe('2 of 3 decided actions have no known wait.');
});

test('two of five overridden: one declined, one changed first; both at once counts once', () => {
  const declined = decided({ verdict: 'decline' });
  const changed = decided({ modified: true });
  const rows = [decided(), declined, decided(), changed, decided()];
  const outcome = computeOver(approvalOverrideRate, rows, window);
  expect(outcome).toMatchObject({ value: 0.4, sampleSize: 5, evidence: [1, 3, 0, 2, 4] });
  expect(outcome.parts?.map(({ id, value }) => [id, value])).toEqual([
    ['declined', 0.2],
    ['changed', 0.2],
  ]);
  const both = [decided({ verdict: 'decline', modified: true }), decided()];
  expect(computeOver(approvalOverrideRate, both, window).value).toBe(0.5);
});

test('what policy let run is no decision of people, whatever became of it', () => {
  const rows = [{ ...auto, modified: true }];
  expect(computeOver(approvalOverrideRate, rows, window)).toMatchObject({
    value: null,
    caveats: ['Policy let every action of this window run: people decided none.'],
  });
  expect(computeOver(approvalLatencyMs, rows, window)).toMatchObject({
    value: null,
    caveats: ['Policy let every action of this window run: nobody was waited for.'],
  });
});

test('counts seven that policy let run and five that people decided', () => {
  const rows = [
    ...Array.from({ length: 7 }, () => auto),
    ...Array.from({ length: 5 }, () => after(1)),
  ];
  const outcome = computeOver(autoVsHitlCounts, rows, window);
  expect(outcome).toMatchObject({ value: 12, sampleSize: 12 });
  expect(outcome.parts?.map(({ id, value }) => [id, value])).toEqual([
    ['auto', 7],
    ['hitl', 5],
  ]);
  expect(outcome.series?.map(({ value }) => value)).toEqual([12, 0, 0]);
});

test('a window without a decision is unknown, with the reason', () => {
  for (const metric of metrics) {
    const outcome = computeOver(metric, [], window);
    expect([outcome.value, outcome.sampleSize]).toEqual([null, 0]);
    expect(outcome.caveats[0]).toMatch(/^No action was decided in this window/);
  }
});

test('counts are a true 0 where decisions from before are known: the ledger is always whole', () => {
  const known = { shownSince: window.from - 1, readUntil: null };
  const outcome = computeQuiet(autoVsHitlCounts, window, known);
  expect(outcome).toMatchObject({ value: 0, sampleSize: 0, evidence: [] });
  expect(outcome.parts?.map(({ value }) => value)).toEqual([0, 0]);
  expect(outcome.series?.map(({ value }) => value)).toEqual([0, 0, 0]);
  const since = { shownSince: window.from, readUntil: null };
  expect(computeQuiet(autoVsHitlCounts, window, since).value).toBeNull();
  expect(computeQuiet(approvalOverrideRate, window, known).value).toBeNull();
});

test('none of them reads a person, or calls a direction better', () => {
  for (const metric of metrics) {
    expect(metric.better).toBe('neutral');
    const known = ['type', 'preparedAt', 'decidedAt', 'byPolicy', 'verdict', 'modified'];
    expect(known).toEqual(expect.arrayContaining([...metric.columns]));
  }
});
