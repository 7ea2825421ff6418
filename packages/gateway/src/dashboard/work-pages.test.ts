import {
  buildPullRequest,
  buildSprint,
  buildWorkItem,
  createRowsConnector,
} from '@adjutant/core/testing';
import { shippedRules } from '@adjutant/insights';
import { allMetrics } from '@adjutant/metrics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HostWorld, hostNow, openHostWorld, wordsOf } from '../testing/host-world.ts';
import { formsPath } from './actions/mount-form.ts';

const dayMs = 86_400_000;
const hostile = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
let world: HostWorld;
let findingId: string;

beforeAll(async () => {
  world = await openHostWorld({
    metrics: allMetrics,
    signals: shippedRules,
    connectors: [
      createRowsConnector({
        id: 'forge',
        showsReviews: true,
        records: () => ({
          all: {
            pullRequests: [
              buildPullRequest({
                source: 'forge',
                externalId: '7',
                number: 7,
                title: hostile,
                openedAt: hostNow - 60 * dayMs,
                updatedAt: hostNow - 50 * dayMs,
                mergedAt: null,
                closedAt: null,
                state: 'open',
              }),
            ],
            sprints: [
              buildSprint({
                source: 'forge',
                externalId: 's1',
                name: hostile,
                state: 'active',
                startedAt: hostNow - 5 * dayMs,
                completedAt: null,
              }),
            ],
            workItems: [
              buildWorkItem({ source: 'forge', externalId: 'w1', key: 'PAY-1', title: hostile }),
            ],
          },
        }),
      }),
    ],
  });
  await world.adjutant.sync();
  const handle = world.adjutant.workspace().as(await world.adjutant.owner());
  findingId = (await handle.signals.list()).items[0]?.id ?? '';
});
afterAll(() => world.close());

const form = (path: string, body: object, as: 'member' | 'lead' = 'member') =>
  world.post(`${formsPath}/signals/${path}`, body, as);
const finding = async () =>
  world.adjutant
    .workspace()
    .as(await world.adjutant.owner())
    .signals.get(findingId);

test('what a title says is shown as text on every page that names work', async () => {
  expect(findingId).not.toBe('');
  for (const path of ['/', '/signals', `/signals/${findingId}`, '/sprint', '/briefs/weekly']) {
    const html = await world.page(path, 'member');
    expect(html, path).not.toContain('<img');
    expect(html, path).not.toContain('<script>');
  }
  expect(await world.page(`/signals/${findingId}`)).toContain('&lt;img src=x');
  expect(await world.page('/sprint')).toContain('&lt;img src=x');
});

test('a finding shows its rows, its rule and what can be done with it', async () => {
  const words = wordsOf(await world.page(`/signals/${findingId}`, 'member'));
  expect(words).toContain('Follows from');
  expect(words).toContain('Given to');
  expect(words).not.toContain('Mute the whole rule');
  expect(wordsOf(await world.page(`/signals/${findingId}`, 'lead'))).toContain(
    'Mute the whole rule',
  );
});

test('a finding is given to somebody, hidden for days, and shown again', async () => {
  await form('assign', { id: findingId, personId: 'owner:default' });
  expect(await finding()).toMatchObject({ assignedPersonId: 'owner:default' });
  await form('snooze', { id: findingId, days: '7' });
  expect(await finding()).toMatchObject({ snoozedUntil: hostNow + 7 * dayMs });
  await form('snooze', { id: findingId, days: '0' });
  expect(await finding()).toMatchObject({ snoozedUntil: null });
});

test('a whole rule is a lead’s to mute; of one thing anybody hears no more', async () => {
  const { ruleId, subjectId } = await finding();
  expect((await form('mute', { ruleId, reason: 'noise' })).status).toBe(403);
  expect((await form('mute', { ruleId, subjectId, reason: 'known' })).status).toBe(200);
  expect(await finding()).toMatchObject({ isMuted: true });
  expect((await form('unmute', { ruleId, subjectId })).status).toBe(200);
  expect((await form('mute', { ruleId, reason: 'noise' }, 'lead')).status).toBe(200);
  expect(await world.page('/settings', 'lead')).toContain('no, muted');
  expect((await form('unmute', { ruleId }, 'lead')).status).toBe(200);
});

test('AI impact says that too few merged, and names nobody', async () => {
  const words = wordsOf(await world.page('/ai-impact', 'member'));
  expect(words).toContain('Nothing was merged in these weeks');
  expect(words).toContain('No mark is unknown, never human.');
});
