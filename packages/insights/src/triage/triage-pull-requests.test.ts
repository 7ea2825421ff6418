import { createAdjutant, type DomainRows } from '@adjutant/core';
import type { Account } from '@adjutant/core/domain';
import {
  buildPullRequest,
  buildPullRequestEvent,
  buildRepositoryOwner,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildBrief } from '../briefs/build-brief.ts';
import { renderBriefText } from '../briefs/render-text.ts';
import { shippedRules } from '../signals/shipped-rules.ts';
import { triagePullRequests } from './triage-pull-requests.ts';
import { triagedRequestSchema } from './triaged-request.ts';

const dayMs = 86_400_000;
// A Wednesday.
const now = Date.UTC(2026, 10, 18, 9);
const source = 'github';

const account = (externalId: string, isBot = false): Account => ({
  source,
  externalId,
  login: externalId,
  name: null,
  email: null,
  emailVerified: false,
  vendorId: null,
  kind: isBot ? 'service_bot' : 'human',
  isBot,
});

function rows(): DomainRows {
  const request = (number: number, fields: object) =>
    buildPullRequest({
      source,
      repositoryExternalId: '77',
      externalId: `request-${number}`,
      number,
      authorAccountExternalId: 'ada',
      state: 'open',
      mergedAt: null,
      mergeSha: null,
      openedAt: now - dayMs,
      ...fields,
    });
  return {
    repositories: [
      {
        source,
        externalId: '77',
        name: 'shop',
        fullName: 'acme/shop',
        url: 'https://github.com/acme/shop',
        defaultBranch: 'main',
        mergeStyle: null,
      },
    ],
    accounts: [account('ada'), account('bo'), account('cy'), account('robot', true)],
    repositoryOwners: [
      buildRepositoryOwner({ source, repositoryExternalId: '77', pattern: '/src/', owner: '@bo' }),
    ],
    pullRequests: [
      request(1, { openedAt: now - 30 * dayMs, additions: 900, deletions: 200 }),
      request(2, { title: 'Revert "Pay by card"', additions: 3, deletions: 2 }),
      request(3, { isDraft: true }),
      request(4, { authorAccountExternalId: 'robot', openedAt: now - 60 * dayMs }),
      request(5, { additions: 60, deletions: 4, openedAt: now - 4 * dayMs }),
      request(6, { state: 'merged', mergedAt: now - dayMs, labels: ['size/XXL', 'bug'] }),
      request(7, { openedAt: now - 6 * dayMs, labels: ['size/M'] }),
    ],
    pullRequestFiles: [
      { source, pullRequestExternalId: 'request-5', path: 'src/a.ts', additions: 1, deletions: 1 },
    ],
    pullRequestEvents: [
      buildPullRequestEvent({
        source,
        externalId: 'event-7',
        pullRequestExternalId: 'request-7',
        actorAccountExternalId: 'cy',
        state: 'changes_requested',
        at: now - 5 * dayMs,
      }),
    ],
  };
}

async function start() {
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock: createFakeClock(now),
    metrics: allMetrics,
    // One rule, so that what others come to say changes nothing here.
    signals: shippedRules.filter(({ id }) => id === 'stale-pull-request'),
    connectors: [
      createRowsConnector({ id: source, showsReviews: true, records: () => ({ all: rows() }) }),
    ],
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  return adjutant.workspace().as(await adjutant.owner());
}

describe('triage of pull requests', () => {
  it('has what is open and ready, the riskiest first, what programs opened last', async () => {
    const triaged = await triagePullRequests(await start());
    expect(triaged.map(({ key }) => key)).toEqual([
      'shop#2',
      'shop#1',
      'shop#5',
      'shop#7',
      'shop#4',
    ]);
    for (const request of triaged) expect(triagedRequestSchema.parse(request)).toEqual(request);
    expect(triaged[1]).toMatchObject({
      severity: 'high',
      url: 'https://github.com/acme/shop/pull/1',
    });
    expect(triaged[0]?.reasons[0]).toMatchObject({ kind: 'takes_back' });
  });

  it('names whom to ask and why, and proposes it', async () => {
    const triaged = await triagePullRequests(await start());
    const owned = triaged.find(({ key }) => key === 'shop#5');
    expect(owned?.reviewers).toMatchObject([{ displayName: 'bo', reasons: ['owns /src/'] }]);
    expect(owned?.proposals).toContainEqual({
      type: 'pr.assign_reviewers',
      payload: { repository: 'acme/shop', number: 5, reviewers: ['bo'] },
      why: 'Asks for a review of shop#5.',
    });
  });

  it('proposes a size label only where its repository uses that one', async () => {
    const triaged = await triagePullRequests(await start());
    const labels = (key: string) =>
      triaged
        .find((request) => request.key === key)
        ?.proposals.filter(({ type }) => type === 'pr.label')
        .map(({ payload }) => payload['labels']);
    expect(labels('shop#1')).toEqual([['size/XXL']]);
    expect(labels('shop#5')).toEqual([['size/M']]);
    expect(labels('shop#2')).toEqual([]);
    expect(labels('shop#7')).toEqual([]);
  });

  it('reminds an author who has kept somebody waiting, and nobody else', async () => {
    const triaged = await triagePullRequests(await start());
    const reminded = triaged.filter(({ proposals }) =>
      proposals.some(({ type }) => type === 'pr.comment'),
    );
    expect(reminded.map(({ key }) => key)).toEqual(['shop#7']);
  });

  it('is a brief that can be read', async () => {
    const brief = await buildBrief(await start(), { kind: 'triage' });
    const text = renderBriefText(brief, { paint: (_, words) => words, width: 100 });
    const shown = text.join('\n').replaceAll(/row(s?): .*/g, 'row$1');
    expect(shown).toMatchInlineSnapshot(`
      "Pull requests to look at

      In this order
        · shop#2 takes something back and has been waiting for a review for 24 hours with nobody asked.
          Nobody is suggested: whoever owns or knows what it changes wrote it, is away, is a program, or
          was asked already.
          “Revert "Pay by card"” 1 row
        ! shop#1 has been waiting for a review for 22 days with nobody asked and changes 1,100 lines.
          Nobody has touched shop#1 for 30 days. Nobody is suggested: whoever owns or knows what it
          changes wrote it, is away, is a program, or was asked already.
          “Add a widget” 1 row
        · shop#5 has been waiting for a review for 2 days with nobody asked. Could be asked: bo (owns
          /src/).
          “Add a widget” 2 rows

      Wait for their authors
        · shop#7 has been waiting for its author for 3 days and is 6 days old.
          “Add a widget” 2 rows

      Opened by programs
        · shop#4 has been waiting for a review for 42 days with nobody asked. Could be asked: ada (changed
          this repository lately).
          “Add a widget” 2 rows

        Sources were last read 2026-11-18 09:00 UTC.
        As of 2026-11-18 09:00 UTC."
    `);
  });
});
