import { calendarIn } from '../calendar/calendar-in.ts';
import type { Window } from '../domain.ts';
import { canonicalPerson, type KnownPeople } from '../metrics/filters/read-people.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { everybodysHours } from './declared-hours.ts';
import type { DeclaredHours, LoadFigureId } from './handle.ts';
import { stretchesOf } from './inside-hours.ts';
import { outOfHours } from './own-load.ts';
import { contextsPerDay, touchedByDay } from './person-load.ts';
import { type Activity, readActivity } from './read-activity.ts';
import { readOpenWork } from './read-open-work.ts';

const peopleBetweenYields = 50;

/**
 * Returns the value of each figure for each person of a workspace of whom something is known in a
 * week. It never leaves this folder: what is told is of five of them or more.
 */
export async function readPeopleLoad(
  context: ReadContext,
  window: Window,
  known: KnownPeople,
): Promise<ReadonlyMap<LoadFigureId, ReadonlyMap<string, number>>> {
  const activities = groupByPerson(await readActivity(context, window), known);
  const open = await readOpenWork(context, window.to - 1);
  const lying = new Map<string, Set<string>>();
  const present = new Set(activities.keys());
  for (const { personId, figure, id } of open) {
    const person = canonicalPerson(known, personId);
    present.add(person);
    const key = `${figure} ${person}`;
    lying.set(key, (lying.get(key) ?? new Set()).add(id));
  }
  const values = new Map<LoadFigureId, Map<string, number>>();
  const set = (figure: LoadFigureId, person: string, value: number | null): void => {
    if (value === null) return;
    const of = values.get(figure) ?? new Map<string, number>();
    values.set(figure, of.set(person, value));
  };
  const starts = calendarIn(context.settings.timeZone).startsOf('day', window);
  const hours = await hoursByPerson(context, known);
  for (const [place, person] of [...present].entries()) {
    if (place % peopleBetweenYields === peopleBetweenYields - 1) await yieldToEventLoop();
    for (const figure of ['reviews_asked', 'open_pull_requests', 'items_in_progress'] as const) {
      set(figure, person, lying.get(`${figure} ${person}`)?.size ?? 0);
    }
    const own = activities.get(person) ?? [];
    set('contexts_per_day', person, contextsPerDay(touchedByDay(own, starts)));
    const declared = hours.get(person);
    if (declared === undefined) continue;
    const share = outOfHours(own, stretchesOf(declared, window))?.share ?? null;
    set('out_of_hours_share', person, share);
  }
  return values;
}

function groupByPerson(
  activities: readonly Activity[],
  known: KnownPeople,
): Map<string, Activity[]> {
  const groups = new Map<string, Activity[]>();
  for (const activity of activities) {
    const person = canonicalPerson(known, activity.personId);
    const group = groups.get(person);
    if (group === undefined) groups.set(person, [activity]);
    else group.push(activity);
  }
  return groups;
}

async function hoursByPerson(
  context: ReadContext,
  known: KnownPeople,
): Promise<ReadonlyMap<string, DeclaredHours>> {
  const declared = await everybodysHours(context);
  return new Map([...declared].map(([person, hours]) => [canonicalPerson(known, person), hours]));
}
