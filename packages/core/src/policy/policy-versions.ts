import type { StoredPolicy } from './policy-state.ts';
import { createHash } from 'node:crypto';
import { and, desc, eq, isNotNull, ne } from 'drizzle-orm';
import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { canonicalPolicy, type Policy, policyHash } from './policy.ts';
import { canonicalPolicySchema } from './policy-schema.ts';
import { parseOutsideJson } from '../parse-outside-json.ts';

const { auditEntries, policyVersions } = tables;

/** The ledger's entry that brings a policy in force: what it says holds, whatever a table says. */
export const policyInForceEvent = 'policy.in_force';
export const policyWaitingEvent = 'policy.waiting';
/** What entries about the policy are about. */
export const policySubject = 'policy';

const detailSchema = z.object({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  actionId: z.string().nullable(),
});

/**
 * Returns the policy whose hash the ledger holds as in force; null in a workspace that has none
 * yet. @throws AdjutantError `LedgerIntegrity` where what is kept is not what the ledger names
 */
export async function readPolicyInForce(
  database: Database,
  workspaceId: string,
): Promise<StoredPolicy | null> {
  const [entry] = await database
    .select({ detail: auditEntries.detail, at: auditEntries.at, actor: auditEntries.actor })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, workspaceId),
        eq(auditEntries.subject, policySubject),
        eq(auditEntries.event, policyInForceEvent),
        isNotNull(auditEntries.seq),
      ),
    )
    .orderBy(desc(auditEntries.seq))
    .limit(1);
  if (entry === undefined) return null;
  const detail = detailSchema.safeParse(entry.detail);
  if (!detail.success) throw damaged('The ledger names no policy that could be read.');
  const { hash, actionId } = detail.data;
  const [version] = await database
    .select({ source: policyVersions.source })
    .from(policyVersions)
    .where(and(eq(policyVersions.workspaceId, workspaceId), eq(policyVersions.hash, hash)));
  if (version === undefined) throw damaged(`The policy ${shortHash(hash)} is no longer kept.`);
  const policy = readSource(version.source, hash);
  return { policy, hash, inForceAt: entry.at, by: entry.actor, actionId };
}

function readSource(source: string, hash: string): Policy {
  if (createHash('sha256').update(source).digest('hex') !== hash) {
    throw damaged(`What is kept as policy ${shortHash(hash)} was changed.`);
  }
  const parsed = canonicalPolicySchema.safeParse(parseOutsideJson(source));
  if (!parsed.success) throw damaged(`The policy ${shortHash(hash)} cannot be read.`);
  return parsed.data;
}

function damaged(message: string): AdjutantError {
  return new AdjutantError('LedgerIntegrity', message, {
    hint: 'Run "adjutant audit verify"; then put the store back from a backup.',
  });
}

/** Returns the beginning of a hash, as people are shown it. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12);
}

export interface PolicyChange {
  workspaceId: string;
  policy: Policy;
  at: number;
  actor: string;
  /** The action that was approved for it. */
  actionId: string | null;
  traceId?: string | null;
  /** Why it could come in force. */
  reason: 'first' | 'not_looser' | 'approved' | 'store_restored';
}

/** Brings a policy in force, in the transaction of whoever may do that. */
export async function bringInForce(
  transaction: Database,
  { workspaceId, policy, at, actor, actionId, traceId, reason }: PolicyChange,
): Promise<string> {
  const hash = policyHash(policy);
  await transaction
    .update(policyVersions)
    .set({ status: 'replaced' })
    .where(
      and(
        eq(policyVersions.workspaceId, workspaceId),
        eq(policyVersions.status, 'in_force'),
        ne(policyVersions.hash, hash),
      ),
    );
  const now = { status: 'in_force', actionId, inForceAt: at } as const;
  await transaction
    .insert(policyVersions)
    .values({ workspaceId, hash, source: canonicalPolicy(policy), seenAt: at, ...now })
    .onConflictDoUpdate({ target: [policyVersions.workspaceId, policyVersions.hash], set: now });
  await appendAuditEntry(transaction, {
    workspaceId,
    at,
    actor,
    event: policyInForceEvent,
    subject: policySubject,
    detail: { hash, actionId, reason },
    traceId: traceId ?? null,
  });
  return hash;
}

/** Notes a policy that may not come in force by itself; twice does no more than once. */
export async function noteWaiting(
  transaction: Database,
  {
    workspaceId,
    policy,
    at,
    inForceHash,
  }: { workspaceId: string; policy: Policy; at: number; inForceHash: string },
): Promise<void> {
  const hash = policyHash(policy);
  const key = and(eq(policyVersions.workspaceId, workspaceId), eq(policyVersions.hash, hash));
  const [known] = await transaction
    .select({ status: policyVersions.status })
    .from(policyVersions)
    .where(key);
  if (known?.status === 'waiting') return;
  await transaction
    .insert(policyVersions)
    .values({
      workspaceId,
      hash,
      source: canonicalPolicy(policy),
      status: 'waiting',
      seenAt: at,
      actionId: null,
      inForceAt: null,
    })
    .onConflictDoUpdate({
      target: [policyVersions.workspaceId, policyVersions.hash],
      set: { status: 'waiting', seenAt: at },
    });
  await appendAuditEntry(transaction, {
    workspaceId,
    at,
    actor: 'system',
    event: policyWaitingEvent,
    subject: policySubject,
    detail: { hash, inForceHash },
  });
}
