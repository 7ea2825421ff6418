import { expect, test } from 'vitest';
import { allRoutes } from '../packages/gateway/src/api/all-routes.ts';
import { sendAll } from './api/send.ts';

test('whatever is asked, every answer is as documented and nobody sees what is not theirs', async () => {
  const sent = await sendAll({ runs: 300, seed: 7 });
  expect([...sent.of.keys()].toSorted()).toEqual(allRoutes.map(({ id }) => id).toSorted());
  const { faults, undocumented, seen, crossed, unlisted } = sent;
  expect({ faults, undocumented, seen, crossed, unlisted }).toEqual({
    faults: [],
    undocumented: [],
    seen: [],
    crossed: [],
    unlisted: [],
  });
  expect(sent.probes).toBeGreaterThan(5);
  const answered = [...sent.of.values()].reduce((sum, tally) => sum + tally.answered, 0);
  expect(answered).toBeGreaterThan(120);
});
