import { silentLogger } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { startSlackTwin } from '../testing/start-slack-twin.ts';
import { listChannels } from './list-channels.ts';

async function start() {
  const clock = createFakeClock();
  const twin = await startSlackTwin({ clock });
  onTestFinished(() => twin.close());
  const { signal } = new AbortController();
  const list = async (token = twin.token) =>
    await listChannels(
      { token, baseUrl: twin.baseUrl },
      { clock, logger: silentLogger, fetch, signal },
    );
  return { twin, clock, list };
}

test('channels that the bot is in are listed by name; archived and direct ones are not', async () => {
  const { twin, list } = await start();
  twin.data.addChannel({ id: 'C0WIDGETS', name: 'widgets' });
  twin.data.addChannel({ id: 'C0PLANS', name: 'plans', kind: 'private' });
  twin.data.addChannel({ id: 'C0OTHERS', name: 'others', members: [] });
  twin.data.addChannel({ id: 'C0OLD', name: 'old', isArchived: true });
  twin.data.addChannel({ id: 'D0ADA', name: 'ada', kind: 'direct' });
  expect(await list()).toEqual({
    channels: [
      { id: 'C0PLANS', name: 'plans', isPrivate: true },
      { id: 'C0WIDGETS', name: 'widgets', isPrivate: false },
    ],
    isWhole: true,
  });
  expect(twin.requests.map(({ method }) => method)).toEqual(['users.conversations']);
});

test('some hundreds are listed, and that there are more is said', async () => {
  const { twin, list } = await start();
  for (let at = 0; at < 620; at += 1) {
    twin.data.addChannel({ id: `C0${1_000 + at}`, name: `channel-${at}` });
  }
  const { channels, isWhole } = await list();
  expect([channels.length, isWhole]).toEqual([500, false]);
});

test('a list that goes round in a circle ends and is not taken for whole', async () => {
  const { twin, list } = await start();
  twin.data.addChannel({ id: 'C0WIDGETS', name: 'widgets' });
  twin.faults.add({ method: 'users.conversations', kind: 'repeated_cursor' });
  expect(await list()).toMatchObject({ channels: [{ id: 'C0WIDGETS' }], isWhole: false });
});

test('a token that is refused is an error at once, and a long wait is not waited', async () => {
  const { twin, clock, list } = await start();
  await expect(list('xoxb-refused')).rejects.toMatchObject({ code: 'Authentication' });
  twin.faults.add({ method: 'users.conversations', kind: 'rate_limited', retryAfter: '600' });
  await expect(list()).rejects.toMatchObject({ code: 'Upstream' });
  expect(clock.sleeps).toEqual([]);
});
