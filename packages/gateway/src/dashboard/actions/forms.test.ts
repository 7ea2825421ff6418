import type { Account } from '@adjutant/core/domain';
import { createRowsConnector } from '@adjutant/core/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SetupSteps, SetupValues } from '../../setup/setup-steps.ts';
import { type HostWorld, openHostWorld } from '../../testing/host-world.ts';
import { openPageWorld } from '../../testing/page-world.ts';
import { allForms } from './all-forms.ts';
import { formsPath } from './mount-form.ts';

const account = (externalId: string): Account => ({
  source: 'chat',
  externalId,
  login: externalId,
  name: externalId,
  email: null,
  emailVerified: false,
  vendorId: null,
  kind: 'human',
  isBot: false,
});
const kept: { step: string; values: SetupValues }[] = [];
const left: string[] = [];
const setup: SetupSteps = {
  list: async () => [
    {
      id: 'github',
      title: 'GitHub',
      about: 'Reviews.',
      state: left.includes('github') ? 'skipped' : 'open',
      standing: 'Nothing is read.',
      check: 'Try it',
      fields: [
        { name: 'token', label: 'Token', kind: 'secret', hint: 'Read only.', value: 'never shown' },
        {
          name: 'repositories',
          label: 'Repositories',
          kind: 'several',
          hint: '',
          value: 'acme/api',
        },
      ],
    },
  ],
  check: async () => ({
    ok: true,
    said: 'It answers.',
    choices: { repositories: [{ value: 'acme/api', label: 'acme/api' }] },
  }),
  async apply(step, values) {
    kept.push({ step, values });
    return { said: 'Kept.', needsRestart: true };
  },
  async skip(step, isSkipped) {
    if (isSkipped) left.push(step);
    else left.length = 0;
  },
};

let world: HostWorld;
let robot: string;
beforeEach(async () => {
  kept.length = 0;
  left.length = 0;
  world = await openHostWorld(
    {
      connectors: [
        createRowsConnector({
          id: 'chat',
          records: () => ({ all: { accounts: [account('ada'), account('robot')] } }),
        }),
      ],
    },
    { setup },
  );
  await world.adjutant.sync();
  robot = (await people()).find(({ displayName }) => displayName === 'robot')?.id ?? '';
});
afterEach(() => world.close());

const handle = async () => world.adjutant.workspace().as(await world.adjutant.owner());
const people = async () => (await (await handle()).findPeople()).items;
const names = async (): Promise<string[]> => (await people()).map((one) => one.displayName);

describe('who may send a form', () => {
  test.each(allForms.map((form) => [form.path, form.role] as const))(
    '%s is for %s and above, never for a program or nobody',
    async (path, role) => {
      const refused = role === 'member' ? [] : role === 'lead' ? ['member'] : ['member', 'lead'];
      for (const as of ['member', 'lead', 'admin', 'token', 'nobody'] as const) {
        const { status } = await world.post(`${formsPath}/${path}`, { broken: 1 }, as);
        const expected =
          as === 'nobody'
            ? [401]
            : as === 'token' || refused.includes(as)
              ? [403]
              : [200, 400, 404];
        expect(expected, `${path} as ${as}`).toContain(status);
      }
    },
  );

  test('a session of the page has to send the token of its page', async () => {
    const own = await openPageWorld();
    const browser = await own.signIn();
    const { csrf } = browser;
    browser.csrf = '';
    expect((await browser.post(`${formsPath}/refresh`, {})).status).toBe(403);
    browser.csrf = csrf;
    expect((await browser.post(`${formsPath}/refresh`, {})).status).toBe(200);
    await own.close();
  });
});

test('a refresh is asked for once, and the second who asks is told so', async () => {
  const said = async (): Promise<unknown> => (await world.post(`${formsPath}/refresh`, {})).json();
  expect(await said()).toMatchObject({ said: expect.stringContaining('Asked for.') });
  expect(await said()).toMatchObject({ said: expect.stringContaining('already') });
  expect((await (await handle()).syncStatus()).pendingRefresh).toBe(true);
});

test('somebody is called a bot, leaves the people, and comes back when it is undone', async () => {
  expect((await world.post(`${formsPath}/people/bot`, { personId: robot }, 'lead')).status).toBe(
    200,
  );
  expect(await names()).toEqual(['ada']);
  const [change] = await (await handle()).identityChanges();
  expect(await world.page('/people', 'lead')).toContain('robot was called a bot');
  await world.post(`${formsPath}/people/undo`, { id: change?.id }, 'lead');
  expect(await names()).toEqual(['ada', 'robot']);
});

test('two people become one and are parted again', async () => {
  const ada = (await people()).find(({ displayName }) => displayName === 'ada')?.id;
  await world.post(`${formsPath}/people/merge`, { fromPersonId: robot, toPersonId: ada }, 'lead');
  expect(await names()).toEqual(['ada']);
  await world.post(
    `${formsPath}/people/split`,
    { personId: ada, accounts: ['chat:robot'] },
    'lead',
  );
  expect(await names()).toEqual(['ada', 'robot']);
});

test('only pairs that were shown are joined, and none where none was chosen', async () => {
  const path = `${formsPath}/people/merge-shown`;
  expect((await world.post(path, { above: '0.9', pairs: [] }, 'lead')).status).toBe(400);
  const answer = await world.post(path, { above: '0.9', pairs: [`${robot} nobody`] }, 'lead');
  expect(await answer.json()).toMatchObject({ said: '0 pairs became one.' });
  expect(await names()).toHaveLength(2);
});

test('a report is kept, changed, shared, and deleted by whoever wrote it', async () => {
  const day = '2026-11-02';
  const send = (path: string, body: object, personId = robot): Promise<Response> =>
    world.post(`${formsPath}/reports/${path}`, body, 'member', personId);
  await send('submit', { day, did: 'Wrote tests', next: '', blockers: '' });
  const reports = world.adjutant
    .workspace()
    .as({ kind: 'person', personId: robot, role: 'member' }).reports;
  const id = (await reports.ofDay(day))?.id ?? '';
  await send('edit', { id, did: 'Wrote more tests', next: 'Docs', blockers: '' });
  expect(await reports.ofDay(day)).toMatchObject({
    did: 'Wrote more tests',
    visibility: 'private',
  });
  await send('share', { id, visibility: 'team' });
  expect(await world.page('/reports', 'member')).toContain('Wrote more tests');
  expect((await world.post(`${formsPath}/reports/delete`, { id }, 'member')).status).toBe(403);
  await send('delete', { id });
  expect(await reports.ofDay(day)).toBeNull();
});

test('the ledger verifies, and says what it cannot say', async () => {
  const answer = await world.post(`${formsPath}/ledger/verify`, {}, 'member');
  expect(await answer.json()).toMatchObject({
    said: expect.stringMatching(/entries verify\..*checkpoint/),
  });
});

test('policy says why, as at a terminal, and what is no JSON is refused', async () => {
  const ask = (given: string): Promise<Response> =>
    world.post(`${formsPath}/policy/explain`, {
      type: 'policy.update',
      requester: 'assistant',
      given,
    });
  expect(await (await ask('{"payload": {}}')).json()).toMatchObject({
    said: expect.stringContaining('Decided by the built-in rules'),
  });
  expect((await ask('{')).status).toBe(400);
});

describe('setting up', () => {
  test('a step is tried, kept with what was typed and chosen, and asks for a restart', async () => {
    const body = {
      step: 'github',
      token: 'ghp_typed',
      repositories: 'acme/api\nacme/web',
      'repositories.chosen': ['acme/web', 'acme/docs'],
    };
    expect(await (await world.post(`${formsPath}/setup/check`, body)).json()).toMatchObject({
      said: 'It answers.',
      choices: { repositories: [{ value: 'acme/api', label: 'acme/api' }] },
    });
    const answer = await world.post(`${formsPath}/setup/apply`, body);
    expect(await answer.json()).toMatchObject({ said: expect.stringContaining('started anew') });
    expect(kept).toEqual([
      {
        step: 'github',
        values: { token: 'ghp_typed', repositories: ['acme/api', 'acme/web', 'acme/docs'] },
      },
    ]);
  });

  test('the page never holds a secret, and a step that is left out can be taken up again', async () => {
    const open = await world.page('/setup');
    expect(open).toContain('type="password"');
    expect(open).not.toContain('never shown');
    await world.post(`${formsPath}/setup/skip`, { step: 'github', skipped: 'yes' });
    const skipped = await world.page('/setup');
    expect(skipped).toContain('left out');
    expect(skipped).toContain('Take it up');
    expect(skipped).toContain('1 of 1 steps settled');
    await world.post(`${formsPath}/setup/skip`, { step: 'github', skipped: 'no' });
    expect(await world.page('/setup')).toContain('Leave it out');
  });
});
