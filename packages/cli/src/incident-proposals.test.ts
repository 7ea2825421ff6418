import { github } from '@adjutant/connectors/github';
import { jira } from '@adjutant/connectors/jira';
import { pagerduty } from '@adjutant/connectors/pagerduty';
import { slack } from '@adjutant/connectors/slack';
import { createAdjutant } from '@adjutant/core';
import {
  buildChatChannel,
  buildChatThread,
  buildDeployment,
  buildIncident,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { incidentTimeline } from '@adjutant/insights';
import { expect, it, onTestFinished } from 'vitest';

const now = Date.UTC(2026, 10, 18, 12);
const hourMs = 3_600_000;
const none = (): Promise<string> => Promise.resolve('none');

const definitions = [
  github({ repositories: ['acme/shop'] }),
  slack({ channels: ['C0123456789'], token: none }),
  pagerduty({ token: none }),
].flatMap(({ definition, config }) => definition.actions?.(config) ?? []);
const { definition: tracker, config } = jira({
  site: 'https://acme.atlassian.net',
  projects: ['PAY'],
  email: 'ada@example.com',
  token: none,
});
const ofTracker = tracker.actions?.(config) ?? [];

function deployed(run: string, finishedAt: number) {
  return buildDeployment({
    source: 'github',
    repositoryExternalId: '77',
    externalId: `run:${run}`,
    serviceKey: 'SHOP1',
    origin: 'workflow_run',
    startedAt: finishedAt,
    finishedAt,
  });
}

it('what is proposed about an incident is what the actions take', async () => {
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock: createFakeClock(now),
    connectors: [
      createRowsConnector({
        id: 'github',
        showsReviews: true,
        records: () => ({
          all: {
            repositories: [
              {
                source: 'github',
                externalId: '77',
                name: 'shop',
                fullName: 'acme/shop',
                url: 'https://github.com/acme/shop',
                defaultBranch: 'main',
                mergeStyle: null,
              },
            ],
            deployments: [deployed('2001', now - 40 * hourMs), deployed('2002', now - 4 * hourMs)],
          },
        }),
      }),
      createRowsConnector({
        id: 'pagerduty',
        records: () => ({
          all: {
            incidents: [
              buildIncident({
                source: 'pagerduty',
                externalId: 'Q1ABC',
                serviceKey: 'SHOP1',
                createdAt: now - 3 * hourMs,
              }),
            ],
          },
        }),
      }),
      createRowsConnector({
        id: 'slack',
        records: () => ({
          all: {
            chatChannels: [buildChatChannel({ source: 'slack', externalId: 'C0123456789' })],
            chatThreads: [
              buildChatThread({
                source: 'slack',
                channelExternalId: 'C0123456789',
                startedAt: now - 2 * hourMs,
              }),
            ],
          },
        }),
      }),
    ],
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  const handle = adjutant.workspace().as(await adjutant.owner());
  const [incident] = await handle.incidents.list();
  await handle.incidents.addFollowUp(incident?.id ?? '', { reference: 'PAY-12' });
  const { proposals } = await incidentTimeline(handle, incident?.id ?? '');
  expect(proposals.map(({ type }) => type)).toEqual([
    'incident.page',
    'workflow.rerun',
    'message.post',
    'issue.comment',
  ]);
  for (const { type, payload } of proposals) {
    const known = type === 'issue.comment' ? ofTracker : definitions;
    const action = known.find(({ id }) => id === type);
    expect(action?.inputSchema.safeParse(payload)).toMatchObject({ success: true });
  }
});
