import { createFakeClock } from '@adjutant/core/testing';
import { expect, it, onTestFinished } from 'vitest';
import { createMemoryPasses } from '../__fixtures__/memory-pass.ts';
import { makeSlackWorld, now } from '../__fixtures__/slack-world.ts';
import { startSlackTwin } from '../testing/start-slack-twin.ts';

it('keeps no address of an account of another organisation', async () => {
  const { data } = makeSlackWorld();
  const email = 'eve@other.example';
  data.addUser({ id: 'U0EVE', teamId: 'T0OTHER', email, isEmailConfirmed: true });
  const clock = createFakeClock(now);
  const twin = await startSlackTwin({ data, clock });
  onTestFinished(() => twin.close());
  const memory = createMemoryPasses(twin, { channels: ['C0WIDGETS'] }, clock);
  await memory.pass();
  const kept = [...memory.places.values()].flatMap(({ records }) => [...records]);
  expect(kept).toContainEqual(['U0EVE', expect.objectContaining({ email: null, timeZone: null })]);
  expect(kept).toContainEqual([
    'U0ADA',
    expect.objectContaining({ email: 'ada@acme.example', timeZone: 'Europe/Berlin' }),
  ]);
  expect(JSON.stringify(kept)).not.toContain(email);
});
