import { QueryPromise } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { allSettled } from './all-settled.ts';

test('all have ended before the first that failed is told', async () => {
  const ended: string[] = [];
  const slow = new Promise<string>((resolve) => setImmediate(() => resolve('slow'))).then((name) =>
    ended.push(name),
  );
  const failures = [Promise.reject(new Error('first')), Promise.reject(new Error('second'))];
  await expect(allSettled([slow, ...failures])).rejects.toThrow('first');
  expect(ended).toEqual(['slow']);
  expect(await allSettled([Promise.resolve(1), Promise.resolve('two')])).toEqual([1, 'two']);
});

test('a query that runs whenever somebody waits for it runs once', async () => {
  let runs = 0;
  class CountedQuery extends QueryPromise<number> {
    override async execute(): Promise<number> {
      runs += 1;
      return runs;
    }
  }
  const query = new CountedQuery();
  expect(await allSettled([query])).toEqual([1]);
  expect(runs).toBe(1);
});
