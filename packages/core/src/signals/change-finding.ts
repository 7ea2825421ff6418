import { and, eq } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { viewerLabel } from '../domain.ts';
import type { SignalFinding, SignalHistoryKind } from '../domain/signal.ts';
import { AdjutantError } from '../errors.ts';
import { keyWithoutSecrets, withoutSecrets } from '../redaction/secrets-only.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { requireLead } from '../require-lead.ts';
import type { Database } from '../store/database.ts';
import { requirePerson } from '../identity/require-person.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import { readFinding } from './read-findings.ts';

const { signalFindings, signalHistory, signalMutes } = tables;
const longestSnoozeMs = 90 * 86_400_000;
const mostReasonCharacters = 500;

interface FindingEdit {
  kind: SignalHistoryKind;
  set: { snoozedUntil?: number | null; assignedPersonId?: string | null };
  detail: Record<string, unknown>;
}

/** @throws AdjutantError `Permission`, `NotFound`, `InvalidInput` */
export async function snoozeFinding(
  context: ReadContext,
  id: string,
  until: number | null,
): Promise<SignalFinding> {
  const now = context.clock.now();
  if (until !== null && (!Number.isSafeInteger(until) || until <= now)) {
    throw new AdjutantError('InvalidInput', 'A finding is snoozed until an instant to come.');
  }
  if (until !== null && until - now > longestSnoozeMs) {
    throw new AdjutantError('InvalidInput', 'A finding can be snoozed for ninety days at most.', {
      hint: 'Mute its rule for this subject where nobody wants to hear of it again.',
    });
  }
  return editFinding(context, id, {
    kind: 'snoozed',
    set: { snoozedUntil: until },
    detail: { until },
  });
}

/** @throws AdjutantError `Permission`, `NotFound` */
export async function assignFinding(
  context: ReadContext,
  id: string,
  personId: string | null,
): Promise<SignalFinding> {
  if (personId !== null) {
    await requirePerson(context.store.read, context.workspaceId, personId);
  }
  return editFinding(context, id, {
    kind: 'assigned',
    set: { assignedPersonId: personId },
    detail: { personId },
  });
}

async function editFinding(
  context: ReadContext,
  id: string,
  { kind, set, detail }: FindingEdit,
): Promise<SignalFinding> {
  refuseAssistant(context, 'change what becomes of a finding');
  const { store, workspaceId, clock, viewer } = context;
  await readFinding(context, id);
  await store.transaction(async (transaction) => {
    await transaction
      .update(signalFindings)
      .set(set)
      .where(and(eq(signalFindings.workspaceId, workspaceId), eq(signalFindings.id, id)));
    const at = clock.now();
    const actor = viewerLabel(viewer);
    await transaction
      .insert(signalHistory)
      .values({ id: createIdentifier(), workspaceId, findingId: id, at, kind, actor, detail })
      .onConflictDoNothing();
    const event = `signal.${kind}`;
    await appendAuditEntry(transaction, { workspaceId, at, actor, event, subject: id, detail });
  });
  return readFinding(context, id);
}

/** An assistant that could hide findings could hide what speaks against it. */
function refuseAssistant({ viewer }: ReadContext, what: string): void {
  if (viewer.kind !== 'agent') return;
  throw new AdjutantError('Permission', `An assistant does not ${what}.`, {
    hint: 'Run "adjutant signals" at a terminal.',
  });
}

export interface MuteTarget {
  ruleId: string;
  subjectId?: string | undefined;
  reason?: string | undefined;
}

/** @throws AdjutantError `Permission`, `NotFound`, `InvalidInput` */
export async function muteRule(context: ReadContext, target: MuteTarget): Promise<void> {
  const { reason } = target;
  if (reason !== undefined && reason.length > mostReasonCharacters) {
    throw new AdjutantError('InvalidInput', 'A reason has 500 characters at most.');
  }
  await changeMute(context, target, 'signal.muted', async (transaction, row) => {
    await transaction
      .insert(signalMutes)
      .values({
        ...row,
        mutedAt: context.clock.now(),
        reason: reason === undefined ? null : withoutSecrets(reason),
      })
      .onConflictDoNothing();
  });
}

/** @throws AdjutantError `Permission`, `NotFound` */
export async function unmuteRule(context: ReadContext, target: MuteTarget): Promise<void> {
  await changeMute(context, target, 'signal.unmuted', async (transaction, row) => {
    await transaction
      .delete(signalMutes)
      .where(
        and(
          eq(signalMutes.workspaceId, row.workspaceId),
          eq(signalMutes.ruleId, row.ruleId),
          eq(signalMutes.subjectId, row.subjectId),
        ),
      );
  });
}

interface MuteRow {
  workspaceId: string;
  ruleId: string;
  subjectId: string;
  mutedBy: string;
}

async function changeMute(
  context: ReadContext,
  { ruleId, subjectId: given }: MuteTarget,
  event: string,
  change: (transaction: Database, row: MuteRow) => Promise<void>,
): Promise<void> {
  const subjectId = given === undefined ? undefined : keyWithoutSecrets(given);
  if (subjectId === undefined) requireLead(context.viewer, 'mutes a whole rule');
  else refuseAssistant(context, 'mute a rule');
  const { store, workspaceId, clock, viewer, signalRules = [] } = context;
  if (!signalRules.some(({ id }) => id === ruleId)) {
    throw new AdjutantError('NotFound', 'There is no rule of that name here.', {
      hint: 'Run "adjutant rules" for those that are.',
    });
  }
  const actor = viewerLabel(viewer);
  await store.transaction(async (transaction) => {
    await change(transaction, { workspaceId, ruleId, subjectId: subjectId ?? '', mutedBy: actor });
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor,
      event,
      subject: ruleId,
      detail: { subjectId: subjectId ?? null },
    });
  });
}
