import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import type { JsonObject } from '../../packages/core/src/actions/define-action.ts';
import { hashPayload, sha256 } from '../../packages/core/src/actions/payload-hash.ts';
import { challengeOf } from '../../packages/core/src/approvers/challenges.ts';
import { localRelyingParty } from '../../packages/core/src/approvers/relying-party.ts';
import { appendAuditEntry } from '../../packages/core/src/audit/append-audit-entry.ts';
import { verifyLedger } from '../../packages/core/src/audit/verify-ledger.ts';
import type { Database } from '../../packages/core/src/store/database.ts';
import { createIdentifier } from '../../packages/core/src/store/identifier.ts';
import { openStore } from '../../packages/core/src/store/open-store.ts';
import type { Store } from '../../packages/core/src/store/store.ts';
import { tables } from '../../packages/core/src/store/tables.ts';
import {
  jsonOf,
  openApproverWorld,
  sampleDecision,
} from '../../packages/core/src/testing/approver-world.ts';
import {
  createTestAuthenticator,
  type TestAuthenticator,
} from '../../packages/core/src/testing/test-authenticator.ts';
import { hashChain } from '../floors/hash-bytes.ts';
import { absolute, atMost, type BenchLine, interleave, time } from '../measure.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const workspaceId = 'default';
const at = 1_780_000_000_000;
const rounds = 20;
const perRound = 200;
const events = 100_000;
const target = { source: 'github', externalId: '1', ref: 'acme/api#1' };
const preview = '{}';
const payloadHash = hashPayload({
  workspaceId,
  type: 'pr.merge',
  definitionVersion: 1,
  target,
  payload: {},
  preconditions: {},
  previewHash: sha256(preview),
});
const mostVerifyMs = 5_000;

/** What an append adds to the transaction that it tells of, and how long a long chain takes to verify. */
export async function benchLedger(): Promise<BenchLine[]> {
  return withTemporaryFolder(async (folder) => [
    ...(await appends(folder)),
    ...(await verification(folder)),
  ]);
}

function actionRow(id: string): typeof tables.actions.$inferInsert {
  return {
    id,
    workspaceId,
    type: 'pr.merge',
    idempotencyKey: id,
    status: 'pending',
    revision: 1,
    requester: 'agent:a',
    requesterKind: 'agent',
    effectClass: 'keyed',
    targetSource: target.source,
    targetExternalId: target.externalId,
    targetRef: target.ref,
    traceId: id,
    createdAt: at,
    expiresAt: at + 3_600_000,
    updatedAt: at,
  };
}

function decisionRow(
  actionId: string,
  proof: JsonObject | null,
): typeof tables.actionDecisions.$inferInsert {
  return {
    id: createIdentifier(),
    workspaceId,
    actionId,
    revision: 1,
    payloadHash,
    reviewerPersonId: sampleDecision.reviewerPersonId,
    verdict: 'approve',
    surface: proof === null ? 'terminal' : 'page',
    assurance: assuranceOf(proof !== null),
    proof,
    decidedAt: at,
  };
}

/** A decision that settles an action, as the engine writes it: read, vote, conditional update, outbox, job. */
async function decide(transaction: Database, actionId: string): Promise<void> {
  const { actions, actionDecisions, outbox, jobs } = tables;
  const own = and(eq(actions.workspaceId, workspaceId), eq(actions.id, actionId));
  await transaction.select().from(actions).where(own);
  await transaction.insert(actionDecisions).values(decisionRow(actionId, null));
  await transaction
    .update(actions)
    .set({ status: 'approved', decidedAt: at, updatedAt: at })
    .where(and(own, eq(actions.status, 'pending')))
    .returning({ id: actions.id });
  await transaction.insert(outbox).values({
    id: createIdentifier(),
    workspaceId,
    event: 'action.approved',
    subjectId: actionId,
    detail: { revision: 1 },
    createdAt: at,
    attempts: 0,
    nextAttemptAt: at,
  });
  await transaction.insert(jobs).values({
    id: createIdentifier(),
    workspaceId,
    kind: 'action.execute',
    subjectId: actionId,
    groupKey: workspaceId,
    status: 'queued',
    runAt: at,
    attempts: 0,
    maxAttempts: 5,
    fence: 0,
    createdAt: at,
  });
}

/** The smallest change that appends: one row. */
async function request(transaction: Database): Promise<void> {
  await transaction
    .insert(tables.refreshRequests)
    .values({ id: createIdentifier(), workspaceId, requestedBy: 'person:p', requestedAt: at });
}

async function append(
  transaction: Database,
  subject: string,
  event = 'action.decided',
  isSigned = false,
): Promise<void> {
  await appendAuditEntry(transaction, {
    workspaceId,
    at,
    actor: `person:${sampleDecision.reviewerPersonId}`,
    event,
    subject,
    traceId: subject,
    outcome: 'approve',
    detail: {
      revision: 1,
      payloadHash,
      verdict: 'approve',
      reviewerPersonId: sampleDecision.reviewerPersonId,
      assurance: assuranceOf(isSigned),
    },
  });
}

function assuranceOf(isSigned: boolean): 'presence' | 'cooperative' {
  return isSigned ? 'presence' : 'cooperative';
}

async function appends(folder: string): Promise<BenchLine[]> {
  // Two stores of the same size: one that appends, one that does not.
  const ours = await openStore(join(folder, 'ours.db'));
  const floor = await openStore(join(folder, 'floor.db'));
  const count = perRound * (rounds + 1);
  const [oursIds, floorIds] = [await seedActions(ours, count), await seedActions(floor, count)];
  const decideAll = async (store: Store, ids: readonly string[], round: number, tells: boolean) => {
    for (const id of ids.slice(round * perRound, (round + 1) * perRound)) {
      await store.transaction(async (transaction) => {
        await decide(transaction, id);
        if (tells) await append(transaction, id);
      });
    }
  };
  const requestAll = async (store: Store, tells: boolean) => {
    for (let index = 0; index < perRound; index += 1) {
      await store.transaction(async (transaction) => {
        await request(transaction);
        if (tells) await append(transaction, String(index));
      });
    }
  };
  await decideAll(ours, oursIds, rounds, true);
  await decideAll(floor, floorIds, rounds, false);
  const decided = await interleave(
    rounds,
    (round) => decideAll(ours, oursIds, round, true),
    (round) => decideAll(floor, floorIds, round, false),
  );
  const small = await interleave(
    rounds,
    () => requestAll(ours, true),
    () => requestAll(floor, false),
  );
  await ours.close();
  await floor.close();
  const perOneUs = 1_000 / perRound;
  return [
    atMost('a decision with its entry, beside one without', decided, 1.5, 'µs', perOneUs),
    absolute(
      'the smallest change, one row, with its entry (told, not bounded)',
      `${(small.oursMs * perOneUs).toFixed(0)} µs, ${(small.floorMs * perOneUs).toFixed(0)} µs without`,
      'known',
      true,
    ),
  ];
}

async function seedActions(store: Store, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let start = 0; start < count; start += 200) {
    await store.transaction(async (transaction) => {
      for (let index = start; index < Math.min(count, start + 200); index += 1) {
        const id = createIdentifier();
        ids[index] = id;
        await transaction.insert(tables.actions).values(actionRow(id));
      }
    });
  }
  return ids;
}

async function verification(folder: string): Promise<BenchLine[]> {
  const path = join(folder, 'long.db');
  const { store, ...world } = await openApproverWorld(path);
  const device = createTestAuthenticator();
  const enrolled = await world.enrol(world.owner, device);
  if (enrolled.state !== 'enrolled') throw new Error('The first passkey had to wait.');
  const { authenticatorId, fingerprint } = enrolled;
  const passkey: Passkey = { device, authenticatorId, fingerprint };
  await seedHistory(store, passkey);
  const verifyMs: number[] = [];
  let found = 0;
  const pair = await interleave(
    5,
    async () => {
      verifyMs.push(
        await time(async () => {
          found += (await verifyLedger(store, workspaceId)).findingCount;
        }),
      );
    },
    () => hashChain(path),
  );
  const slowest = Math.max(...verifyMs);
  await store.close();
  return [
    absolute(
      `verify ${events} entries, the rows that they tell of and ${events / kinds.length / perSignature} signatures, the slowest of five`,
      `${slowest.toFixed(0)} ms, ${found} findings`,
      `below ${mostVerifyMs} ms, none`,
      slowest < mostVerifyMs && found === 0,
    ),
    {
      ...atMost('verify all that, beside SHA-256 over the same bytes', pair, 0),
      must: 'printed, not judged: a signature is no hash',
      ok: true,
    },
  ];
}

// Most of what is decided is of little risk: a word in the terminal, and no passkey.
const perSignature = 10;
const kinds = ['proposed', 'prepared', 'decided', 'claimed', 'executed'];

interface Passkey {
  device: TestAuthenticator;
  authenticatorId: string;
  fingerprint: string;
}

/** A history of executed actions, five entries each, every decision held against its row, one in ten signed. */
async function seedHistory(store: Store, passkey: Passkey): Promise<void> {
  const perTransaction = 100;
  for (let start = 0; start < events / kinds.length; start += perTransaction) {
    await store.transaction(async (transaction) => {
      for (let index = 0; index < perTransaction; index += 1) {
        const id = createIdentifier();
        const isSigned = index % perSignature === 0;
        await seedExecuted(transaction, id, isSigned ? signedProof(id, passkey) : null);
        for (const kind of kinds) await append(transaction, id, `action.${kind}`, isSigned);
      }
    });
  }
}

async function seedExecuted(
  transaction: Database,
  id: string,
  proof: JsonObject | null,
): Promise<void> {
  await transaction.insert(tables.actions).values({ ...actionRow(id), status: 'executed' });
  await transaction.insert(tables.actionRevisions).values({
    workspaceId,
    actionId: id,
    revision: 1,
    payload: '{}',
    payloadHash,
    preconditions: '{}',
    preview,
    previewHash: sha256(preview),
    author: 'agent:a',
    createdAt: at,
  });
  await transaction.insert(tables.actionDecisions).values(decisionRow(id, proof));
}

/** What the page keeps with a decision: the signature of a passkey under exactly this one. */
function signedProof(actionId: string, { device, ...passkey }: Passkey): JsonObject {
  const personId = sampleDecision.reviewerPersonId;
  const challenge = challengeOf({
    workspaceId,
    personId,
    nonce: actionId,
    statement: { purpose: 'decide', actionId, revision: 1, payloadHash, verdict: 'approve' },
  });
  const assertion = device.assert({
    challenge: challenge.toString('base64url'),
    rpId: localRelyingParty.id,
  });
  return jsonOf({
    kind: 'passkey',
    personId,
    ...passkey,
    nonce: actionId,
    origin: 'http://localhost:4747',
    assertion,
  });
}
