import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { hashPayload, sha256 } from '../../actions/payload-hash.ts';
import { digest } from '../../approvers/digest.ts';
import { authenticatorSubject } from '../../approvers/authenticator-history.ts';
import { grantOwner } from '../../approvers/owner-grant.ts';
import type { Viewer } from '../../domain.ts';
import { openStore } from '../../store/open-store.ts';
import type { Store } from '../../store/store.ts';
import { tables } from '../../store/tables.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { appendAuditEntry } from '../append-audit-entry.ts';
import { createAudit } from '../create-audit.ts';
import type { Audit } from '../handle.ts';

export const workspaceId = 'default';
export const at = 1_780_000_000_000;
const lead: Viewer = { kind: 'person', personId: 'p1', role: 'lead' };

/** A store with a ledger, and whoever else can open its file. */
export interface LedgerWorld {
  store: Store;
  folder: string;
  audit: Audit;
  auditAs(viewer: Viewer): Audit;
  /** Runs SQL on the file as an attacker would: with another program, all triggers gone while it does. */
  attack(...statements: string[]): void;
  query<Row>(text: string): Row[];
  append(count: number, personal?: Record<string, string>): Promise<void>;
  end(): Promise<void>;
}

export async function openLedgerWorld(): Promise<LedgerWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-ledger-'));
  const path = join(folder, 'store.db');
  const store = await openStore(path);
  const clock = createFakeClock(at);
  const auditAs = (viewer: Viewer): Audit =>
    createAudit({
      store,
      workspaceId,
      viewer,
      teamId: null,
      clock,
      metrics: {
        pullRequestFacts: {
          version: 0,
          compute: () => {
            throw new Error('the ledger computes nothing');
          },
        },
        metrics: [],
      },
      settings: { activeStatuses: null, timeZone: 'UTC' },
    });
  await store.transaction(async (transaction) => {
    await transaction
      .insert(tables.workspaces)
      .values({ id: workspaceId, name: workspaceId, createdAt: at });
  });
  const withFile = <Result>(work: (file: Database.Database) => Result): Result => {
    const file = new Database(path, { timeout: 2_000 });
    try {
      return work(file);
    } finally {
      file.close();
    }
  };
  return {
    store,
    folder,
    audit: auditAs(lead),
    auditAs,
    attack: (...statements) =>
      withFile((file) => {
        const triggers = file
          .prepare("select name, sql from sqlite_master where type = 'trigger'")
          .all() as { name: string; sql: string }[];
        for (const { name } of triggers) file.exec(`drop trigger "${name}"`);
        for (const statement of statements) file.exec(statement);
        for (const trigger of triggers) file.exec(trigger.sql);
      }),
    query: <Row>(text: string) => withFile((file) => file.prepare(text).all() as Row[]),
    async append(count, personal) {
      for (let index = 0; index < count; index += 1) {
        await store.transaction((transaction) =>
          appendAuditEntry(transaction, {
            workspaceId,
            at: at + index,
            actor: 'person:p1',
            event: 'thing.changed',
            subject: `thing-${index}`,
            detail: { count: index, name: 'größe' },
            ...(personal === undefined ? {} : { personal }),
          }),
        );
      }
    },
    async end() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes everything that verification holds against the ledger, each with the entry that tells of it. */
export async function writeDecidedAction(world: LedgerWorld): Promise<void> {
  const actionId = 'action-1';
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
  const publicKey = Buffer.from('a public key of 32 bytes, or so!').toString('base64url');
  const fingerprint = digest(Buffer.from(publicKey, 'base64url'));
  const tell = { workspaceId, at, actor: 'person:p2' };
  await world.store.transaction(async (transaction) => {
    await grantOwner(transaction, { workspaceId, personId: 'p2', at });
    await transaction.insert(tables.authenticators).values({
      id: 'key-1',
      workspaceId,
      personId: 'p2',
      credentialId: 'credential-1',
      publicKey,
      counter: 0,
      transports: [],
      relyingPartyId: 'localhost',
      label: 'a key',
      fingerprint,
      signedById: null,
      enrolledAt: at,
    });
    const enrolled = { authenticatorId: 'key-1', personId: 'p2', credentialId: 'credential-1' };
    await appendAuditEntry(transaction, {
      ...tell,
      event: 'authenticator.enrolled',
      subject: authenticatorSubject,
      detail: { ...enrolled, fingerprint, signedBy: null },
    });
    await transaction.insert(tables.policyVersions).values({
      workspaceId,
      hash: 'policy-1',
      source: 'actions: {}',
      status: 'in_force',
      seenAt: at,
      inForceAt: at,
    });
    await appendAuditEntry(transaction, {
      ...tell,
      event: 'policy.in_force',
      detail: { hash: 'policy-1' },
    });
    await transaction.insert(tables.actions).values({
      id: actionId,
      workspaceId,
      type: 'pr.merge',
      idempotencyKey: 'key',
      status: 'executed',
      revision: 1,
      requester: 'agent:a',
      requesterKind: 'agent',
      effectClass: 'keyed',
      targetSource: target.source,
      targetExternalId: target.externalId,
      targetRef: target.ref,
      traceId: 'trace-1',
      createdAt: at,
      updatedAt: at,
    });
    await transaction.insert(tables.actionRevisions).values({
      workspaceId,
      actionId,
      revision: 1,
      payload: '{}',
      payloadHash,
      preconditions: '{}',
      preview,
      previewHash: sha256(preview),
      author: 'agent:a',
      createdAt: at,
    });
    const decision = {
      revision: 1,
      payloadHash,
      verdict: 'approve',
      reviewerPersonId: 'p2',
      assurance: 'presence',
    } as const;
    await transaction.insert(tables.actionDecisions).values({
      ...decision,
      id: 'decision-1',
      workspaceId,
      actionId,
      surface: 'host',
      proof: { kind: 'host_session', method: 'test', vouched: {} },
      decidedAt: at,
    });
    const told = { ...tell, subject: actionId, traceId: 'trace-1' };
    const prepared = { revision: 1, payloadHash };
    await appendAuditEntry(transaction, { ...told, event: 'action.prepared', detail: prepared });
    await appendAuditEntry(transaction, { ...told, event: 'action.decided', detail: decision });
    await appendAuditEntry(transaction, {
      ...told,
      event: 'action.executed',
      detail: { payloadHash },
    });
  });
}
