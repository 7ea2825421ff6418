import type { StreamStatus } from '@adjutant/core';
import { expect, test } from 'vitest';
import { readLiveState } from './live-state.ts';

function handleOf(stream: Pick<StreamStatus, 'lastStartedAt' | 'lastFinishedAt'>, running = true) {
  const counted: boolean[] = [];
  const status = {
    streams: [{ ...stream, lastError: null }],
    sources: [],
    pendingRefresh: false,
    worker: { running, start: 'adjutant serve' },
  };
  const handle = {
    actions: { list: async () => ({ total: 2 }) },
    async syncStatus({ rowCounts = true } = {}) {
      counted.push(rowCounts);
      return { ...status, rowCounts: rowCounts ? { raw_records: 1_234 } : {} };
    },
  };
  // Of the rest of a workspace and of a status nothing is looked at here.
  return { counted, handle: handle as unknown as Parameters<typeof readLiveState>[0] };
}

test.each([
  ['what was read to its end', { lastStartedAt: 1, lastFinishedAt: 2 }, true],
  ['what a process that is gone was reading', { lastStartedAt: 2, lastFinishedAt: 1 }, false],
])('rows are not counted for %s', async (_, stream, running) => {
  const { counted, handle } = handleOf(stream, running);
  expect((await readLiveState(handle)).said).toBe(
    'Nothing is being read now. 2 actions wait for a decision.',
  );
  expect(counted).toEqual([false]);
});

test('while something is read, it says how much there is', async () => {
  const { counted, handle } = handleOf({ lastStartedAt: 2, lastFinishedAt: 1 });
  const { said, reading } = await readLiveState(handle);
  expect(reading).toBe(1);
  expect(said).toContain('Reading 1 stream of 1; 1,234 records so far.');
  expect(counted).toEqual([false, true]);
});
