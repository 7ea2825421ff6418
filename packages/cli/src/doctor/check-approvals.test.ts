import { createAdjutant, type Adjutant } from '@adjutant/core';
import { createFakeClock, createTestAuthenticator } from '@adjutant/core/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkApprovals } from './check-approvals.ts';

let adjutant: Adjutant;
beforeEach(async () => {
  adjutant = await createAdjutant({ store: ':memory:', clock: createFakeClock() });
});
afterEach(() => adjutant.close());

test('without a passkey decisions are cooperative, and the way on is named', async () => {
  const [check] = await checkApprovals(adjutant);
  expect(check).toMatchObject({ id: 'approvals', state: 'note' });
  expect(check?.message).toContain('cooperative');
  expect(check?.hint).toContain('adjutant serve');
});

test('with one its fingerprint is shown', async () => {
  const approvers = adjutant.approvers();
  const owner = await adjutant.owner();
  if (owner.kind !== 'person') throw new Error('An owner is a person.');
  const { challengeId, options } = await approvers.beginEnrolment(owner.personId);
  const response = createTestAuthenticator().register(options);
  await approvers.finishEnrolment(owner.personId, { challengeId, response, label: 'Laptop' });
  const [approvals, passkeys] = await checkApprovals(adjutant);
  expect(approvals).toMatchObject({ state: 'ok' });
  expect(passkeys?.message).toContain((await approvers.fingerprints())[0]);
});
