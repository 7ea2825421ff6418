import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { openStore } from '../store/open-store.ts';
import { queryTuples } from '../store/raw-query.ts';
import { ensureWorkspace } from '../workspace/default-owner.ts';
import { citeAnswer } from './cite-answer.ts';
import { citationsKept, keepCitations } from './keep-citations.ts';

const window = { from: 0, to: 1_000 };
const value = {
  metricId: 'throughput',
  definitionVersion: 1,
  unit: 'count' as const,
  window,
  timeZone: 'UTC',
  value: 0.1 + 0.2,
  sampleSize: 1,
  p50: null,
  p75: null,
  p90: Number.NaN,
  parts: [],
  series: [],
  caveats: [],
  gaps: [],
};
const cite = (workspaceId: string, question: Record<string, unknown> = {}) =>
  citeAnswer(
    { workspaceId, teamId: null, question: { metricId: 'throughput', window, ...question } },
    value,
    { ids: ['a'], columns: { at: [5] }, positions: [0] },
    1_000,
  );

async function openWith(workspaceId: string) {
  const store = await openStore(':memory:');
  onTestFinished(() => store.close());
  await ensureWorkspace(store, workspaceId, createFakeClock());
  const kept = async () =>
    queryTuples(store.read, sql`select workspace_id, value, p90 from metric_citations`);
  return { store, kept };
}

test('a figure is kept to its last bit, and what is no number as unknown', async () => {
  const { store, kept } = await openWith('one');
  keepCitations(store, [cite('one'), cite('one')]);
  await citationsKept(store);
  expect(await kept()).toEqual([['one', 0.1 + 0.2, null]]);
});

test('what was asked about a chosen set of people is not kept, about kinds of authors it is', async () => {
  const { store, kept } = await openWith('one');
  keepCitations(store, [cite('one', { filter: { people: ['person-1'] } })]);
  await citationsKept(store);
  expect(await kept()).toEqual([]);
  keepCitations(store, [cite('one', { filter: { authors: ['people'] } })]);
  await citationsKept(store);
  expect(await kept()).toHaveLength(1);
});

test('a workspace that is not there gets no row', async () => {
  const { store, kept } = await openWith('one');
  keepCitations(store, [cite('deleted')]);
  await citationsKept(store);
  expect(await kept()).toEqual([]);
});

test('the id does not depend on the order of what was asked, nor on what was left open', () => {
  const zone = { timeZone: 'UTC', repository: 'r' };
  const turned = { repository: 'r', filter: undefined, timeZone: 'UTC' };
  expect(cite('one', zone).row.citationId).toBe(cite('one', turned).row.citationId);
  expect(cite('one', zone).row.citationId).not.toBe(cite('two', zone).row.citationId);
});

test('half a character in a question fails nothing', () => {
  expect(cite('one', { repository: '\uD800' }).row.question['repository']).toBe('\uFFFD');
});
