import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { AdjutantError } from '../errors.ts';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import {
  buildDeployment,
  buildIncident,
  buildPullRequest,
  buildWorkItem,
} from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import type { WorkspaceHandle } from '../workspace/handle.ts';

const now = Date.UTC(2026, 10, 18, 12);
const hourMs = 3_600_000;
const source = 'forge';
const place = { source, repositoryExternalId: 'shop' };

let clock: FakeClock;
let adjutant: Adjutant;
let handle: WorkspaceHandle;
let incidentId: string;

/** Work items that are read only later. */
let laterItems: ReturnType<typeof buildWorkItem>[];

beforeEach(async () => {
  laterItems = [];
  clock = createFakeClock(now);
  const account = (externalId: string) => ({
    source,
    externalId,
    login: externalId,
    name: null,
    email: null,
    emailVerified: false,
    vendorId: null,
    kind: 'human' as const,
    isBot: false,
  });
  adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    connectors: [
      createRowsConnector({
        id: source,
        showsReviews: true,
        records: () => ({
          all: {
            accounts: [account('ada'), account('bo')],
            repositories: [
              {
                source,
                externalId: 'shop',
                name: 'shop',
                fullName: null,
                url: null,
                defaultBranch: 'main',
                mergeStyle: null,
              },
            ],
            pullRequests: [
              buildPullRequest({
                ...place,
                externalId: 'request-1',
                number: 7,
                title: 'Pay by card',
                mergeSha: 'sha-2',
                mergedAt: now - 5 * hourMs,
                additions: 700,
                deletions: 100,
              }),
            ],
            deployments: [
              deployed('deployment-1', now - 50 * hourMs, { sha: 'sha-1' }),
              deployed('deployment-2', now - 4 * hourMs, { sha: 'sha-2' }),
              deployed('other', now - 4 * hourMs, { serviceKey: 'blog' }),
              deployed('long-ago', now - 100 * hourMs, { sha: 'sha-0' }),
            ],
            deploymentChanges: [
              { ...place, deploymentExternalId: 'deployment-2', sha: 'sha-2', method: 'exact_sha' },
            ],
            incidents: [
              buildIncident({
                source,
                externalId: 'INC-1',
                title: 'Nobody can pay',
                serviceKey: 'shop',
                createdAt: now - 3 * hourMs,
                acknowledgedAt: null,
                resolvedAt: null,
              }),
              buildIncident({
                source,
                externalId: 'INC-0',
                title: 'Slow',
                createdAt: now - 400 * hourMs,
                resolvedAt: now - 399 * hourMs,
              }),
            ],
            incidentEvents: [
              {
                source,
                externalId: 'log-1',
                incidentExternalId: 'INC-1',
                kind: 'escalated',
                at: now - 2 * hourMs,
                actorAccountExternalId: 'ada',
                summary: 'Escalated',
              },
            ],
            workItems: [
              buildWorkItem({ source, externalId: 'w1', key: 'PAY-1', createdAt: now - hourMs }),
              ...laterItems,
            ],
          },
        }),
      }),
    ],
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  handle = adjutant.workspace().as(await adjutant.owner());
  incidentId = (await handle.incidents.list())[0]?.id ?? '';
});

function deployed(externalId: string, finishedAt: number, fields: object) {
  return buildDeployment({
    ...place,
    externalId,
    serviceKey: 'shop',
    startedAt: finishedAt,
    finishedAt,
    ...fields,
  });
}

const personOf = async (login: string): Promise<string> =>
  (await handle.findPeople({ text: login })).items[0]?.id ?? 'nobody';

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  return AdjutantError.isInstance(error) ? error.code : 'none';
}

describe('incidents', () => {
  it('lists those that are open first', async () => {
    const listed = await handle.incidents.list();
    expect(listed.map(({ key }) => key)).toEqual(['INC-1', 'INC-0']);
  });

  it('tell their course: what was deployed in the 72 hours before, what it carried, the log', async () => {
    const course = await handle.incidents.course(incidentId);
    expect(course.events).toMatchObject([{ kind: 'escalated', summary: 'Escalated' }]);
    expect(course.deployments.map(({ externalId }) => externalId)).toEqual([
      'deployment-1',
      expect.any(String),
      expect.any(String),
    ]);
    const last = course.deployments.find(({ externalId }) => externalId === 'deployment-2');
    expect(last).toMatchObject({
      repository: 'shop',
      isProduction: true,
      isOfService: true,
      isNamed: false,
      previousAt: now - 50 * hourMs,
      requests: [{ key: 'shop#7', sizeLines: 800 }],
    });
    const other = course.deployments.find(({ externalId }) => externalId === 'other');
    expect(other?.isOfService).toBe(false);
    expect(JSON.stringify(course.deployments)).not.toContain('ada');
  });

  it('keep who leads them, and the ledger tells who said so', async () => {
    const bo = await personOf('bo');
    await handle.incidents.setRole(incidentId, 'scribe', bo);
    const roles = await handle.incidents.setRole(incidentId, 'lead', await personOf('ada'));
    expect(roles).toMatchObject([
      { role: 'lead', displayName: 'ada' },
      { role: 'scribe', displayName: 'bo' },
    ]);
    expect(await handle.incidents.setRole(incidentId, 'lead', bo)).toHaveLength(2);
    expect(await handle.incidents.setRole(incidentId, 'lead', null)).toMatchObject([
      { role: 'scribe' },
    ]);
    const { items } = await handle.audit.list({ event: 'incident.role_set' });
    expect(items).toHaveLength(4);
    expect(await codeOf(handle.incidents.setRole(incidentId, 'lead', 'nobody'))).toBe('NotFound');
    expect(await codeOf(handle.incidents.setRole('none', 'lead', bo))).toBe('NotFound');
    expect(await codeOf(handle.incidents.setRole(incidentId, 'boss' as 'lead', bo))).toBe(
      'InvalidInput',
    );
    expect((await handle.audit.verify()).findings).toEqual([]);
  });

  it('keep what follows from them, by key alone', async () => {
    const ada = await personOf('ada');
    const added = await handle.incidents.addFollowUp(incidentId, {
      reference: 'PAY-1',
      ownerPersonId: ada,
      dueDay: '2026-12-01',
    });
    expect(added).toMatchObject({
      isOpen: true,
      owner: { displayName: 'ada' },
      dueDay: '2026-12-01',
    });
    expect(added.workItemId).not.toBeNull();
    const elsewhere = await handle.incidents.addFollowUp(incidentId, { reference: 'acme/shop#9' });
    expect(elsewhere).toMatchObject({ workItemId: null, isOpen: null, owner: null });
    for (const reference of ['write more tests', 'https://example.com', '']) {
      expect(await codeOf(handle.incidents.addFollowUp(incidentId, { reference }))).toBe(
        'InvalidInput',
      );
    }
    expect(await codeOf(handle.incidents.addFollowUp(incidentId, { reference: 'pay-1' }))).toBe(
      'Conflict',
    );
    await handle.incidents.removeFollowUp(incidentId, elsewhere.id);
    const { followUps } = await handle.incidents.course(incidentId);
    expect(followUps.map(({ reference }) => reference)).toEqual(['PAY-1']);
    expect(await codeOf(handle.incidents.removeFollowUp(incidentId, elsewhere.id))).toBe(
      'NotFound',
    );
  });

  it('are changed by people only', async () => {
    const { viewer } = handle;
    const sponsorPersonId = viewer.kind === 'person' ? viewer.personId : '';
    const agent = adjutant.workspace().as({ kind: 'agent', name: 'test', sponsorPersonId });
    expect(await codeOf(agent.incidents.setRole(incidentId, 'lead', sponsorPersonId))).toBe(
      'Permission',
    );
    expect(await codeOf(agent.incidents.addFollowUp(incidentId, { reference: 'PAY-1' }))).toBe(
      'Permission',
    );
    expect((await agent.incidents.course(incidentId)).roles).toEqual([]);
  });

  it('say as subjects of signals who leads them and what follows, once anybody has said so', async () => {
    const subject = async () =>
      (await handle.signals.subjects('incident')).find(({ id }) => id === incidentId);
    expect(await subject()).toMatchObject({ hasLead: null, followUpCount: 0 });
    await handle.incidents.setRole(incidentId, 'lead', await personOf('ada'));
    await handle.incidents.addFollowUp(incidentId, { reference: 'PAY-1' });
    expect(await subject()).toMatchObject({
      hasLead: true,
      followUpCount: 1,
      openFollowUpCount: 1,
    });
    clock.advance(1);
    await handle.incidents.setRole(incidentId, 'lead', null);
    expect(await subject()).toMatchObject({ hasLead: null });
    // Neither is a work item that is read here; somebody wrote both down all the same.
    await handle.incidents.addFollowUp(incidentId, { reference: 'acme/shop#9' });
    await handle.incidents.addFollowUp(incidentId, { reference: 'pay-2' });
    expect(await subject()).toMatchObject({ followUpCount: 3, openFollowUpCount: null });
    expect((await subject())?.followUpIds).toHaveLength(1);
    laterItems.push(
      buildWorkItem({ source, externalId: 'w2', key: 'PAY-2', createdAt: now - hourMs }),
    );
    await adjutant.sync();
    expect((await subject())?.followUpIds).toHaveLength(2);
    const { followUps } = await handle.incidents.course(incidentId);
    expect(followUps.find(({ reference }) => reference === 'pay-2')).toMatchObject({
      isOpen: true,
    });
  });
});
