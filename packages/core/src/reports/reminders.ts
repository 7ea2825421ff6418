import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { tables } from '../store/tables.ts';
import type { ReminderWish, ReportReminders } from './handle.ts';
import { requireSelf } from './report-access.ts';
import { timeOfDaySchema, weekdaysSchema, workingDays } from './weekdays.ts';

const { reportReminders } = tables;

const wishSchema = z.strictObject({
  atTime: timeOfDaySchema,
  weekdays: weekdaysSchema.default([...workingDays]),
});

/** Returns the reminders of whoever looks, or of whom an assistant works for. */
export function createReminders(context: ReadContext): ReportReminders {
  return {
    get: () => readWish(context),
    ask: (wish) => writeWish(context, wish),
    stop: () => removeWish(context),
  };
}

/** Nobody can be signed up by somebody else, an assistant included. */
function requireHerself({ viewer }: ReadContext): string {
  if (viewer.kind === 'person') return viewer.personId;
  throw new AdjutantError('Permission', 'People ask to be reminded, each for themselves.', {
    hint: 'Ask the person: adjutant report remind --at 16:30.',
  });
}

async function readWish(context: ReadContext): Promise<ReminderWish | null> {
  const [row] = await context.store.read
    .select({ atTime: reportReminders.atTime, weekdays: reportReminders.weekdays })
    .from(reportReminders)
    .where(keyOf(context, requireSelf(context)));
  return row ?? null;
}

async function writeWish(
  context: ReadContext,
  input: { atTime: string; weekdays?: readonly number[] | undefined },
): Promise<ReminderWish> {
  const personId = requireHerself(context);
  const wish = parseInput(wishSchema, input);
  const { store, workspaceId, viewer, clock } = context;
  const askedAt = clock.now();
  await store.transaction(async (transaction) => {
    await transaction
      .insert(reportReminders)
      .values({ workspaceId, personId, ...wish, askedAt, lastRemindedDay: null })
      .onConflictDoUpdate({
        target: [reportReminders.workspaceId, reportReminders.personId],
        set: { ...wish, askedAt },
      });
    await appendAuditEntry(transaction, {
      workspaceId,
      at: askedAt,
      actor: viewerLabel(viewer),
      event: 'report.reminder_asked',
      subject: personId,
      personal: { wish: JSON.stringify(wish) },
    });
  });
  return wish;
}

async function removeWish(context: ReadContext): Promise<void> {
  const personId = requireHerself(context);
  const { store, workspaceId, viewer, clock } = context;
  await store.transaction(async (transaction) => {
    const gone = await transaction
      .delete(reportReminders)
      .where(keyOf(context, personId))
      .returning({ personId: reportReminders.personId });
    if (gone.length === 0) return;
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor: viewerLabel(viewer),
      event: 'report.reminder_stopped',
      subject: personId,
    });
  });
}

function keyOf({ workspaceId }: ReadContext, personId: string) {
  return and(eq(reportReminders.workspaceId, workspaceId), eq(reportReminders.personId, personId));
}
