import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { calendarIn } from '../calendar/calendar-in.ts';
import { viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { requireSelf } from '../reports/report-access.ts';
import { zoneOf } from '../reports/report-zone.ts';
import { timeOfDaySchema, weekdaysSchema, workingDays } from '../reports/weekdays.ts';
import { tables } from '../store/tables.ts';
import type { DeclaredHours, OwnHours } from './handle.ts';

const { declaredHours } = tables;

const hoursSchema = z
  .strictObject({
    fromTime: timeOfDaySchema,
    toTime: timeOfDaySchema,
    weekdays: weekdaysSchema.default([...workingDays]),
    timeZone: z.string().max(80).optional(),
  })
  .refine(({ fromTime, toTime }) => fromTime !== toTime, {
    path: ['toTime'],
    message: 'is when they begin',
  });

/** Returns the hours of whoever looks. */
export function createOwnHours(context: ReadContext): OwnHours {
  return {
    get: () => hoursOf(context, requireSelf(context)),
    declare: (hours) => declare(context, hours),
    withdraw: () => withdraw(context),
  };
}

/** Returns the hours that a person declared; null where they did not. */
export async function hoursOf(
  { store, workspaceId }: ReadContext,
  personId: string,
): Promise<DeclaredHours | null> {
  const { timeZone, weekdays, fromTime, toTime } = declaredHours;
  const [row] = await store.read
    .select({ timeZone, weekdays, fromTime, toTime })
    .from(declaredHours)
    .where(and(eq(declaredHours.workspaceId, workspaceId), eq(declaredHours.personId, personId)));
  return row ?? null;
}

/** Returns everybody's hours, for a figure of many. */
export async function everybodysHours({
  store,
  workspaceId,
}: ReadContext): Promise<ReadonlyMap<string, DeclaredHours>> {
  const rows = await store.read
    .select()
    .from(declaredHours)
    .where(eq(declaredHours.workspaceId, workspaceId));
  return new Map(rows.map((row) => [row.personId, row]));
}

function requireHerself({ viewer }: ReadContext): string {
  if (viewer.kind === 'person') return viewer.personId;
  throw new AdjutantError('Permission', 'People declare their hours, each for themselves.', {
    hint: 'Ask the person: adjutant report hours --from 09:00 --to 17:00.',
  });
}

async function declare(
  context: ReadContext,
  input: Parameters<OwnHours['declare']>[0],
): Promise<DeclaredHours> {
  const personId = requireHerself(context);
  const { timeZone: named, ...given } = parseInput(hoursSchema, input);
  const timeZone = calendarIn(named ?? (await zoneOf(context, personId))).timeZone;
  const hours = { ...given, timeZone };
  const { store, workspaceId, viewer, clock } = context;
  const declaredAt = clock.now();
  await store.transaction(async (transaction) => {
    await transaction
      .insert(declaredHours)
      .values({ workspaceId, personId, ...hours, declaredAt })
      .onConflictDoUpdate({
        target: [declaredHours.workspaceId, declaredHours.personId],
        set: { ...hours, declaredAt },
      });
    // Which hours they are is nobody's business, the ledger's readers included.
    await appendAuditEntry(transaction, {
      workspaceId,
      at: declaredAt,
      actor: viewerLabel(viewer),
      event: 'load.hours_declared',
      subject: personId,
    });
  });
  return hours;
}

async function withdraw(context: ReadContext): Promise<void> {
  const personId = requireHerself(context);
  const { store, workspaceId, viewer, clock } = context;
  await store.transaction(async (transaction) => {
    const gone = await transaction
      .delete(declaredHours)
      .where(and(eq(declaredHours.workspaceId, workspaceId), eq(declaredHours.personId, personId)))
      .returning({ personId: declaredHours.personId });
    if (gone.length === 0) return;
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor: viewerLabel(viewer),
      event: 'load.hours_withdrawn',
      subject: personId,
    });
  });
}
