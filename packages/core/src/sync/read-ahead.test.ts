import { expect, test } from 'vitest';
import { readAhead } from './read-ahead.ts';

async function* numbers(events: string[], upTo: number, end?: () => void) {
  try {
    for (let number = 1; number <= upTo; number += 1) {
      events.push(`read ${number}`);
      yield number;
    }
    end?.();
  } finally {
    events.push('closed');
  }
}

const prepare = async (number: number): Promise<number> => number;

test('the next is read while one is written, and never more than one is ahead', async () => {
  const events: string[] = [];
  await readAhead(numbers(events, 3), prepare, async (number) => {
    events.push(`writing ${number}`);
    await new Promise((resolve) => setImmediate(resolve));
    events.push(`written ${number}`);
  });
  expect(events).toEqual([
    'read 1',
    'writing 1',
    'read 2',
    'written 1',
    'writing 2',
    'read 3',
    'written 2',
    'writing 3',
    'closed',
    'written 3',
  ]);
});

test('what cannot be read is told after what came before it is written', async () => {
  const events: string[] = [];
  const reading = readAhead(
    numbers(events, 2, () => {
      throw new Error('the source is gone');
    }),
    prepare,
    async (number) => {
      await new Promise((resolve) => setImmediate(resolve));
      events.push(`written ${number}`);
    },
  );
  await expect(reading).rejects.toThrow('the source is gone');
  expect(events.filter((event) => event.startsWith('written'))).toEqual(['written 1', 'written 2']);
});

test('a write that fails ends the reading, and what was read ahead of it is not written', async () => {
  const events: string[] = [];
  const reading = readAhead(numbers(events, 9), prepare, async (number) => {
    if (number === 2) throw new Error('the disk is full');
    events.push(`written ${number}`);
  });
  await expect(reading).rejects.toThrow('the disk is full');
  expect(events.filter((event) => event.startsWith('written'))).toEqual(['written 1']);
  expect(events.at(-1)).toBe('closed');
});
