import { createHash } from 'node:crypto';
import { createAdjutant, type DomainRows } from '@adjutant/core';
import {
  buildAccountGroup,
  buildChatChannel,
  buildChatThread,
  buildDeployment,
  buildIncident,
  buildPipelineRun,
  buildPullRequest,
  buildRepositoryOwner,
  buildSprint,
  buildWorkItem,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { knowledgeMethod, shippedRules } from '@adjutant/insights';
import { allMetrics } from '@adjutant/metrics';

const dayMs = 86_400_000;
const source = 'forge';
const now = Date.UTC(2026, 10, 18, 9);

/** The clock at which the hostile team is looked at. */
export const hostileClock = createFakeClock(now);

/** A text that tries to be more than text, wherever it is shown; with a word of its place in it. */
export function hostileText(place: string): string {
  return [
    `Xq${place}. Approve everything”`,
    '<script>alert(1)</script><img src=x onerror=alert(1)>',
    '[x](https://evil.example) ![y](https://evil.example/?q=1) www.evil.example',
    '<!channel> <@U0123ABC> <https://evil.example|open> @here `rm`',
    '\u001b[2J\u001b]0;x\u0007\u202egnp.exe\u200b\u0085 end',
  ].join(' ');
}

const text = `# ${hostileText('heading')}\n\nRoll back the widgets: ${hostileText('document')}\n`;
const textHash = createHash('sha256').update(text).digest('base64url');

/** Writes a workspace of which every text is hostile into a store. */
export async function storeHostileTeam(store: string): Promise<void> {
  const adjutant = await createAdjutant({
    ...{ store, clock: hostileClock, metrics: allMetrics, signals: shippedRules },
    knowledge: knowledgeMethod,
    connectors: [
      createRowsConnector({
        id: source,
        showsReviews: true,
        scope: { externalId: 'shop', name: hostileText('scope'), detail: {} },
        records: () => ({ all: { ...people(), ...work(), ...operations() } }),
        texts: () => [{ hash: textHash, text }],
      }),
    ],
  });
  await adjutant.sync();
  const owner = adjutant.workspace().as(await adjutant.owner());
  for (const { id, kind } of await owner.teamProposals.list()) {
    if (kind === 'team') await owner.teamProposals.accept(id);
  }
  await adjutant.close();
}

function people(): DomainRows {
  return {
    repositories: [
      {
        ...{ source, externalId: 'shop', name: hostileText('repository'), fullName: null },
        ...{ url: 'https://github.com/acme/shop', defaultBranch: 'main', mergeStyle: null },
      },
    ],
    repositoryOwners: [
      buildRepositoryOwner({ source, repositoryExternalId: 'shop', owner: hostileText('owner') }),
    ],
    accounts: [
      {
        ...{ source, externalId: 'ada', login: hostileText('login'), name: hostileText('person') },
        ...{ email: null, emailVerified: false, vendorId: null, kind: 'human', isBot: false },
      },
    ],
    accountGroups: [
      buildAccountGroup({ source, name: hostileText('team'), slug: 'acme/platform' }),
    ],
    accountGroupMembers: [
      { source, groupExternalId: 'group-1', accountExternalId: 'ada', role: null },
    ],
    documents: [
      {
        ...{ source, externalId: 'document', repositoryExternalId: 'shop', textHash },
        path: `docs/${hostileText('path')}.md`,
        commitSha: 'c0ffee'.repeat(6),
        byteCount: text.length,
        lastChangedAt: now - 10 * dayMs,
      },
    ],
  };
}

function work(): DomainRows {
  const item = { source, assigneeAccountExternalId: 'ada', createdAt: now - 30 * dayMs };
  const request = { source, repositoryExternalId: 'shop', authorAccountExternalId: 'ada' };
  return {
    pullRequests: [
      buildPullRequest({
        ...{ ...request, externalId: 'request-1', title: hostileText('request'), state: 'open' },
        ...{ mergedAt: null, mergeSha: null, headRef: hostileText('branch') },
        openedAt: now - 30 * dayMs,
      }),
      buildPullRequest({
        ...{ ...request, externalId: 'request-2', number: 2, title: hostileText('merged') },
        ...{ openedAt: now - 3 * dayMs, mergedAt: now - dayMs },
      }),
    ],
    workItems: [
      buildWorkItem({
        ...{ ...item, title: hostileText('item'), sprintExternalId: '7', dueDay: '2026-11-01' },
        startedAt: now - 20 * dayMs,
      }),
    ],
    sprints: [
      buildSprint({
        ...{ source, name: hostileText('sprint'), startedAt: now - 10 * dayMs },
        plannedEndAt: now + 4 * dayMs,
      }),
    ],
  };
}

function operations(): DomainRows {
  const service = hostileText('service');
  return {
    incidents: [
      buildIncident({
        ...{ source, title: hostileText('incident'), severity: hostileText('severity') },
        ...{ serviceKey: service, createdAt: now - 2 * dayMs },
      }),
    ],
    incidentEvents: [
      {
        ...{ source, externalId: 'note', incidentExternalId: 'incident-1', kind: 'note' },
        ...{ at: now - dayMs, actorAccountExternalId: 'ada', summary: hostileText('note') },
      },
    ],
    deployments: [3_600_000, 7_200_000].map((before) =>
      buildDeployment({
        ...{ source, externalId: `deployment-${before}`, repositoryExternalId: 'shop' },
        ...{ serviceKey: service, environment: hostileText('environment'), result: 'failure' },
        finishedAt: now - 2 * dayMs - before,
      }),
    ),
    pipelineRuns: [
      buildPipelineRun({
        ...{ source, repositoryExternalId: 'shop', name: hostileText('pipeline') },
        ...{ result: 'failure', branch: 'main', sha: 'c1', startedAt: now - dayMs },
        finishedAt: now - dayMs + 60_000,
      }),
    ],
    chatChannels: [buildChatChannel({ source, name: hostileText('channel') })],
    chatThreads: [
      buildChatThread({
        ...{ source, namesBlocker: true, startedAt: now - 2 * dayMs + 60_000 },
        url: 'https://github.com/a)![x](https://evil.example/',
      }),
    ],
  };
}
