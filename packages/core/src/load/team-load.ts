import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { calendarIn } from '../calendar/calendar-in.ts';
import { dayOf } from '../calendar/local-time.ts';
import type { Window } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import {
  type Division,
  fewestPeople,
  type FloorRow,
  tellableDivisions,
} from '../metrics/filters/people-floor.ts';
import { canonicalPerson, type KnownPeople, readPeople } from '../metrics/filters/read-people.ts';
import { noteUntold } from '../privacy/note-untold.ts';
import { parseInput } from '../parse-input.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { queryTuples } from '../store/raw-query.ts';
import { tables } from '../store/tables.ts';
import type { LoadFigure, LoadFigureId, TeamLoad } from './handle.ts';
import { medianOf } from '../median.ts';
import { readPeopleLoad } from './read-people-load.ts';
import { readToldLoad, recordLoadAnswer, toldBefore, type ToldLoad } from './told-load-sets.ts';

const { memberships } = tables;
const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

const tooFew =
  'Not told, because fewer than five people stand behind it, or behind what it leaves out, alone or beside what was told of this week before: a figure on people needs five.';
const notRead = 'Unknown: not every source was read since the week ended.';
const nobody = 'Unknown: nothing is known of anybody in this week.';
const caveats = [
  'Middle values over people, of a week that has ended. No person, rank or mood is in them.',
  'A figure stays as it was told first, whatever comes in later.',
  'Items count for whom they are assigned to now; what a coding agent wrote counts for nobody.',
  'Out of hours is measured against the hours that people declared themselves, of those who did.',
];

const figures: readonly { id: LoadFigureId; unit: LoadFigure['unit'] }[] = [
  { id: 'reviews_asked', unit: 'count' },
  { id: 'open_pull_requests', unit: 'count' },
  { id: 'items_in_progress', unit: 'count' },
  { id: 'contexts_per_day', unit: 'count' },
  { id: 'out_of_hours_share', unit: 'share' },
];

const querySchema = z.strictObject({
  week: z.iso.date('is a day of the week, such as 2026-01-31').optional(),
});

/** Returns the middle load of the viewer's team, or of the workspace, of five people or more. */
export async function readTeamLoad(
  context: ReadContext,
  input: { week?: string | undefined },
): Promise<TeamLoad> {
  const { store, workspaceId, settings, clock, teamId } = context;
  const window = weekOf(parseInput(querySchema, input).week, clock.now(), settings.timeZone);
  const week = dayOf(window.from, settings.timeZone);
  const toDay = dayOf(window.to - 1, settings.timeZone);
  const known = await readPeople(store.read, workspaceId);
  const members = await membersIn(context, known, { fromDay: week, toDay });
  const told = presentTold(await readToldLoad(store.read, workspaceId, week), known);
  const isRead = await wasReadSince(context, window.to);
  const values = isRead ? await readPeopleLoad(context, window, known) : null;
  const answers = figures.map((figure) =>
    answerOf(figure, values === null ? null : (values.get(figure.id) ?? new Map()), {
      members,
      told,
    }),
  );
  await recordLoadAnswer(context, told, {
    week,
    people: members,
    told: answers.flatMap(({ id, value, people }) =>
      value === null || people === null ? [] : [{ id, value, people }],
    ),
  });
  // Whoever asked once was refused once, however many figures that are.
  if (answers.some(({ reason }) => reason === tooFew)) noteUntold(context, null, 'too_few_people');
  return { fromDay: week, toDay, teamId, figures: answers, caveats };
}

/** Returns the week that a day is in; the last one that has ended where none is named. */
function weekOf(named: string | undefined, now: number, timeZone: string): Window {
  const around = named === undefined ? now - weekMs : Date.parse(named);
  const starts = calendarIn(timeZone).startsOf('week', {
    from: around - 2 * weekMs,
    to: around + 3 * weekMs,
  });
  const day = named ?? dayOf(around, timeZone);
  const place = starts.findLastIndex((start) => dayOf(start, timeZone) <= day);
  const week = { from: starts[place] ?? 0, to: starts[place + 1] ?? 0 };
  if (week.to <= now) return week;
  throw new AdjutantError('InvalidInput', 'week: has not ended yet.', {
    hint: 'Ask about a week that has: figures on people are taken of whole weeks.',
  });
}

/** Returns who was in the viewer's team in a week; everybody where no team is set. */
async function membersIn(
  { store, workspaceId, teamId }: ReadContext,
  known: KnownPeople,
  { fromDay, toDay }: { fromDay: string; toDay: string },
): Promise<ReadonlySet<string>> {
  if (teamId === null) {
    return new Set([...known].flatMap(([person, into]) => (into === null ? [person] : [])));
  }
  const rows = await store.read
    .select({
      personId: memberships.personId,
      from: memberships.fromDay,
      to: memberships.toDay,
    })
    .from(memberships)
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.teamId, teamId)));
  return new Set(
    rows.flatMap(({ personId, from, to }) =>
      (from === null || from <= toDay) && (to === null || to >= fromDay)
        ? [canonicalPerson(known, personId)]
        : [],
    ),
  );
}

/** Whether every source in use has been read since: a figure that is told stays, so it must be whole. */
async function wasReadSince({ store, workspaceId }: ReadContext, at: number): Promise<boolean> {
  const [row] = await queryTuples<[number | null]>(
    store.read,
    sql`select min(read_at) from (select max(c.last_finished_at) as read_at
      from sync_cursors c join sources s on s.workspace_id = c.workspace_id and s.source = c.source
      where c.workspace_id = ${workspaceId} and s.active = 1 group by c.source)`,
  );
  return (row?.[0] ?? 0) >= at;
}

/** Returns what was told, with everybody as they are after all merges. */
function presentTold(told: readonly ToldLoad[], known: KnownPeople): ToldLoad[] {
  return told.map(({ people, figures: of }) => ({
    people: new Set([...people].map((person) => canonicalPerson(known, person))),
    figures: of,
  }));
}

interface Floor {
  members: ReadonlySet<string>;
  told: readonly ToldLoad[];
}

function answerOf(
  { id, unit }: (typeof figures)[number],
  values: ReadonlyMap<string, number> | null,
  floor: Floor,
): LoadFigure {
  const before = toldBefore(floor.told, floor.members, id);
  if (before !== null) {
    return { id, unit, value: before.value, people: before.people, reason: null };
  }
  if (values === null) return refusal(id, unit, notRead);
  const own = [...values].flatMap(([person, value]) => (floor.members.has(person) ? [value] : []));
  if (own.length === 0 && values.size === 0) return refusal(id, unit, nobody);
  if (own.length < fewestPeople || !mayTell(id, values, floor)) return refusal(id, unit, tooFew);
  return { id, unit, value: medianOf(own), people: own.length, reason: null };
}

function refusal(id: LoadFigureId, unit: LoadFigure['unit'], reason: string): LoadFigure {
  return { id, unit, value: null, people: null, reason };
}

const askedKey = 'asked';

/** Whether an answer of these people leaves no piece of fewer than five beside all that was told. */
function mayTell(
  id: LoadFigureId,
  values: ReadonlyMap<string, number>,
  { members, told }: Floor,
): boolean {
  const rows = [...values.keys()].map((person) => ({ person }));
  const before = told.flatMap(({ people, figures: of }, place): Division<FloorRow>[] =>
    of.some((figure) => figure.id === id) ? [{ key: `told ${place}`, holds: isBy(people) }] : [],
  );
  const divisions = [...before, { key: askedKey, holds: isBy(members) }];
  return tellableDivisions(rows, divisions).has(askedKey);
}

function isBy(people: ReadonlySet<string>): (row: FloorRow) => boolean {
  return ({ person }) => person !== null && people.has(person);
}
