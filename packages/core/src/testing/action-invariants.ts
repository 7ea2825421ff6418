import { statusToldBy } from '../actions/told-status.ts';
import { type ActionStatus, terminalStatuses } from '../domain.ts';
import { tables } from '../store/tables.ts';
import { effectsOf, humans, type InterleavingWorld } from './interleaving-world.ts';

/** What terminal rows looked like when they became so. */
export type TerminalRows = Map<string, string>;

/** Returns what of the invariants does not hold at this moment. */
export async function findBreaches(
  world: InterleavingWorld,
  terminal: TerminalRows,
): Promise<string[]> {
  const { store } = world.bench;
  const breaches = [...world.breaches];
  const actions = await store.read.select().from(tables.actions);
  const decisions = await store.read.select().from(tables.actionDecisions);
  const revisions = await store.read.select().from(tables.actionRevisions);
  const attempts = await store.read.select().from(tables.actionAttempts);
  const entries = await store.read
    .select()
    .from(tables.auditEntries)
    .orderBy(tables.auditEntries.seq);
  const outbox = await store.read.select().from(tables.outbox).orderBy(tables.outbox.id);
  for (const decision of decisions) {
    const words = revisions.find(
      (row) => row.actionId === decision.actionId && row.revision === decision.revision,
    );
    if (words?.payloadHash !== decision.payloadHash) {
      breaches.push('i: a vote on other words than its revision has');
    }
    if (!humans.has(decision.reviewerPersonId)) breaches.push('vii: a vote of no person');
  }
  for (const action of actions) {
    const own = entries.filter((entry) => entry.subject === action.id);
    const live = attempts.filter(
      (attempt) => attempt.actionId === action.id && attempt.status === 'started',
    );
    if (live.length > 1) breaches.push('iii: two live attempts');
    if (live.some((attempt) => attempt.fence !== action.fence)) {
      breaches.push('iii: a live attempt of an earlier fence');
    }
    const fences = own
      .filter((entry) => entry.event === 'action.claimed')
      .map((entry) => Number(entry.detail['fence']));
    if (fences.some((fence, index) => index > 0 && fence <= (fences[index - 1] ?? 0))) {
      breaches.push('iii: a fence that does not rise');
    }
    const text = JSON.stringify(action);
    const before = terminal.get(action.id);
    if (before !== undefined && before !== text) {
      breaches.push(`iv: a terminal action changed: ${before} -> ${text}`);
    }
    if (terminalStatuses.has(action.status)) terminal.set(action.id, text);
    breaches.push(...votesBreaches(action, decisions));
    const events = own.map((entry) => entry.event);
    if (action.status === 'expired') {
      if (events.includes('action.declined')) breaches.push('vi: an expiry recorded as a refusal');
      if (own.some((entry) => entry.event === 'action.expired' && entry.actor !== 'system')) {
        breaches.push('vi: an expiry recorded as somebody’s');
      }
    }
    for (const entry of own) {
      const deadline = Number(entry.detail['deadline'] ?? Number.NaN);
      if (entry.event === 'action.expired' && entry.at < deadline) {
        breaches.push('viii: expired before its time');
      }
    }
    const leftAs = own.flatMap(({ event, detail }) => statusToldBy(event, detail) ?? []).at(-1);
    if (leftAs !== action.status) breaches.push('ix: the ledger leaves it otherwise');
    const told = outbox.filter((row) => row.subjectId === action.id).map((row) => row.event);
    if (told.join() !== events.join()) breaches.push('ix: the outbox tells another story');
    if (own.some((entry) => entry.traceId !== action.traceId)) breaches.push('ix: another trace');
  }
  return breaches;
}

function votesBreaches(
  action: typeof tables.actions.$inferSelect,
  decisions: readonly (typeof tables.actionDecisions.$inferSelect)[],
): string[] {
  const votes = decisions.filter(
    (row) =>
      row.actionId === action.id && row.revision === action.revision && row.voidedAt === null,
  );
  const breaches: string[] = [];
  const approvers = new Set(
    votes
      .filter((row) => row.verdict === 'approve')
      .map((row) => (row.reviewerPersonId === 'alias' ? 'sponsor' : row.reviewerPersonId)),
  );
  const wasDecided: ReadonlySet<ActionStatus> = new Set(['approved', 'executing', 'executed']);
  if (wasDecided.has(action.status) && action.mode !== 'auto') {
    if (approvers.size < Math.max(1, action.quorum)) breaches.push('v: fewer people than needed');
    if (action.quorum > 1 && approvers.has('sponsor')) breaches.push('v: the sponsor was counted');
  }
  const refusals = votes.filter((row) => row.verdict === 'decline');
  if (action.status === 'declined' && refusals.length < action.declineThreshold) {
    breaches.push('vi: declined by fewer than the threshold');
  }
  if (votes.some((row) => action.expiresAt !== null && row.decidedAt >= action.expiresAt)) {
    breaches.push('viii: a vote after the deadline');
  }
  return breaches;
}

/** Returns what is wrong once everything has come to its end: effects twice, or lost, or untold. */
export async function findUntrueEnds(world: InterleavingWorld): Promise<string[]> {
  const breaches: string[] = [];
  const actions = await world.bench.store.read.select().from(tables.actions);
  const attempts = await world.bench.store.read.select().from(tables.actionAttempts);
  for (const action of actions) {
    const keys = new Set(
      attempts.filter((row) => row.actionId === action.id).map((row) => row.effectKey),
    );
    const own =
      world.targets.get(action.type)?.effects.filter((effect) => keys.has(effect.key)) ?? [];
    if (!terminalStatuses.has(action.status) && action.status !== 'needs_human') {
      breaches.push(`lost: still ${action.status}`);
    }
    if (new Set(own.map((effect) => effect.key)).size < own.length) {
      breaches.push(`twice: an effect of ${action.type}`);
    }
    // What a person said of it is theirs.
    if (action.status === 'needs_human' || action.outcome?.['resolved'] !== undefined) continue;
    const standing = own.filter((effect) => !effect.takenBack).length;
    const expected = action.status === 'executed' ? effectsOf(action.type) : 0;
    if (standing !== expected) {
      breaches.push(`untrue: ${action.status} with ${standing} of ${expected} effects`);
    }
  }
  return breaches;
}
