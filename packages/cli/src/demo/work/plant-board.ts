import type { JiraData } from '@adjutant/connectors/testing';
import type { DemoDays } from './demo-days.ts';
import type { DemoPerson } from './demo-people.ts';
import { hostileTexts } from './hostile-texts.ts';

type Item = ReturnType<JiraData['addIssue']>;
type Sprint = ReturnType<JiraData['addSprint']>;

interface Board {
  jira: JiraData;
  project: ReturnType<JiraData['addProject']>;
  days: DemoDays;
  people: readonly DemoPerson[];
  /** How many items were written so far. */
  count: number;
}

/** An item before it is planted. Days count back from the Monday of the demo, as everywhere here. */
interface PlannedItem {
  summary?: string;
  type?: 'story' | 'bug';
  points?: number;
  sprints?: readonly Sprint[];
  /** When it is written and planned. */
  at: number;
  isOwned?: boolean;
  startedAt?: number;
  reviewedAt?: number;
  doneAt?: number;
}

const closedSprints = 4;
const points = [2, 3, 3, 5, 3, 5, 2, 1] as const;
const verbs = ['Show', 'Export', 'Check', 'Cache', 'Move'];
const things = ['the basket', 'the voucher', 'the invoice', 'the address book', 'the stock level'];
const places = ['at checkout', 'in the app', 'for guests', 'in the shop'];

/** What else is planted has to name these. */
export interface PlantedBoard {
  blockedKey: string;
}

/** Plants a board of two-week sprints: four that are over, one that runs, and what holds it up. */
export function plantBoard(
  jira: JiraData,
  days: DemoDays,
  people: readonly DemoPerson[],
): PlantedBoard {
  const project = jira.addProject('SHOP', 'Shop');
  const row = jira.addBoard(project);
  const board: Board = { jira, project, days, people, count: 0 };
  const sprints = Array.from({ length: closedSprints + 1 }, (_, position) => {
    const begin = 7 + 14 * (closedSprints - position);
    const isOver = position < closedSprints;
    return jira.addSprint(row, {
      name: `SHOP ${position + 21}`,
      state: isOver ? 'closed' : 'active',
      startAt: days.at(begin, 9),
      endAt: days.at(begin - 11, 16),
      completedAt: isOver ? days.at(begin - 11, 16) : null,
    });
  });
  for (const [position, sprint] of sprints.slice(0, closedSprints).entries()) {
    workThrough(board, sprint, 7 + 14 * (closedSprints - position));
  }
  const [before, last, running] = sprints.slice(-3);
  if (before === undefined || last === undefined || running === undefined) {
    throw new RangeError('There are too few sprints.');
  }
  goOnInSprint(board, running);
  return holdUp(board, [before, last, running]);
}

/** A sprint in which everything that was planned is done. */
function workThrough(board: Board, sprint: Sprint, begin: number): void {
  for (const [place, amount] of points.entries()) {
    const { at } = board.days;
    const first = begin - place;
    plant(board, {
      points: amount,
      sprints: [sprint],
      at: at(begin + 3, 14 + place / 60),
      startedAt: at(first, 10),
      reviewedAt: at(first, 16),
      // What is begun before a weekend is done on Monday.
      doneAt: at(isFriday(first) ? first - 3 : first - 1, 11 + (place % 5)),
    });
  }
}

function isFriday(daysBefore: number): boolean {
  return daysBefore % 7 === 3;
}

/** What went as it should in the sprint that runs: four done, two under way, two that came in later. */
function goOnInSprint(board: Board, running: Sprint): void {
  const { at } = board.days;
  const planned = { sprints: [running], at: at(10, 14) };
  const done = [
    [7, 5, 15],
    [6, 5, 16],
    [5, 3, 10],
    [4, 3, 15],
  ] as const;
  for (const [from, to, hour] of done) {
    const reviewedAt = at(to, 9.5);
    const doneAt = at(to, hour);
    plant(board, { ...planned, points: 3, startedAt: at(from, 11), reviewedAt, doneAt });
  }
  plant(board, { ...planned, points: 5, startedAt: at(4, 15), reviewedAt: at(3, 14) });
  plant(board, { ...planned, points: 2, startedAt: at(3, 10) });
  const later = { sprints: [running], points: 1, type: 'bug' } as const;
  plant(board, { ...later, at: at(4, 12), startedAt: at(3, 13) });
  plant(board, { ...later, at: at(3, 9), summary: hostileTexts.workItem, startedAt: at(3, 15) });
}

/** What stands in its way: late, silent, blocked, without a name, and carried from sprint to sprint. */
function holdUp(board: Board, [before, last, running]: [Sprint, Sprint, Sprint]): PlantedBoard {
  const { jira, days } = board;
  const { at } = days;
  const planned = { sprints: [running], at: at(10, 14.5) };
  const late = plant(board, { ...planned, points: 2, summary: 'Print the return label' });
  jira.setDueDay(late, days.dayOf(4), { at: at(10, 15), by: late.reporter });
  plant(board, {
    ...{ summary: 'Let guests pay by invoice', at: at(24, 14), points: 5 },
    ...{ sprints: [last, running], startedAt: at(12, 10) },
  });
  plant(board, {
    ...{ summary: 'Remember the delivery address', at: at(38, 14), points: 3 },
    sprints: [before, last, running],
  });
  const key = plant(board, {
    ...{ ...planned, points: 1, isOwned: false },
    summary: 'Get a sandbox key of the payment provider',
  });
  const blocked = plant(board, {
    ...{ ...planned, points: 3, summary: 'Pay with a stored card', startedAt: at(5, 10) },
  });
  const by = blocked.assignee;
  jira.link(key, 'Blocks', blocked, { at: at(4, 10), by });
  jira.flag(blocked, true, { at: at(4, 10.1), by });
  return { blockedKey: keyOf(blocked) };
}

/** Plants what follows from an incident, as a bug that names it. */
export function plantFollowUp(
  { jira, days, people }: Pick<Board, 'jira' | 'days' | 'people'>,
  { summary, at }: { summary: string; at: number },
): void {
  const [project] = jira.projects;
  if (project === undefined) throw new RangeError('There is no project yet.');
  plant({ jira, days, people, project, count: 1_000 }, { summary, type: 'bug', at });
}

function plant(board: Board, item: PlannedItem): Item {
  const { jira, days, people, project } = board;
  const number = (board.count += 1);
  const { at, type = 'story', summary = storyOf(number) } = item;
  const by = days.pick(people, number).jira;
  const owner = days.pick(people, number + 3).jira;
  const made = jira.addIssue(project, { summary, at, by, type });
  if (item.points !== undefined) jira.estimate(made, item.points, { at, by });
  for (const [place] of (item.sprints ?? []).entries()) {
    const named = (item.sprints ?? []).slice(0, place + 1);
    // Planned with the first; what is not done then goes on when the one before it is closed.
    const when = place === 0 ? at + 60_000 : (named[place - 1]?.completedAt ?? at);
    jira.moveToSprints(made, named, { at: when, by });
  }
  if (item.isOwned !== false) jira.assign(made, owner, { at: at + 120_000, by });
  const steps = [
    ['In Progress', item.startedAt],
    ['In Review', item.reviewedAt],
    ['Done', item.doneAt],
  ] as const;
  for (const [status, when] of steps) {
    if (when !== undefined) jira.transition(made, status, { at: when, by: owner });
  }
  return made;
}

function storyOf(number: number): string {
  const verb = verbs[number % verbs.length] ?? '';
  const thing = things[Math.floor(number / verbs.length) % things.length] ?? '';
  const place = places[number % places.length] ?? '';
  return `${verb} ${thing} ${place}`;
}

function keyOf({ project, number }: Item): string {
  return `${project.key}-${number}`;
}
