import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repositoryRoot } from '../scripts/package-build/repository-root.ts';
import { senders } from './fuzz/attempts.ts';
import { sendAll } from './fuzz/send.ts';

it('sends to every receiver that there is', () => {
  const found = globSync('packages/connectors/src/*/webhooks/*-webhooks.ts', {
    cwd: repositoryRoot,
  });
  const sources = found.map((path) => join(path).split('/').at(-3));
  expect(senders.map(({ source }) => source).toSorted()).toEqual(sources.toSorted());
});

it('takes what is signed and nothing else, and never throws', async () => {
  const { of, inStore, thrown, connections } = await sendAll({
    store: ':memory:',
    runs: 4_000,
    seed: 7,
  });
  expect(thrown).toBeNull();
  expect(connections).toBe(0);
  let kept = 0;
  for (const tally of of.values()) {
    expect(tally).toMatchObject({ forgedTaken: 0, genuineLost: 0 });
    expect(tally.genuine).toBeGreaterThan(100);
    expect(tally.kept).toBeGreaterThan(10);
    kept += tally.kept;
  }
  expect(inStore).toBe(kept);
});
