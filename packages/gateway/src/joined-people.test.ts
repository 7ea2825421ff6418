import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { changeAddress } from './identity-change.ts';
import type { PrincipalName } from './testing/api-principals.ts';
import { type ApiWorld, openApiWorld } from './testing/api-world.ts';
import { openPageWorld } from './testing/page-world.ts';

const questionSchema = z.object({
  plan: z.object({ needs: z.string() }),
  question: z.object({ challengeId: z.string(), options: z.looseObject({}) }),
});

describe('over HTTP, without an administrator who is there', () => {
  let world: ApiWorld;
  beforeAll(async () => {
    world = await openApiWorld();
  });
  afterAll(() => world.close());

  const askers: readonly PrincipalName[] = ['lead', 'admin', 'token of write'];
  const pairs = [
    ['admin', 'lead'],
    ['lead', 'admin'],
    ['member', 'lead'],
    ['member', 'admin'],
  ] as const;
  const cases = askers.flatMap((who) => pairs.map(([from, to]) => [who, from, to] as const));

  test.each(cases)('%s does not join %s to %s', async (who, from, to) => {
    const cast = world.castOf('default');
    const [fromPersonId, toPersonId] = [cast[from], cast[to]];
    const post = (path: string, body: unknown) => world.ask(who, { method: 'POST', path, body });
    const operation = { kind: 'merge', fromPersonId, toPersonId };
    const answers = [
      await post('/v1/identities/merge', { fromPersonId, toPersonId }),
      await post('/api/identity-changes', { operation }),
      await post('/v1/identities', {
        ...{ external_type: 'forge', external_id: 'ada', user_id: cast.lead },
      }),
    ];
    for (const answer of answers) expect([401, 403]).toContain(answer.status);
    expect(await world.admin().identityChanges()).toEqual([]);
  });

  test('the author account of somebody is given to nobody, and marked as no bot', async () => {
    const { items } = await world.admin().findPeople({ text: 'bo' });
    const operation = { kind: 'mark_bot', personId: items[0]?.id ?? '' };
    for (const who of askers) {
      const path = '/api/identity-changes';
      const answer = await world.ask(who, { method: 'POST', path, body: { operation } });
      expect([401, 403]).toContain(answer.status);
    }
    expect(await world.admin().identityChanges()).toEqual([]);
  });
});

test('a passkey signs exactly one change, which the page shows first and the ledger keeps', async () => {
  const world = await openPageWorld();
  onTestFinished(() => world.close());
  await world.adjutant.sync();
  const handle = world.adjutant.workspace().as(world.owner);
  const [ada] = (await handle.findPeople({ text: 'ada' })).items;
  const ownerId = world.owner.kind === 'person' ? world.owner.personId : '';
  const operation = {
    kind: 'merge' as const,
    fromPersonId: ada?.id ?? '',
    toPersonId: ownerId,
  };
  const browser = await world.signIn();
  // Before there is a passkey the words say how to get one.
  const early = await browser.post('/api/identity-changes', { operation });
  expect(early.status).toBe(403);
  expect(await early.text()).toContain('enrol one under Passkeys');
  await world.enrol(browser);
  const form = await browser.post('/api/do/people/merge', {
    fromPersonId: operation.fromPersonId,
    toPersonId: operation.toPersonId,
  });
  expect(await form.json()).toMatchObject({ goTo: changeAddress(operation) });
  const shown = await (await browser.get(changeAddress(operation))).text();
  expect(shown).toContain('Confirm with my passkey');
  expect(shown).toContain('U0ADA');
  const sign = async (words: object) => {
    const asked = await browser.post('/api/identity-changes/challenge', { operation: words });
    const { plan, question } = questionSchema.parse(await asked.json());
    expect(plan.needs).toBe('administrator_with_presence');
    const response = world.device.assert(question.options);
    return { challengeId: question.challengeId, response };
  };
  const other = { kind: 'mark_bot', personId: operation.fromPersonId };
  const role = { kind: 'set_role', personId: operation.fromPersonId, role: 'lead' };
  const forRole = await sign(role);
  const carried = await browser.post('/api/identity-changes', { operation, passkey: forRole });
  expect(carried.status).toBe(403);
  expect(await handle.identityChanges()).toEqual([]);
  const passkey = await sign(operation);
  const made = await browser.post('/api/identity-changes', { operation, passkey });
  expect(made.status).toBe(200);
  expect((await handle.identityChanges())[0]).toMatchObject({ kind: 'merge', toPersonId: ownerId });
  const [entry] = (await handle.audit.list({ event: 'people.merged' })).items;
  expect(entry?.detail).toMatchObject({
    assurance: 'presence',
    reasons: ['holds_authority', 'is_oneself', 'roles_differ'],
    proof: { kind: 'passkey' },
  });
  expect((await browser.post('/api/identity-changes', { operation: other, passkey })).status).toBe(
    403,
  );
});

test('of an account that stays where it is the page says that it is confirmed', async () => {
  const world = await openPageWorld();
  onTestFinished(() => world.close());
  await world.adjutant.sync();
  const [ada] = (await world.adjutant.workspace().as(world.owner).findPeople({ text: 'ada' }))
    .items;
  const fromPersonId = world.owner.kind === 'person' ? world.owner.personId : '';
  const operation = { kind: 'merge' as const, fromPersonId, toPersonId: ada?.id ?? '' };
  const browser = await world.signIn();
  const shown = await (await browser.get(changeAddress(operation))).text();
  expect(shown).toContain(`<code>U0ADA</code>: confirmed as ${ada?.displayName}’s</li>`);
  expect(shown).not.toContain(`from ${ada?.displayName} to`);
});
