import type { Organisation, Person } from '../organisation.ts';
import { dayMs, hourMs, weekMs, workHoursAfter } from '../working-time.ts';
import type { World } from '../world.ts';

export type JiraProject = ReturnType<World['jira']['addProject']>;
export type JiraSprint = ReturnType<World['jira']['addSprint']>;
export type JiraItem = ReturnType<World['jira']['addIssue']>;

/** What is unusual of one sprint. */
export interface SprintBend {
  /** Items planned beyond what a sprint usually has; they go back to the backlog at its end. */
  tooMany?: number;
  /** Items that come in while it runs, and are done. */
  addedLater?: number;
  /** Items that come in by mistake and leave within the hour. */
  comeAndGo?: number;
  /** Estimates that are doubled while it runs. */
  estimatedAnew?: number;
  /** Items that are not done in it, nor in the next, nor in the one after that but at its end. */
  dragged?: number;
  /** Items that are done in the next. */
  carriedOnce?: number;
}

/** A sprint with the times it keeps; the rows at Jira come when it is planned. */
export interface PlannedSprint {
  position: number;
  startAt: number;
  endAt: number;
  row: JiraSprint | null;
  bend: SprintBend;
  /** Called with its row once there is one. */
  onRow: ((row: JiraSprint) => void)[];
  /** Called with each item that is dragged through three. */
  onDragged: ((item: JiraItem) => void)[];
  onCarried: ((item: JiraItem) => void)[];
}

export interface Board {
  /** Whether who does what is said when a sprint is planned, or when somebody takes it up. */
  isNamedWhenPlanned: boolean;
  project: JiraProject;
  sprints: PlannedSprint[];
  people: Person[];
}

const sprintMs = 2 * weekMs;

/** Plants a board and its sprints of two weeks; bends are put on them before anything happens. */
export function foundBoard(
  world: World,
  {
    key,
    name,
    people,
    isNamedWhenPlanned,
  }: { key: string; name: string; people: Person[]; isNamedWhenPlanned: boolean },
): Board {
  const project = world.jira.addProject(key, name);
  const sprints: PlannedSprint[] = [];
  for (let at = world.begins; at < world.to; at += sprintMs) {
    sprints.push({
      ...{ position: sprints.length, startAt: at + 10 * hourMs, row: null, bend: {} },
      ...{ endAt: at + 11 * dayMs + 16 * hourMs, onRow: [], onDragged: [], onCarried: [] },
    });
  }
  return { project, sprints, people, isNamedWhenPlanned };
}

/** Lets a board work through its sprints. */
export function liveOnBoard(world: World, board: Board): void {
  const row = world.jira.addBoard(board.project);
  comeFromTheSide(world, board, 1);
  for (const sprint of board.sprints) {
    // Planned on the Friday before.
    const plannedAt = sprint.startAt - 3 * dayMs + 4 * hourMs;
    world.at(plannedAt, () => {
      const name = `${board.project.key} ${sprint.position + 1}`;
      sprint.row = world.jira.addSprint(row, { name });
      for (const take of sprint.onRow) take(sprint.row);
      planSprint(world, board, sprint, plannedAt);
    });
    world.at(sprint.startAt, () => {
      const { startAt, endAt } = sprint;
      Object.assign(rowOf(sprint), { state: 'active', startAt, endAt });
    });
    world.at(sprint.endAt, () => {
      Object.assign(rowOf(sprint), { state: 'closed', completedAt: sprint.endAt });
    });
  }
}

function rowOf({ row }: PlannedSprint): JiraSprint {
  if (row === null) throw new Error('The sprint is not planned yet.');
  return row;
}

const usualPoints = [2, 3, 3, 5, 3, 5, 2, 2, 1, 1];

/** How many items are in it that go on to another, or came from one. */
function leftFromBefore({ sprints }: Board, { position, bend }: PlannedSprint): number {
  const [one, two] = [sprints[position - 1]?.bend, sprints[position - 2]?.bend];
  const begun = (bend.dragged ?? 0) + (bend.carriedOnce ?? 0);
  return begun + (one?.dragged ?? 0) + (one?.carriedOnce ?? 0) + (two?.dragged ?? 0);
}

function planSprint(world: World, board: Board, sprint: PlannedSprint, at: number): void {
  const { dice } = world;
  const { tooMany = 0, addedLater = 0, comeAndGo = 0, estimatedAnew = 0 } = sprint.bend;
  const { dragged = 0, carriedOnce = 0 } = sprint.bend;
  // Teams plan as much as they know that they get done.
  const points = dice.some(usualPoints.slice(0, 10 - leftFromBefore(board, sprint)), 10);
  const count = points.length;
  for (let nth = 0; nth < count; nth += 1) {
    const item = newItem(world, board, at + nth * 1_000, { points: points[nth] ?? null });
    putIn(world, item, [sprint], at + nth * 1_000 + 60_000);
    if (board.isNamedWhenPlanned) assignAt(world, board, item, at + 2 * hourMs);
    workOn(world, board, item, spread(sprint, nth, count));
    if (nth < estimatedAnew) {
      const later = sprint.startAt + 3 * dayMs + nth * hourMs;
      world.at(later, () => {
        world.jira.estimate(item, (item.points ?? 1) * 2, { at: later, by: item.reporter });
      });
    }
  }
  for (let nth = 0; nth < tooMany; nth += 1) {
    const item = newItem(world, board, at + nth * 1_000);
    putIn(world, item, [sprint], at + 60_000);
    assignAt(world, board, item, sprint.startAt + hourMs);
    putIn(world, item, [], sprint.endAt);
  }
  for (let nth = 0; nth < addedLater; nth += 1) {
    const later = workHoursAfter(sprint.startAt + 2 * dayMs + nth * 6 * hourMs, dice.next());
    world.at(later, () => {
      const item = newItem(world, board, later);
      putIn(world, item, [sprint], later + 60_000);
      if (board.isNamedWhenPlanned) assignAt(world, board, item, later + 120_000);
      workOn(world, board, item, later + 2 * dayMs);
    });
  }
  for (let nth = 0; nth < comeAndGo; nth += 1) {
    const later = workHoursAfter(sprint.startAt + 2 * dayMs, nth);
    world.at(later, () => {
      const item = newItem(world, board, later);
      putIn(world, item, [sprint], later + 60_000);
      putIn(world, item, [], later + 40 * 60_000);
    });
  }
  for (let nth = 0; nth < dragged; nth += 1) drag(world, board, sprint, { at, through: 3 });
  for (let nth = 0; nth < carriedOnce; nth += 1) drag(world, board, sprint, { at, through: 2 });
}

/** An item that goes from sprint to sprint and is done in the last of them. */
function drag(
  world: World,
  board: Board,
  first: PlannedSprint,
  { at, through }: { at: number; through: number },
): void {
  const item = newItem(world, board, at, { points: 1 });
  putIn(world, item, [first], at + 60_000);
  assignAt(world, board, item, first.startAt + hourMs);
  const path = board.sprints.slice(first.position, first.position + through);
  for (const [nth, sprint] of path.entries()) {
    // As Jira does it: what is not done goes on to the next when the sprint is closed.
    if (nth > 0) putIn(world, item, path.slice(0, nth + 1), path[nth - 1]?.endAt ?? at);
    if (nth === path.length - 1 && path.length === through) {
      workOn(world, board, item, sprint.startAt + 8 * dayMs);
    }
  }
  for (const take of through === 3 ? first.onDragged : first.onCarried) take(item);
}

/** Returns an item that is written now. */
export function newItem(
  world: World,
  { project, people }: Pick<Board, 'project' | 'people'>,
  at: number,
  more: Partial<Parameters<World['jira']['addIssue']>[1]> & { points?: number | null } = {},
): JiraItem {
  const { dice, jira } = world;
  const by = dice.oneOf(people).jira;
  const { points = dice.oneOf([1, 2, 3, 3, 5]), ...fields } = more;
  const summary = `${dice.oneOf(['Show', 'Export', 'Move', 'Check'])} ${dice.oneOf(things)}`;
  const item = jira.addIssue(project, { summary, at, by, ...fields });
  jira.estimate(item, points, { at, by });
  return item;
}

const things = ['the invoice', 'the balance', 'the mandate', 'the voucher', 'the address book'];

/** Names the sprints of an item from an instant on. */
export function putIn(
  world: World,
  item: JiraItem,
  sprints: readonly PlannedSprint[],
  at: number,
): void {
  world.at(at, () => {
    const rows = sprints.flatMap(({ row }) => row ?? []);
    world.jira.moveToSprints(item, rows, { at, by: item.reporter });
  });
}

export function assignAt(
  world: World,
  { people }: Pick<Board, 'people'>,
  item: JiraItem,
  at: number,
): void {
  const user = world.dice.oneOf(people).jira;
  world.at(at, () => {
    world.jira.assign(item, user, { at, by: user });
  });
}

/** Somebody takes an item, works on it for a day or two, has it looked at, and it is done. */
export function workOn(
  world: World,
  board: Pick<Board, 'people'>,
  item: JiraItem,
  at: number,
  workHours = world.dice.between(4, 13),
): number {
  const { dice, jira } = world;
  const user = dice.oneOf(board.people).jira;
  const startAt = workHoursAfter(at, dice.between(0, 2));
  const reviewAt = workHoursAfter(startAt, workHours * 0.6);
  const doneAt = workHoursAfter(startAt, workHours);
  world.at(startAt, () => {
    if (item.assignee === null) jira.assign(item, user, { at: startAt, by: user });
    jira.transition(item, 'In Progress', { at: startAt, by: user });
  });
  world.at(reviewAt, () => {
    jira.transition(item, 'In Review', { at: reviewAt, by: user });
  });
  world.at(doneAt, () => {
    jira.transition(item, 'Done', { at: doneAt, by: user });
  });
  return doneAt;
}

/** When the items of a sprint are taken up: one after the other, the last days before its end. */
function spread({ startAt, endAt }: PlannedSprint, nth: number, count: number): number {
  return startAt + ((endAt - startAt - 3 * dayMs) * nth) / count;
}

/** A board without sprints, on which things are taken as they come. */
export function liveWithoutSprints(
  world: World,
  { people }: Organisation,
  { key, name, perWeek }: { key: string; name: string; perWeek: number },
): Board {
  const project = world.jira.addProject(key, name);
  world.jira.addBoard(project, { type: 'kanban' });
  const board = { project, people, sprints: [], isNamedWhenPlanned: false };
  comeFromTheSide(world, board, perWeek);
  return board;
}

/** What is taken up as it comes, in no sprint. */
function comeFromTheSide(world: World, board: Board, perWeek: number): void {
  for (let week = world.begins; week < world.to; week += weekMs) {
    for (let nth = 0; nth < perWeek; nth += 1) {
      const at = workHoursAfter(week, world.dice.between(0, 38));
      world.at(at, () => {
        workOn(world, board, newItem(world, board, at, { type: 'bug' }), at);
      });
    }
  }
}
