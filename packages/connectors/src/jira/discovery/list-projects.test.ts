import { silentLogger } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createJiraData } from '../testing/jira-data.ts';
import { startJiraTwin } from '../testing/start-jira-twin.ts';
import { listProjects } from './list-projects.ts';

async function start() {
  const clock = createFakeClock();
  const data = createJiraData();
  const owner = data.addUser({ displayName: 'Ada Hill' });
  const twin = await startJiraTwin({ data, owner, clock });
  onTestFinished(() => twin.close());
  const { signal } = new AbortController();
  const list = async (token = twin.token) =>
    await listProjects(
      { site: twin.url, email: twin.email, token },
      { clock, logger: silentLogger, fetch, signal },
    );
  return { twin, data, clock, list };
}

test('projects that the account may browse are listed by key', async () => {
  const { twin, data, list } = await start();
  data.addProject('WEB', 'Web\u202e shop\n');
  data.addProject('PAY', 'Payments');
  data.addProject('HID').isHidden = true;
  data.addProject('not a key');
  expect(await list()).toEqual({
    projects: [
      { key: 'PAY', name: 'Payments' },
      { key: 'WEB', name: 'Web\ufffd shop' },
    ],
    isWhole: true,
  });
  expect(twin.requests).toEqual(['GET /rest/api/3/project/search']);
});

test('some hundreds are listed, and that there are more is said', async () => {
  const { data, list } = await start();
  for (let at = 0; at < 501; at += 1) data.addProject(`P${at}`);
  const { projects, isWhole } = await list();
  expect([projects.length, isWhole]).toEqual([500, false]);
});

test('a token that is refused is an error at once, and a broken answer is one soon', async () => {
  const { twin, clock, list } = await start();
  await expect(list('refused')).rejects.toMatchObject({ code: 'Authentication' });
  expect(clock.sleeps).toEqual([]);
  twin.data.addProject('PAY');
  twin.faults.push({ path: /search/, cuts: true, times: 20 });
  await expect(list()).rejects.toMatchObject({ code: 'Upstream' });
  expect(clock.sleeps).toEqual([1_000, 2_000]);
});
