import { and, count, eq, inArray, ne } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import type { ActionRow } from './action-rows.ts';
import type { Barrier } from './claim-barriers.ts';
import { dayOf, instantOfLocal, nextDay, timeOf } from '../calendar/local-time.ts';
import type { StoredPreview } from './stored-preview.ts';
import { namesOf, personOfAccount } from './who-counts.ts';

const { outwardContacts, contactPreferences } = tables;

const mostPerPersonAndDay = 3;
/** When a new day's nudges begin, where no quiet hours say otherwise. */
const morning = '09:00';

type Preferences = typeof contactPreferences.$inferSelect;

/**
 * Takes the turns of everybody whom an action nudges, in the transaction that claims it: one per
 * item and day, three per person and day, none in quiet hours, in absence or against a wish.
 * @returns what keeps it back; null where it may go
 */
export async function reserveNudges(
  transaction: Database,
  action: ActionRow,
  nudges: StoredPreview['nudges'],
  at: number,
): Promise<Barrier | null> {
  const taken: (typeof outwardContacts.$inferInsert)[] = [];
  for (const nudge of nudges) {
    const { workspaceId } = action;
    const known = await personOfAccount(transaction, workspaceId, nudge);
    const personId = known ?? `${nudge.source}:${nudge.externalId}`;
    const wishes = await preferencesOf(transaction, workspaceId, personId);
    const timeZone = wishes.find((wish) => wish.timeZone !== null)?.timeZone ?? 'UTC';
    const day = dayOf(at, timeZone);
    const held =
      strictest(wishes.map((wish) => barredByWish(wish, at))) ??
      (await barredByCount(transaction, action, {
        personId,
        itemKey: nudge.itemKey,
        day,
        timeZone,
      }));
    if (held !== null) return refuseWhereTooLate(held, action);
    taken.push({
      id: createIdentifier(),
      workspaceId,
      personId,
      itemKey: nudge.itemKey,
      day,
      actionId: action.id,
    });
  }
  if (taken.length > 0) await transaction.insert(outwardContacts).values(taken);
  return null;
}

/** Returns what keeps a person from being nudged at an instant, by their own wish, and their zone. */
export async function wishBarrier(
  database: Database,
  { workspaceId, personId }: { workspaceId: string; personId: string },
  at: number,
): Promise<{ held: Barrier | null; timeZone: string | null }> {
  const wishes = await preferencesOf(database, workspaceId, personId);
  return {
    held: strictest(wishes.map((wish) => barredByWish(wish, at))),
    timeZone: wishes.find((wish) => wish.timeZone !== null)?.timeZone ?? null,
  };
}

/** What somebody wished, under this name and under those that were merged into it. */
async function preferencesOf(
  transaction: Database,
  workspaceId: string,
  personId: string,
): Promise<Preferences[]> {
  const names = await namesOf(transaction, workspaceId, personId);
  const rows = await transaction
    .select()
    .from(contactPreferences)
    .where(
      and(
        eq(contactPreferences.workspaceId, workspaceId),
        inArray(contactPreferences.personId, names),
      ),
    );
  return rows.toSorted((one, other) => names.indexOf(one.personId) - names.indexOf(other.personId));
}

/** What bars for good before what only waits, and the longest wait of all. */
function strictest(barriers: readonly (Barrier | null)[]): Barrier | null {
  const held = barriers.filter((barrier) => barrier !== null);
  const untilOf = (barrier: Barrier): number =>
    barrier.kind === 'wait' ? barrier.until : Number.POSITIVE_INFINITY;
  return held.toSorted((one, other) => (untilOf(one) < untilOf(other) ? 1 : -1))[0] ?? null;
}

function barredByWish(wishes: Preferences, at: number): Barrier | null {
  if (wishes.optedOut) return { kind: 'fail', reason: 'recipient_opted_out' };
  const timeZone = wishes.timeZone ?? 'UTC';
  const day = dayOf(at, timeZone);
  const { absentFromDay, absentToDay, quietFrom, quietTo } = wishes;
  if (
    absentFromDay !== null &&
    day >= absentFromDay &&
    (absentToDay === null || day <= absentToDay)
  ) {
    if (absentToDay === null) return { kind: 'fail', reason: 'recipient_absent' };
    const until = instantOfLocal(nextDay(absentToDay), quietTo ?? morning, timeZone);
    return { kind: 'wait', until, reason: 'recipient_absent' };
  }
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return null;
  const time = timeOf(at, timeZone);
  const overMidnight = quietFrom > quietTo;
  const isQuiet = overMidnight
    ? time >= quietFrom || time < quietTo
    : time >= quietFrom && time < quietTo;
  if (!isQuiet) return null;
  const endsOn = overMidnight && time >= quietFrom ? nextDay(day) : day;
  return { kind: 'wait', until: instantOfLocal(endsOn, quietTo, timeZone), reason: 'quiet_hours' };
}

async function barredByCount(
  transaction: Database,
  { workspaceId, id }: ActionRow,
  turn: { personId: string; itemKey: string; day: string; timeZone: string },
): Promise<Barrier | null> {
  const others = and(
    eq(outwardContacts.workspaceId, workspaceId),
    eq(outwardContacts.day, turn.day),
    ne(outwardContacts.actionId, id),
  );
  const [ofItem] = await transaction
    .select({ rows: count() })
    .from(outwardContacts)
    .where(and(others, eq(outwardContacts.itemKey, turn.itemKey)));
  const [ofPerson] = await transaction
    .select({ rows: count() })
    .from(outwardContacts)
    .where(and(others, eq(outwardContacts.personId, turn.personId)));
  const itemIsDone = (ofItem?.rows ?? 0) > 0;
  if (!itemIsDone && (ofPerson?.rows ?? 0) < mostPerPersonAndDay) return null;
  const until = instantOfLocal(nextDay(turn.day), morning, turn.timeZone);
  const reason = itemIsDone ? 'nudged_about_this_today' : 'nudged_enough_today';
  return { kind: 'wait', until, reason };
}

/** What could only go after its time is over is refused now, with the reason. */
function refuseWhereTooLate(barrier: Barrier, { executeBy }: ActionRow): Barrier {
  if (barrier.kind !== 'wait' || executeBy === null || barrier.until < executeBy) return barrier;
  return { kind: 'fail', reason: barrier.reason, detail: { until: barrier.until } };
}
