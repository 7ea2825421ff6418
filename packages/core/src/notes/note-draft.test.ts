import { expect, it, test } from 'vitest';
import { silentLogger } from '../logger.ts';
import { queryTuples } from '../store/raw-query.ts';
import { openStore } from '../store/open-store.ts';
import { sql } from 'drizzle-orm';
import { actionConformance } from '../testing/action-conformance.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { listNoteDrafts, noteDraftAction } from './note-draft.ts';

const payload = { title: 'Before the retrospective', body: 'Ask about reviews.' };

async function create() {
  const store = await openStore(':memory:');
  let notes = 0;
  const definition = noteDraftAction(store);
  return {
    store,
    definition,
    context: {
      workspaceId: 'one',
      clock: createFakeClock(1_000),
      logger: silentLogger,
      fetch,
      signal: new AbortController().signal,
    },
    payload,
    writes: () => 0,
    effects: () => notes,
    count: async () => (notes = (await listNoteDrafts(store, 'one')).length),
    close: async () => await store.close(),
  };
}

for (const { name, run } of actionConformance(async () => {
  const world = await create();
  const definition = world.definition as never as {
    execute: (...words: never[]) => Promise<unknown>;
  };
  const counted = {
    ...definition,
    async execute(...words: never[]) {
      const ended = await definition.execute(...words);
      await world.count();
      return ended;
    },
  };
  return { ...world, definition: counted as never };
})) {
  test(name, run);
}

it('is kept in its workspace alone, with one entry in the ledger however often it is written', async () => {
  const world = await create();
  const { definition, context, store } = world;
  const { execute } = definition as never as { execute: (...words: unknown[]) => Promise<unknown> };
  const effect = { actionId: 'a', payload, preconditions: {}, effectKey: 'a:0', step: 0 };
  await execute(context, effect);
  await execute(context, effect);
  expect(await listNoteDrafts(store, 'one')).toMatchObject([{ ...payload, createdAt: 1_000 }]);
  expect(await listNoteDrafts(store, 'two')).toEqual([]);
  const entries = await queryTuples<[string]>(store.read, sql`select event from audit_entries`);
  expect(entries.filter(([event]) => event === 'note.drafted')).toHaveLength(1);
  await world.close();
});
