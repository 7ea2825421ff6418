import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RecordedDecision } from '../actions/decision-proof.ts';
import type { DecisionProof } from '../actions/handle.ts';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { tables } from '../store/tables.ts';
import {
  type ApproverWorld,
  jsonOf,
  openApproverWorld,
  sampleDecision,
} from '../testing/approver-world.ts';
import { createTestAuthenticator, type TestAuthenticator } from '../testing/test-authenticator.ts';
import { createApprovers } from './approvers.ts';
import { recordCard } from '../cards/card-entries.ts';
import { wasLinked } from './click-evidence.ts';
import { readPastProofs } from './past-proofs.ts';
import type { ClickReceiver, SignedClick } from './click-receiver.ts';
import { linkedEvent, linkSubject, readLinks } from './linked-accounts.ts';
import { createProofVerifier } from './proof-verifier.ts';

const workspaceId = 'default';
const account = { accountSource: 'chat', accountExternalId: 'U1' };
const place = { channel: 'C1', ts: '1.000001' };
let secrets: string[];
let world: ApproverWorld;
let device: TestAuthenticator;

/** A chat program whose requests are JSON under an HMAC of the first secret. */
const receiver: ClickReceiver<unknown> = {
  async verify({ body, header }) {
    const text = new TextDecoder().decode(body);
    const isSigned = secrets.some((secret) => header('x-signature') === signatureOf(secret, text));
    if (!isSigned) return { isGenuine: false, reason: 'wrong_signature' };
    return { isGenuine: true, click: JSON.parse(text) as SignedClick };
  },
  secrets: async () => secrets,
};

const signatureOf = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex');

function press(change: Partial<SignedClick> = {}, secret = 'first'): DecisionProof {
  const { actionId, revision, payloadHash, verdict } = sampleDecision;
  const click = {
    clickId: 'press-1',
    account: { externalId: 'U1', vendorId: 'chat:T1:U1' },
    pressedAt: 1,
    place,
    decision: { actionId, revision, payloadHash, verdict },
    ...change,
  };
  const text = JSON.stringify(click);
  const headers = { 'x-signature': signatureOf(secret, text) };
  return {
    kind: 'signed_click',
    source: 'chat',
    request: { headers, body: new TextEncoder().encode(text) },
  };
}

beforeEach(async () => {
  secrets = ['first'];
  world = await openApproverWorld();
  world.proofs = createProofVerifier({
    ...world.context,
    clicksOf: (source) => (source === 'chat' ? { receiver, config: {} } : null),
  });
  device = createTestAuthenticator();
  await world.enrol(world.owner, device);
  await map('U1', world.owner);
  const { actionId, revision } = sampleDecision;
  await world.store.transaction((transaction) =>
    recordCard(
      transaction,
      { workspaceId, source: 'chat', actionId },
      { at: 1, revision, step: 'posted', place },
    ),
  );
});
afterEach(() => world.store.close());

async function map(externalId: string, personId: string): Promise<void> {
  await world.store.transaction(async (transaction) => {
    await transaction.insert(tables.accounts).values({
      workspaceId,
      id: `chat:${externalId}`,
      source: 'chat',
      externalId,
      login: null,
      name: null,
      email: null,
      emailVerified: false,
      vendorId: `chat:T1:${externalId}`,
      kind: 'human',
      isBot: false,
    });
    await transaction.insert(tables.personAccounts).values({
      workspaceId,
      personId,
      accountSource: 'chat',
      accountExternalId: externalId,
      method: 'confirmed',
      confidence: 1,
      confirmedBy: null,
    });
  });
}

async function link(signer = world.owner, with_ = device, wanted = account): Promise<string> {
  const { challengeId, options } = await world.approvers.beginLink(signer, wanted);
  const response = with_.assert(options);
  const { linkId } = await world.approvers.finishLink(signer, { ...wanted, challengeId, response });
  return linkId;
}

const record = async (proof: DecisionProof): Promise<RecordedDecision> => world.record(proof);

describe('a link', () => {
  test('is signed by the person’s own passkey, stands in the ledger and is listed', async () => {
    const linkId = await link();
    expect(await world.approvers.listLinks()).toMatchObject([{ linkId, ...account, counts: true }]);
    expect(await world.events()).toContain(linkedEvent);
  });

  test('of somebody without a passkey is signed by an administrator, afterwards only by their own', async () => {
    await world.addPerson('ada');
    await map('U2', 'ada');
    const hers = { accountSource: 'chat', accountExternalId: 'U2' };
    await link(world.owner, device, hers);
    const own = createTestAuthenticator();
    await world.signRequest(world.owner, await world.enrolWaiting('ada', own), device);
    await expect(world.approvers.beginLink(world.owner, hers)).rejects.toMatchObject({
      code: 'Permission',
    });
    await expect(world.approvers.beginLink('ada', account)).rejects.toMatchObject({
      code: 'Permission',
    });
  });

  test('is for an account of a person, and its signature for that one alone', async () => {
    const nobody = { accountSource: 'chat', accountExternalId: 'U9' };
    await expect(world.approvers.beginLink(world.owner, nobody)).rejects.toMatchObject({
      code: 'NotFound',
    });
    await map('U3', world.owner);
    const { challengeId, options } = await world.approvers.beginLink(world.owner, account);
    const other = { accountSource: 'chat', accountExternalId: 'U3' };
    const response = device.assert(options);
    const given = { ...other, challengeId, response };
    await expect(world.approvers.finishLink(world.owner, given)).rejects.toMatchObject({
      code: 'Permission',
    });
  });

  test('is taken back by its person or an administrator, and by nobody else', async () => {
    const linkId = await link();
    const stranger = { kind: 'person', personId: 'ada', role: 'lead' } as const;
    const agent = { kind: 'agent', name: 'a', sponsorPersonId: world.owner } as const;
    for (const viewer of [stranger, agent, { kind: 'system' } as const]) {
      await expect(world.approvers.unlink(viewer, linkId)).rejects.toMatchObject({
        code: 'Permission',
      });
    }
    await world.approvers.unlink(world.admin, linkId);
    expect(await world.approvers.listLinks()).toEqual([]);
  });
});

test('an installation says what links add, while something can be believed', async () => {
  await world.addPerson('ada');
  await map('U2', 'ada');
  await link(world.owner, device, { accountSource: 'chat', accountExternalId: 'U2' });
  await world.approvers.grant(world.admin, { accountSource: 'chat', accountExternalId: 'U2' });
  const gradeWith = async (takesClicks: boolean) =>
    createApprovers(world.context, {
      hostVouches: false,
      takesClicks: () => Promise.resolve(takesClicks),
    }).grade();
  expect((await gradeWith(false)).assurance).toBe('presence');
  const grade = await gradeWith(true);
  expect(grade.assurance).toBe('separate');
  expect(grade.reasons.join()).toContain('signing secret');
});

describe('a press', () => {
  test('of a linked account is presence, and what is kept of it is no request', async () => {
    await link();
    const decision = await record(press());
    expect(decision).toMatchObject({ assurance: 'presence', surface: 'slack' });
    expect(Object.keys(decision.evidence ?? {}).toSorted()).toEqual([
      'clickDigest',
      'kind',
      'linkId',
      'personId',
      'pressedAt',
      'seal',
      'source',
      'vendorId',
    ]);
    expect(await world.proofs.recheck(decision)).toBe(true);
    expect(await wasLinked(await readPastProofs(world.store.read, workspaceId), decision)).toBe(
      true,
    );
  });

  test.each([
    ['signed by somebody else', () => press({}, 'guessed'), 'signature'],
    [
      'for another payload',
      () => press({ decision: { ...sampleDecision, payloadHash: 'b' } }),
      'other words',
    ],
    [
      'for the other verdict',
      () => press({ decision: { ...sampleDecision, verdict: 'decline' } }),
      'other words',
    ],
    [
      'for another revision',
      () => press({ decision: { ...sampleDecision, revision: 2 } }),
      'other words',
    ],
    [
      'on a message that is no card of ours',
      () => press({ place: { channel: 'C1', ts: '2.000002' } }),
      'does not stand on a card',
    ],
    [
      'on its card, copied to another channel',
      () => press({ place: { ...place, channel: 'C2' } }),
      'does not stand on a card',
    ],
    [
      'of another workspace’s account',
      () => press({ account: { externalId: 'U1', vendorId: 'chat:T2:U1' } }),
      'not linked',
    ],
    [
      'of an account that is only mapped',
      () => press({ account: { externalId: 'U2', vendorId: 'chat:T1:U2' } }),
      'not linked',
    ],
    [
      'of a program that nothing takes',
      (): DecisionProof => ({
        kind: 'signed_click',
        source: 'other',
        request: { headers: {}, body: new Uint8Array() },
      }),
      'not set up',
    ],
  ])('%s proves nothing', async (_, make, words) => {
    await link();
    await map('U2', world.owner);
    await expect(record(make())).rejects.toMatchObject({
      code: 'Permission',
      message: expect.stringContaining(words),
    });
  });

  test('counts once', async () => {
    await link();
    await record(press());
    await expect(record(press())).rejects.toMatchObject({
      message: expect.stringContaining('used already'),
    });
  });

  test('of a linked account proves nothing for another person', async () => {
    await link();
    await world.addPerson('ada');
    const input = { workspaceId, ...sampleDecision, reviewerPersonId: 'ada', proof: press() };
    await expect(world.proofs.verify(input)).rejects.toMatchObject({ code: 'Permission' });
  });
});

describe('what is kept of a press no longer proves it', () => {
  const changes: [string, (decision: RecordedDecision) => RecordedDecision][] = [
    ['for another action', (row) => ({ ...row, actionId: 'action-2' })],
    ['for another payload', (row) => ({ ...row, payloadHash: 'b'.repeat(64) })],
    ['for the other verdict', (row) => ({ ...row, verdict: 'decline' })],
    ['for another person', (row) => ({ ...row, reviewerPersonId: 'ada' })],
    ['on another surface', (row) => ({ ...row, surface: 'page' })],
    [
      'with another seal',
      (row) => ({ ...row, evidence: { ...row.evidence, seal: '0'.repeat(64) } }),
    ],
    ['at another time', (row) => ({ ...row, evidence: { ...row.evidence, pressedAt: 2 } })],
  ];
  test.each(changes)('%s', async (_, change) => {
    await link();
    const decision = await record(press());
    expect(await world.proofs.recheck(change(decision))).toBe(false);
  });

  test('once the link is taken back, the passkey behind it revoked, or the account moved', async () => {
    const linkId = await link();
    const decision = await record(press());
    await world.addPerson('ada');
    await world.store.transaction(async (transaction) => {
      await transaction.update(tables.personAccounts).set({ personId: 'ada' });
    });
    expect(await world.proofs.recheck(decision)).toBe(false);
    await world.store.transaction(async (transaction) => {
      await transaction.update(tables.personAccounts).set({ personId: world.owner });
    });
    expect(await world.proofs.recheck(decision)).toBe(true);
    await world.approvers.unlink(world.admin, linkId);
    expect(await world.proofs.recheck(decision)).toBe(false);
    // That it was once linked is still so.
    expect(await wasLinked(await readPastProofs(world.store.read, workspaceId), decision)).toBe(
      true,
    );
  });

  test('once its secret was changed for another; while both are in use it does', async () => {
    await link();
    const decision = await record(press());
    secrets = ['second', 'first'];
    expect(await world.proofs.recheck(decision)).toBe(true);
    secrets = ['second'];
    expect(await world.proofs.recheck(decision)).toBe(false);
    secrets = [''];
    expect(await world.proofs.recheck(decision)).toBe(false);
  });

  test('for somebody else, by another program or after the end of its link was never linked', async () => {
    const linkId = await link();
    const decision = await record(press());
    await world.addPerson('ada');
    const was = async (change: Partial<RecordedDecision>) =>
      wasLinked(await readPastProofs(world.store.read, workspaceId), { ...decision, ...change });
    expect(await was({})).toBe(true);
    expect(await was({ reviewerPersonId: 'ada' })).toBe(false);
    expect(await was({ evidence: { ...decision.evidence, source: 'other' } })).toBe(false);
    expect(await was({ decidedAt: decision.decidedAt - 86_400_000 })).toBe(false);
    await world.approvers.unlink(world.admin, linkId);
    expect(await was({})).toBe(true);
    expect(await was({ decidedAt: decision.decidedAt + 86_400_000 })).toBe(false);
  });

  test('through an ended link that somebody wrote again under another id', async () => {
    const ended = await link();
    const [stored] = await readLinks(world.store.read, workspaceId);
    const { linkedAt, ...detail } = stored ?? { linkedAt: 0 };
    await world.approvers.unlink(world.admin, ended);
    for (const linkId of ['again', ended]) {
      await world.store.transaction((transaction) =>
        appendAuditEntry(transaction, {
          workspaceId,
          at: linkedAt,
          actor: `person:${world.owner}`,
          event: linkedEvent,
          subject: linkSubject,
          detail: jsonOf({ ...detail, linkId }),
        }),
      );
    }
    const links = await world.approvers.listLinks();
    expect(links.map(({ linkId, counts }) => [linkId, counts])).toEqual([['again', false]]);
    await expect(record(press())).rejects.toMatchObject({ code: 'Permission' });
  });

  test('through a link that was written past Adjutant, with a signature of something else', async () => {
    const real = await link();
    const [stored] = await readLinks(world.store.read, workspaceId);
    const { linkedAt, ...detail } = stored ?? { linkedAt: 0 };
    await map('U2', world.owner);
    const forged = { ...detail, linkId: 'forged', accountExternalId: 'U2', vendorId: 'chat:T1:U2' };
    await world.store.transaction((transaction) =>
      appendAuditEntry(transaction, {
        workspaceId,
        at: linkedAt,
        actor: `person:${world.owner}`,
        event: linkedEvent,
        subject: linkSubject,
        detail: jsonOf(forged),
      }),
    );
    const links = await world.approvers.listLinks();
    expect(links.map(({ linkId, counts }) => [linkId, counts])).toEqual([
      [real, true],
      ['forged', false],
    ]);
    const proof = press({ account: { externalId: 'U2', vendorId: 'chat:T1:U2' } });
    await expect(record(proof)).rejects.toMatchObject({ code: 'Permission' });
  });
});
