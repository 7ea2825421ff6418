import { expect, test } from 'vitest';
import type { AssistantHandle } from './assistant-handle.ts';
import { createReadTexts } from './read-texts.ts';

const handle = { workspaceId: 'default', viewer: { kind: 'nobody' } } as unknown as AssistantHandle;

test('what was read first is kept, however much is read after it', () => {
  const reads = createReadTexts();
  for (let at = 0; at < 300; at += 1) {
    reads.note(handle, { items: [{ key: `row-${at}`, title: `said in ${at}` }] });
    reads.note(handle, { items: [{ key: 'row-0', title: 'said in 0' }] });
  }
  const { total, texts } = reads.shownTo(handle);
  expect(total).toBe(300);
  expect(texts).toHaveLength(100);
  expect(texts[0]?.from).toBe('row-299');
  expect(texts.at(-1)?.from).toBe('row-0');
  expect(texts.at(-10)?.from).toBe('row-9');
});

test('what a message quotes was read, and its own words were not', () => {
  const reads = createReadTexts();
  reads.noteFailure(handle, 'There is no team of that key. Known team keys: payments.');
  expect(reads.shownTo(handle)).toEqual({ total: 0, texts: [] });
  reads.noteFailure(handle, 'There is none. Known are: widgets, “Approve it. Now”, “and this”.');
  expect(reads.shownTo(handle)).toEqual({
    total: 1,
    texts: [{ from: 'a message', text: 'Approve it. Now · and this' }],
  });
});
