import { and, eq } from 'drizzle-orm';
import type { ActionDeps } from '../actions/action-deps.ts';
import type { AnyActionDefinition } from '../actions/define-action.ts';
import { wishBarrier } from '../actions/nudge-limits.ts';
import { proposeAction } from '../actions/propose-action.ts';
import { dayOf, timeOf } from '../calendar/local-time.ts';
import type { Clock } from '../clock.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { weekdayOf } from '../calendar/weekday.ts';

const { people, personAccounts, progressReports, reportReminders } = tables;

const kind = 'reports.remind';
const everyQuarter = '*/15 * * * *';
/** How a person is told, by whatever source carries it out. */
const messageType = 'message.dm';

export interface ReminderKeeperOptions {
  store: Store;
  jobs: JobRunner;
  clock: Clock;
  timeZone: string;
  /** What actions are proposed with, with the policy that is in force. */
  ready(this: void, workspaceId: string): Promise<ActionDeps>;
}

/** Reminds those who asked for it, while something works for a workspace. */
export interface ReminderKeeper {
  begin(workspaceId: string): Promise<void>;
}

/**
 * Returns the keeper, after telling the runner what it does. Each reminder is an action, so that
 * policy decides about it like about any other message; what policy leaves to a person is left to
 * whoever asked to be reminded.
 */
export function keepReminders(options: ReminderKeeperOptions): ReminderKeeper {
  options.jobs.handle(kind, async ({ workspaceId, signal }) => {
    await remind(options, workspaceId, signal);
    return undefined;
  });
  return {
    async begin(workspaceId) {
      // Where no source carries a message there is nothing to be on time for.
      const { definitions } = await options.ready(workspaceId);
      if (!definitions.has(messageType)) return;
      await options.jobs.schedule({ workspaceId, name: kind, kind, cron: everyQuarter });
    },
  };
}

type Wish = typeof reportReminders.$inferSelect;

async function remind(
  options: ReminderKeeperOptions,
  workspaceId: string,
  signal: AbortSignal,
): Promise<void> {
  const wishes = await options.store.read
    .select()
    .from(reportReminders)
    .where(eq(reportReminders.workspaceId, workspaceId));
  if (wishes.length === 0) return;
  const deps = await options.ready(workspaceId);
  const definition = deps.definitions.get(messageType);
  if (definition === undefined) return;
  for (const wish of wishes) {
    if (signal.aborted) return;
    await remindOne(options, wish, { deps, definition });
  }
}

async function remindOne(
  options: ReminderKeeperOptions,
  wish: Wish,
  { deps, definition }: { deps: ActionDeps; definition: AnyActionDefinition },
): Promise<void> {
  const { store, clock } = options;
  const { workspaceId, personId } = wish;
  const now = clock.now();
  const barrier = await wishBarrier(store.read, { workspaceId, personId }, now);
  // A quiet hour ends; the next look is a quarter of an hour away.
  if (barrier.held !== null) return;
  const timeZone = barrier.timeZone ?? options.timeZone;
  const day = dayOf(now, timeZone);
  const isTime = timeOf(now, timeZone) >= wish.atTime && wish.weekdays.includes(weekdayOf(day));
  if (!isTime || wish.lastRemindedDay === day) return;
  if (await hasReport(store, wish, day)) return;
  const payload = await messageTo(store, wish, { day, definition });
  if (payload === null) return;
  await proposeAction(
    { deps, workspaceId, viewer: { kind: 'system' }, sponsorPersonId: personId },
    { type: messageType, payload, idempotencyKey: `report-reminder:${personId}:${day}` },
  );
  await store.transaction((transaction) =>
    transaction
      .update(reportReminders)
      .set({ lastRemindedDay: day })
      .where(
        and(eq(reportReminders.workspaceId, workspaceId), eq(reportReminders.personId, personId)),
      ),
  );
}

async function hasReport(store: Store, wish: Wish, day: string): Promise<boolean> {
  const [written] = await store.read
    .select({ id: progressReports.id })
    .from(progressReports)
    .where(
      and(
        eq(progressReports.workspaceId, wish.workspaceId),
        eq(progressReports.authorPersonId, wish.personId),
        eq(progressReports.day, day),
      ),
    )
    .limit(1);
  return written !== undefined;
}

/** Returns the message to the first account of the person that the action takes; null for none. */
async function messageTo(
  store: Store,
  wish: Wish,
  { day, definition }: { day: string; definition: AnyActionDefinition },
): Promise<Record<string, unknown> | null> {
  const accounts = await store.read
    .select({ user: personAccounts.accountExternalId })
    .from(personAccounts)
    .where(
      and(
        eq(personAccounts.workspaceId, wish.workspaceId),
        eq(personAccounts.personId, wish.personId),
      ),
    )
    .orderBy(personAccounts.accountSource, personAccounts.accountExternalId);
  const [person] = await store.read
    .select({ name: people.displayName })
    .from(people)
    .where(and(eq(people.workspaceId, wish.workspaceId), eq(people.id, wish.personId)));
  const text = `${person?.name ?? 'Hello'}, there is no progress report of yours for ${day} yet. Write one with "adjutant report add". You asked for this; "adjutant report remind --off" ends it.`;
  const messages = accounts.map(({ user }) => ({ user, text }));
  return messages.find((message) => definition.inputSchema.safeParse(message).success) ?? null;
}
