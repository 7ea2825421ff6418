import { createAdjutant } from '@adjutant/core';
import type { Account } from '@adjutant/core/domain';
import {
  buildPullRequest,
  buildRepositoryOwner,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { github } from '@adjutant/connectors/github';
import { slack } from '@adjutant/connectors/slack';
import { triagePullRequests } from '@adjutant/insights';
import { expect, it, onTestFinished } from 'vitest';

const now = Date.UTC(2026, 10, 18, 9);
const dayMs = 86_400_000;

const account = (source: string, externalId: string, login: string): Account => ({
  source,
  externalId,
  login,
  name: null,
  email: `${login}@example.com`,
  emailVerified: true,
  vendorId: null,
  kind: 'human',
  isBot: false,
});

const definitions = [
  github({ repositories: ['acme/shop'] }),
  slack({ channels: ['C0123456789'], token: () => Promise.resolve('none') }),
].flatMap(({ definition, config }) => definition.actions?.(config) ?? []);

it('what triage proposes is what the actions take', async () => {
  const request = {
    source: 'github',
    repositoryExternalId: '77',
    authorAccountExternalId: '1',
    mergedAt: null,
    mergeSha: null,
    state: 'open' as const,
  };
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
            accounts: [account('github', '1', 'ada'), account('github', '2', 'bo')],
            repositoryOwners: [
              buildRepositoryOwner({ source: 'github', repositoryExternalId: '77', owner: '@bo' }),
            ],
            pullRequests: [
              buildPullRequest({
                ...request,
                externalId: '101',
                number: 1,
                openedAt: now - 9 * dayMs,
                additions: 5,
                deletions: 5,
                labels: [],
              }),
              buildPullRequest({
                ...request,
                externalId: '102',
                number: 2,
                openedAt: now - dayMs,
                labels: ['size: S'],
              }),
            ],
            pullRequestFiles: [
              {
                source: 'github',
                pullRequestExternalId: '101',
                path: 'a.ts',
                additions: 1,
                deletions: 1,
              },
            ],
            pullRequestEvents: [
              {
                source: 'github',
                externalId: 'e1',
                pullRequestExternalId: '102',
                kind: 'review',
                state: 'approved',
                actorAccountExternalId: '2',
                subjectAccountExternalId: null,
                at: now - 9 * dayMs,
              },
            ],
          },
        }),
      }),
      createRowsConnector({
        id: 'slack',
        records: () => ({ all: { accounts: [account('slack', 'U02BO', 'bo')] } }),
      }),
    ],
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  const triaged = await triagePullRequests(adjutant.workspace().as(await adjutant.owner()));
  const proposals = triaged.flatMap((one) => one.proposals);
  expect(proposals.map(({ type }) => type).toSorted()).toEqual([
    'message.dm',
    'pr.assign_reviewers',
    'pr.comment',
    'pr.label',
  ]);
  for (const { type, payload } of proposals) {
    const definition = definitions.find(({ id }) => id === type);
    expect(definition?.inputSchema.safeParse(payload)).toMatchObject({ success: true });
  }
});
