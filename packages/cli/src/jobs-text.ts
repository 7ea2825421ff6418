import type { DeadEvent, DeadJob, StandingSchedule } from '@adjutant/core';
import { formatMinute, plainText } from '@adjutant/insights';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

/** Returns the jobs that were given up, and what is done at set times. */
export function jobsText(
  dead: readonly DeadJob[],
  schedules: readonly StandingSchedule[],
  output: Output,
): string {
  return [deadJobsText(dead), '', schedulesText(schedules, output)].join('\n');
}

/** Returns the events that could not be delivered, with what brings them again. */
export function deadEventsText(dead: readonly DeadEvent[]): string {
  if (dead.length === 0) return 'No event was given up.';
  return [
    ...dead.map(({ id, event, deadAt, lastError }) => deadText(id, event, deadAt, lastError)),
    '',
    'Once the reason is mended: adjutant outbox replay, or one of them: adjutant outbox replay <id>',
  ].join('\n');
}

function deadJobsText(dead: readonly DeadJob[]): string {
  if (dead.length === 0) return 'No job was given up.';
  return [
    ...dead.map(({ id, kind, finishedAt, lastError }) => deadText(id, kind, finishedAt, lastError)),
    '',
    'Once the reason is mended: adjutant jobs redrive <id>',
  ].join('\n');
}

function deadText(id: string, what: string, at: number, error: string | null): string {
  const because = error === null ? [] : [`  ${plainText(error, 500)}`];
  return [`${id}  ${plainText(what, 60)}  given up ${formatMinute(at)}`, ...because].join('\n');
}

function schedulesText(schedules: readonly StandingSchedule[], output: Output): string {
  if (schedules.length === 0) return 'Nothing is done at set times.';
  const rows = schedules.map(({ name, cron, timeZone, nextRunAt, lastRunAt }) => [
    plainText(name, 60),
    plainText(`${cron} ${timeZone}`, 60),
    formatMinute(nextRunAt),
    lastRunAt === null ? 'never' : formatMinute(lastRunAt),
  ]);
  const columns = [{ title: 'schedule' }, { title: 'when' }, { title: 'next' }, { title: 'last' }];
  return renderTable(output, columns, rows);
}
