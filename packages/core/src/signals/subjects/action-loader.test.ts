import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createAdjutant } from '../../create-adjutant.ts';
import { createFakeClock, createTestAction, createTestTarget } from '../../testing.ts';

const hourMs = 3_600_000;

it('an action waits until its time to be decided is over, whether or not a worker has noted that', async () => {
  const clock = createFakeClock();
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    actions: [createTestAction({ target: createTestTarget(), id: 'switch.turn', risk: 'high' })],
  });
  onTestFinished(() => adjutant.close());
  const handle = adjutant.workspace().as(await adjutant.owner());
  const payload = { text: 'As agreed.' };
  await handle.actions.propose({ type: 'switch.turn', payload, idempotencyKey: 'once' });
  const stop = new AbortController();
  const working = adjutant.workActions({ signal: stop.signal });
  const until = clock.now() + 5_000;
  while (clock.now() < until) await setImmediate();
  stop.abort();
  await working;
  clock.advance(18 * hourMs);
  const [waiting] = await handle.signals.subjects('action');
  expect(waiting).toMatchObject({ type: 'switch.turn', risk: 'high', status: 'pending' });
  expect(waiting?.waitedShare).toBeCloseTo(0.75, 2);
  clock.advance(7 * hourMs);
  expect(await handle.signals.subjects('action')).toEqual([]);
});
