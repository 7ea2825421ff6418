import { calendarIn } from '../calendar/calendar-in.ts';
import { dayOf } from '../calendar/local-time.ts';
import type { Window } from '../domain.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { ownAccounts } from '../reports/own-accounts.ts';
import { requireSelf } from '../reports/report-access.ts';
import { zoneOf } from '../reports/report-zone.ts';
import { queryTuples } from '../store/raw-query.ts';
import { sql } from 'drizzle-orm';
import { hoursOf } from './declared-hours.ts';
import type { LoadFigureId, LoadItem, OwnLoad } from './handle.ts';
import { countOutside, stretchesOf } from './inside-hours.ts';
import { contextsPerDay, touchedByDay } from './person-load.ts';
import { type Activity, readActivity } from './read-activity.ts';
import { type OpenWork, readOpenWork } from './read-open-work.ts';

const dayMs = 86_400_000;
const mostItems = 100;
const shownDays = 7;

/** Returns what lies on whoever looks, or on whom an assistant works for. */
export async function readOwnLoad(context: ReadContext): Promise<OwnLoad> {
  const personId = requireSelf(context);
  const now = context.clock.now();
  const timeZone = await zoneOf(context, personId);
  const starts = calendarIn(timeZone)
    .startsOf('day', { from: now - (shownDays + 1) * dayMs, to: now })
    .slice(-shownDays);
  const window: Window = { from: starts[0] ?? now, to: now + 1 };
  const { list } = await ownAccounts(context, personId);
  const [count] = await queryTuples<[number]>(
    context.store.read,
    sql`select count(*) from ${list}`,
  );
  const open = await readOpenWork(context, now, list);
  const activities = await readActivity(context, window, list);
  const days = touchedByDay(activities, starts);
  const hours = await hoursOf(context, personId);
  const isMapped = (count?.[0] ?? 0) > 0;
  const lists = {
    reviewsAsked: itemsOf(open, 'reviews_asked'),
    openPullRequests: itemsOf(open, 'open_pull_requests'),
    itemsInProgress: itemsOf(open, 'items_in_progress'),
  };
  return {
    personId,
    fromDay: dayOf(window.from, timeZone),
    toDay: dayOf(now, timeZone),
    reviewsAsked: lists.reviewsAsked.slice(0, mostItems),
    openPullRequests: lists.openPullRequests.slice(0, mostItems),
    itemsInProgress: lists.itemsInProgress.slice(0, mostItems),
    days: starts.flatMap((start, place) => {
      const touched = days.get(place);
      if (touched === undefined) return [];
      const { repositories, items } = touched;
      const day = dayOf(start, timeZone);
      return [{ day, repositories: repositories.size, items: items.size }];
    }),
    contextsPerDay: contextsPerDay(days),
    outOfHours: hours === null ? null : outOfHours(activities, stretchesOf(hours, window)),
    gaps: [
      ...(isMapped ? [] : (['author_unmapped'] as const)),
      ...(hours === null ? (['hours_not_declared'] as const) : []),
      ...(Object.values(lists).some(({ length }) => length > mostItems)
        ? (['truncated'] as const)
        : []),
    ],
  };
}

/** Returns the share of what was done outside of the hours; null where nothing was done. */
export function outOfHours(
  activities: readonly Activity[],
  stretches: readonly Window[],
): OwnLoad['outOfHours'] {
  const total = activities.length;
  if (total === 0) return null;
  const outside = countOutside(
    activities.map(({ at }) => at),
    stretches,
  );
  return { share: outside / total, outside, total };
}

function itemsOf(open: readonly OpenWork[], figure: LoadFigureId): LoadItem[] {
  const seen = new Set<string>();
  return open.flatMap(({ figure: own, personId: _, ...item }) => {
    // Two accounts of one person may both have been asked.
    if (own !== figure || seen.has(item.id)) return [];
    seen.add(item.id);
    return [item];
  });
}
