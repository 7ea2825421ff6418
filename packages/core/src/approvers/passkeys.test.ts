import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DecisionProof } from '../actions/handle.ts';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import {
  type ApproverWorld,
  jsonOf,
  openApproverWorld,
  sampleDecision,
} from '../testing/approver-world.ts';
import { createTestAuthenticator, type TestAuthenticator } from '../testing/test-authenticator.ts';
import { wasSigned } from './passkey-evidence.ts';
import { readPastProofs } from './past-proofs.ts';
import { createProofVerifier } from './proof-verifier.ts';

const workspaceId = 'default';
let world: ApproverWorld;
beforeEach(async () => {
  world = await openApproverWorld();
});
afterEach(() => world.store.close());

describe('passkeys', () => {
  test.each(['none', 'packed'] as const)(
    'the first one is trusted on first use and its fingerprint stands in the ledger (%s attestation)',
    async (attestation) => {
      const result = await world.enrol(world.owner, createTestAuthenticator({ attestation }));
      expect(result.state).toBe('enrolled');
      expect(await world.approvers.fingerprints()).toEqual([result.fingerprint]);
      expect(await world.approvers.grade()).toMatchObject({
        assurance: 'presence',
        passkeys: [{ trusted: true, fingerprint: result.fingerprint }],
      });
    },
  );

  test('the first one has to be an administrator’s', async () => {
    await world.addPerson('ada');
    await expect(world.enrol('ada', createTestAuthenticator())).rejects.toMatchObject({
      code: 'Permission',
    });
    expect(await world.approvers.listPasskeys()).toEqual([]);
  });

  test('a later one counts only once an earlier one has signed it', async () => {
    const first = createTestAuthenticator();
    const second = createTestAuthenticator();
    await world.enrol(world.owner, first);
    const requestId = await world.enrolWaiting(world.owner, second);
    await expect(
      world.passkeyProof(second).then((proof) => world.record(proof)),
    ).rejects.toMatchObject({
      code: 'Permission',
    });
    await expect(world.signRequest(world.owner, requestId, second)).rejects.toMatchObject({
      code: 'Permission',
    });
    await world.signRequest(world.owner, requestId, first);
    expect((await world.record(await world.passkeyProof(second))).assurance).toBe('presence');
  });

  test('an administrator signs the first one of somebody else, and nobody signs a further one', async () => {
    await world.addPerson('ada', 'admin');
    const own = createTestAuthenticator();
    const hers = createTestAuthenticator();
    await world.enrol(world.owner, own);
    const requestId = await world.enrolWaiting('ada', hers);
    expect(await world.approvers.listPendingPasskeys(world.owner)).toMatchObject([
      { personId: 'ada' },
    ]);
    await world.signRequest(world.owner, requestId, own);
    const further = await world.enrolWaiting('ada', createTestAuthenticator());
    expect(await world.approvers.listPendingPasskeys(world.owner)).toEqual([]);
    await expect(world.signRequest(world.owner, further, own)).rejects.toMatchObject({
      code: 'Permission',
    });
    await world.signRequest('ada', further, hers);
    expect(await world.approvers.listPasskeys()).toHaveLength(3);
  });

  test('an administrator that the ledger does not know signs for nobody else', async () => {
    const own = createTestAuthenticator();
    const first = createTestAuthenticator();
    await world.enrol(world.owner, first);
    await world.addPerson('ada');
    await world.signRequest(world.owner, await world.enrolWaiting('ada', own), first);
    await world.addPerson('invented');
    await world.store.transaction(async (transaction) => {
      await transaction
        .update(tables.people)
        .set({ role: 'admin' })
        .where(eq(tables.people.id, 'ada'));
    });
    const requestId = await world.enrolWaiting('invented', createTestAuthenticator());
    await expect(world.signRequest('ada', requestId, own)).rejects.toMatchObject({
      code: 'Permission',
    });
  });

  test('a revoked one proves nothing, not even what it proved before', async () => {
    const first = createTestAuthenticator();
    const second = createTestAuthenticator();
    await world.enrol(world.owner, first);
    const requestId = await world.enrolWaiting(world.owner, second);
    const { authenticatorId } = await world.signRequest(world.owner, requestId, first);
    const approved = await world.record(await world.passkeyProof(second));
    expect(await world.proofs.recheck(approved)).toBe(true);
    const { challengeId, options } = await world.approvers.beginRevocation(
      world.owner,
      authenticatorId,
    );
    await world.approvers.finishRevocation(world.owner, {
      authenticatorId,
      challengeId,
      response: first.assert(options),
    });
    expect(await world.proofs.recheck(approved)).toBe(false);
    // Whoever owns the database cannot bring it back by the row alone.
    await world.store.transaction(async (transaction) => {
      await transaction
        .update(tables.authenticators)
        .set({ revokedAt: null })
        .where(eq(tables.authenticators.id, authenticatorId));
    });
    expect(await world.proofs.recheck(approved)).toBe(false);
  });

  test('emptying the table does not bring a second first one', async () => {
    await world.enrol(world.owner, createTestAuthenticator());
    await world.store.transaction(async (transaction) => {
      await transaction
        .delete(tables.authenticators)
        .where(eq(tables.authenticators.workspaceId, workspaceId));
    });
    const result = await world.enrol(world.owner, createTestAuthenticator());
    expect(result.state).toBe('needs_signature');
  });

  test.each([
    ['another origin', { origin: 'http://localhost.evil.example' }],
    ['an address instead of the name', { origin: 'http://127.0.0.1:4747' }],
    ['no verification of the person', { verifiesPerson: false }],
  ])('one made with %s is refused', async (_, options) => {
    await expect(world.enrol(world.owner, createTestAuthenticator(options))).rejects.toMatchObject({
      code: 'Permission',
    });
  });
});

describe('a decision with a passkey', () => {
  let device: TestAuthenticator;
  beforeEach(async () => {
    device = createTestAuthenticator();
    await world.enrol(world.owner, device);
  });

  test('has presence, and the claim checks the signature from the row', async () => {
    const row = await world.record(await world.passkeyProof(device));
    expect(row).toMatchObject({ assurance: 'presence', surface: 'page' });
    expect(await world.proofs.recheck(row)).toBe(true);
    // Using the passkey again raises its counter; the earlier decision stays proved.
    await world.record(await world.passkeyProof(device));
    expect(await world.proofs.recheck(row)).toBe(true);
  });

  test('is known as signed from its row alone, and another’s is not', async () => {
    const row = await world.record(await world.passkeyProof(device));
    expect(await wasSigned(await readPastProofs(world.store.read, workspaceId), row)).toBe(true);
    for (const change of [{ payloadHash: 'b'.repeat(64) }, { revision: 2 }, { id: row.id }]) {
      const isSame = 'id' in change;
      expect(
        await wasSigned(await readPastProofs(world.store.read, workspaceId), { ...row, ...change }),
      ).toBe(isSame);
    }
    const { nonce: _, ...rest } = row.evidence ?? {};
    expect(
      await wasSigned(await readPastProofs(world.store.read, workspaceId), {
        ...row,
        evidence: rest,
      }),
    ).toBe(false);
  });

  test('counts only where this process serves the page, once it serves one', async () => {
    const row = await world.record(await world.passkeyProof(device));
    world.approvers.serveAt('http://localhost:3000');
    expect(await world.proofs.recheck(row)).toBe(false);
    await expect(
      world.passkeyProof(device).then((proof) => world.record(proof)),
    ).rejects.toMatchObject({ message: 'This was signed at another page than this one.' });
    world.approvers.serveAt('http://localhost:4747');
    expect(await world.proofs.recheck(row)).toBe(true);
  });

  test.each([
    ['payload', { payloadHash: 'b'.repeat(64) }],
    ['revision', { revision: 2 }],
    ['action', { actionId: 'action-2' }],
    ['verdict', { verdict: 'decline' as const }],
    ['person', { reviewerPersonId: 'ada' }],
  ])('cannot be carried to another %s', async (_, change) => {
    await world.addPerson('ada');
    const proof = await world.passkeyProof(device);
    await expect(
      world.proofs.verify({ workspaceId, ...sampleDecision, ...change, proof }),
    ).rejects.toMatchObject({ code: 'Permission' });
    expect(await world.events()).toContain('passkey.refused');
    const row = await world.record(await world.passkeyProof(device));
    expect(await world.proofs.recheck({ ...row, ...change })).toBe(false);
  });

  test('is used once', async () => {
    const proof = await world.passkeyProof(device);
    await world.record(proof);
    await expect(world.record(proof)).rejects.toMatchObject({ code: 'Permission' });
  });

  test('is late after five minutes', async () => {
    const proof = await world.passkeyProof(device);
    world.clock.advance(5 * 60_000 + 1);
    await expect(world.record(proof)).rejects.toThrow('no_open_challenge');
  });

  test('a failed attempt uses the challenge up too', async () => {
    const proof = await world.passkeyProof(device);
    if (proof.kind !== 'passkey') throw new Error('passkey');
    const stranger = createTestAuthenticator();
    const { challengeId } = proof;
    await expect(
      world.record({
        kind: 'passkey',
        challengeId,
        response: jsonOf(stranger.assert({ challenge: 'x' })),
      }),
    ).rejects.toThrow('passkey_unknown');
    await expect(world.record(proof)).rejects.toThrow('no_open_challenge');
  });

  test.each([
    ['origin', { origin: 'http://localhost:4747.evil.example' }, 'wrong_origin'],
    ['page inside a page', { crossOrigin: true }, 'wrong_origin'],
  ])('from a wrong %s is refused', async (_, options, reason) => {
    const { challengeId, options: request } = await world.approvers.beginDecision(sampleDecision);
    const response = withClientData(device.assert(request), options);
    await expect(
      world.record({ kind: 'passkey', challengeId, response: jsonOf(response) }),
    ).rejects.toThrow(reason);
  });

  test('a counter that goes back is a copy of the passkey', async () => {
    const old = await world.passkeyProof(device);
    await world.record(await world.passkeyProof(device));
    await expect(world.record(old)).rejects.toThrow('counter_went_back');
  });

  test('a changed signature proves nothing', async () => {
    const row = await world.record(await world.passkeyProof(device));
    const evidence = structuredClone(row.evidence) as {
      assertion: { response: { signature: string } };
    };
    const signature = Buffer.from(evidence.assertion.response.signature, 'base64url');
    signature.writeUInt8(signature.readUInt8(20) ^ 1, 20);
    evidence.assertion.response.signature = signature.toString('base64url');
    expect(await world.proofs.recheck({ ...row, evidence: jsonOf(evidence) })).toBe(false);
  });

  test('a passkey put into the table past Adjutant decides nothing', async () => {
    const forged = createTestAuthenticator();
    await world.enrolWaiting(world.owner, forged);
    const [pending] = await world.store.read.select().from(tables.authenticatorRequests);
    if (pending === undefined) throw new Error('pending');
    const { createdAt, expiresAt: _, settledAt: __, ...passkey } = pending;
    const id = createIdentifier();
    await world.store.transaction(async (transaction) => {
      await transaction.insert(tables.authenticators).values({
        ...passkey,
        id,
        signedById: null,
        enrolmentProof: null,
        enrolledAt: createdAt,
        revokedAt: null,
      });
    });
    await expect(world.passkeyProof(forged).then((proof) => world.record(proof))).rejects.toThrow(
      'enrolment_not_in_ledger',
    );
    // Nor with a line in the ledger that says it was the first: only one was.
    await world.store.transaction(async (transaction) => {
      const { personId, credentialId, fingerprint } = passkey;
      await appendAuditEntry(transaction, {
        workspaceId,
        at: createdAt,
        actor: 'system',
        event: 'authenticator.enrolled',
        subject: 'authenticators',
        detail: { authenticatorId: id, personId, credentialId, fingerprint, signedBy: null },
      });
    });
    await expect(world.passkeyProof(forged).then((proof) => world.record(proof))).rejects.toThrow(
      'enrolment_not_signed',
    );
    expect((await world.approvers.grade()).passkeys.map(({ trusted }) => trusted)).toEqual([
      true,
      false,
    ]);
  });
});

function withClientData(
  assertion: Record<string, unknown>,
  change: Record<string, unknown>,
): Record<string, unknown> {
  const response = assertion['response'] as { clientDataJSON: string };
  const data = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString()) as object;
  const text = JSON.stringify({ ...data, ...change });
  const clientDataJSON = Buffer.from(text).toString('base64url');
  return { ...assertion, response: { ...response, clientDataJSON } };
}

describe('other proofs', () => {
  test('a terminal, the page and an assistant’s client are cooperative at most', async () => {
    const { cookie } = await world.signIn();
    const session = await world.approvers.readSession(cookie);
    const kinds: DecisionProof[] = [
      { kind: 'terminal', operatingSystemUser: 'ada' },
      { kind: 'elicitation', client: 'assistant' },
      { kind: 'page_session', sessionId: session?.id ?? '' },
    ];
    for (const proof of kinds) {
      const row = await world.record(proof);
      expect(row.assurance).toBe('cooperative');
      expect(await world.proofs.recheck(row)).toBe(true);
      expect(await world.proofs.recheck({ ...row, assurance: 'presence' })).toBe(false);
      expect(await world.proofs.recheck({ ...row, surface: 'host' })).toBe(false);
    }
  });

  test('a row that names a session of somebody else proves nothing', async () => {
    const { cookie } = await world.signIn();
    const session = await world.approvers.readSession(cookie);
    const row = await world.record({ kind: 'page_session', sessionId: session?.id ?? '' });
    expect(await world.proofs.recheck({ ...row, reviewerPersonId: 'ada' })).toBe(false);
    expect(await world.proofs.recheck({ ...row, decidedAt: world.clock.now() - 1 })).toBe(false);
    expect(await world.proofs.recheck({ ...row, evidence: null })).toBe(false);
  });

  test('a host’s session counts only where the host vouches, then and later', async () => {
    const proof: DecisionProof = { kind: 'host_session', subject: 'ada', method: 'sso' };
    await expect(world.record(proof)).rejects.toMatchObject({ code: 'Permission' });
    let isSignedIn = true;
    world.proofs = createProofVerifier({
      ...world.context,
      hostSession: {
        verify: ({ proof: { subject } }) => Promise.resolve(isSignedIn ? { subject } : null),
        recheck: (_, { subject }) => Promise.resolve(subject === 'ada'),
      },
    });
    const row = await world.record(proof);
    expect(row).toMatchObject({ assurance: 'presence', surface: 'host' });
    expect(await world.proofs.recheck(row)).toBe(true);
    expect(await createProofVerifier(world.context).recheck(row)).toBe(false);
    isSignedIn = false;
    await expect(world.record(proof)).rejects.toMatchObject({ code: 'Permission' });
  });
});
