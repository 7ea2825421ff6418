import type { Adjutant, WorkspaceHandle } from '@adjutant/core';
import {
  AdjutantError,
  type Clock,
  dayOf,
  type Logger,
  silentLogger,
  startOfDay,
  timeOf,
  weekdayOf,
} from '@adjutant/core/ports';
import { z } from 'zod';
import { buildBrief } from './build-brief.ts';
import { renderBriefMessage } from './render-message.ts';

const kind = 'insights.weekly_report';
/** How a channel is told, by whatever source carries it out. */
const messageType = 'message.post';
const dayMs = 86_400_000;
const defaultWorkspaceId = 'default';

/** When and where the report of the week is proposed. */
export const weeklyReportPlanSchema = z.strictObject({
  /** As the action that posts takes it. */
  channel: z.string().min(1).max(81),
  /** 1 is Monday. */
  weekday: z.int().min(1).max(7).default(1),
  /** In the zone of the workspace. */
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is a time of day, such as 09:00')
    .default('09:00'),
});
export type WeeklyReportPlan = z.infer<typeof weeklyReportPlanSchema>;

export interface WeeklyReportOptions {
  adjutant: Pick<Adjutant, 'workspace' | 'jobs'>;
  clock: Clock;
  workspaceId?: string;
  logger?: Logger;
}

/**
 * Has the report of the week proposed at its time, as long as this process works (`workActions`); with
 * null, no longer. It is proposed by the system as an action that posts a message, so that policy says
 * what becomes of it as of any other write. Of one week one is proposed, however often this runs, when
 * the day is changed, and in however many processes; a time that was missed is made up for once within
 * the day after. To be called once for each Adjutant, with what the configuration says then.
 * @throws AdjutantError `InvalidInput`, and `Configuration` where nothing here posts messages
 */
export async function keepWeeklyReport(
  options: WeeklyReportOptions,
  wanted: z.input<typeof weeklyReportPlanSchema> | null,
): Promise<void> {
  const { adjutant, workspaceId = defaultWorkspaceId } = options;
  const { jobs } = adjutant;
  if (wanted === null) {
    // A run that waits from before is let go.
    jobs.handle(kind, () => Promise.resolve(undefined));
    await jobs.unschedule(workspaceId, kind);
    return;
  }
  const plan = weeklyReportPlanSchema.parse(wanted);
  const handle = adjutant.workspace(workspaceId).as({ kind: 'system' });
  if (!(await handle.actions.types()).some(({ id }) => id === messageType)) {
    throw new AdjutantError('Configuration', 'Nothing here posts messages.', {
      hint: 'Configure Slack, or take the weekly report out of the configuration.',
    });
  }
  jobs.handle(kind, async () => {
    await proposeWeeklyReport(options, plan);
    return undefined;
  });
  const [hour = '9', minute = '0'] = plan.at.split(':');
  await jobs.schedule({
    workspaceId,
    name: kind,
    kind,
    cron: `${Number(minute)} ${Number(hour)} * * ${plan.weekday % 7}`,
    timeZone: handle.timeZone,
    catchUpMs: dayMs,
  });
}

/** Proposes the report of the week before the last time that it was due. */
async function proposeWeeklyReport(
  { adjutant, clock, workspaceId = defaultWorkspaceId, logger = silentLogger }: WeeklyReportOptions,
  plan: WeeklyReportPlan,
): Promise<void> {
  const handle = adjutant.workspace(workspaceId).as({ kind: 'system' });
  const { channel } = plan;
  const monday = weekBefore(lastDueDay(clock.now(), plan, handle.timeZone));
  const text = await reportOf(handle, monday);
  const idempotencyKey = `weekly-report:${channel}:${monday}`;
  try {
    await handle.actions.propose({
      type: messageType,
      payload: { channel, text },
      idempotencyKey,
      rationale: `The report of the week from ${monday}, as the configuration asks for it.`,
    });
  } catch (error) {
    // Figures move on: the same week in other words was proposed before, and is not proposed twice.
    const isKnown = AdjutantError.isInstance(error) && error.code === 'Conflict';
    if (!isKnown) throw error;
    logger.log('info', 'The report of the week was proposed before.', { week: monday });
  }
}

async function reportOf(handle: WorkspaceHandle, monday: string): Promise<string> {
  const from = startOfDay(monday, handle.timeZone);
  return renderBriefMessage(await buildBrief(handle, { kind: 'weekly', from }));
}

/** Returns the last day on which the report was due. It may be proposed a little later. */
function lastDueDay(now: number, { weekday, at }: WeeklyReportPlan, timeZone: string): string {
  const today = dayOf(now, timeZone);
  const back = (weekdayOf(today) - weekday + 7) % 7;
  const isStillToCome = back === 0 && timeOf(now, timeZone) < at;
  return daysBefore(today, isStillToCome ? 7 : back);
}

/** Returns the Monday of the last week that was over on a day. */
function weekBefore(day: string): string {
  return daysBefore(day, weekdayOf(day) - 1 + 7);
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * dayMs).toISOString().slice(0, 10);
}
