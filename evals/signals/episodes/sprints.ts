import type { Board, JiraItem, PlannedSprint, SprintBend } from '../life/board-life.ts';
import { dayMs, hourMs } from '../working-time.ts';
import type { World } from '../world.ts';

/** What is unusual of which sprint of which board, by its position: the fifth begins with the readings. */
const plan: Readonly<Record<string, Readonly<Record<number, SprintBend>>>> = {
  PAY: {
    3: { dragged: 2 },
    5: { carriedOnce: 2 },
    6: { tooMany: 9 },
    8: { estimatedAnew: 6 },
    9: { tooMany: 10 },
  },
  WEB: {
    4: { carriedOnce: 2 },
    5: { comeAndGo: 4 },
    6: { addedLater: 5 },
    7: { dragged: 2 },
    8: { tooMany: 8 },
  },
  LED: {
    4: { dragged: 2 },
    6: { estimatedAnew: 6 },
    7: { carriedOnce: 2 },
    8: { addedLater: 6 },
    9: { comeAndGo: 4 },
  },
};

/** Bends some sprints of a board and says what is true of each. */
export function plantSprints(world: World, { project, sprints }: Board): void {
  for (const sprint of sprints) {
    sprint.bend = plan[project.key]?.[sprint.position] ?? {};
    if (sprint.endAt > world.from) sayOf(world, sprint);
    sayOfItems(world, sprints, sprint);
  }
}

function sayOf(world: World, { bend, startAt, endAt, onRow }: PlannedSprint): void {
  const until = endAt + hourMs;
  const isOver = bend.tooMany !== undefined;
  const over = isOver
    ? world.firing('sprint-over-committed', {
        ...{ what: 'twice as much as ever gets done', mayFrom: startAt, until },
        mustBy: startAt + 3 * dayMs,
      })
    : world.lookAlike('sprint-over-committed', { what: whatOf(bend) });
  const isCreeping = bend.addedLater !== undefined;
  const creeping = isCreeping
    ? world.firing('scope-creep', {
        ...{ what: 'half as much again came in later', mayFrom: startAt + 2 * dayMs, until },
        mustBy: startAt + 7 * dayMs,
      })
    : world.lookAlike('scope-creep', { what: whatOf(bend) });
  onRow.push((row) => {
    over.key = `Sprint ${row.id}`;
    creeping.key = `Sprint ${row.id}`;
  });
}

function whatOf(bend: SprintBend): string {
  if (bend.estimatedAnew !== undefined) return 'estimates were doubled, nothing was added';
  if (bend.comeAndGo !== undefined) return 'some came in by mistake and left within the hour';
  if (bend.tooMany !== undefined) return 'too much, but from the start';
  return bend.addedLater === undefined ? 'a sprint as always' : 'more came in later';
}

function sayOfItems(world: World, sprints: readonly PlannedSprint[], first: PlannedSprint): void {
  const rule = 'repeated-carry-over';
  const third = sprints[first.position + 2];
  const keyOf = ({ project, number }: JiraItem): string => `${project.key}-${number}`;
  first.onDragged.push((item) => {
    if (third === undefined) return;
    const { startAt, endAt } = third;
    const mayFrom = startAt - 4 * dayMs;
    const expected = { what: 'in its third sprint', mayFrom, mustBy: startAt + 2 * dayMs };
    world.firing(rule, { ...expected, until: endAt }, keyOf(item));
  });
  first.onCarried.push((item) => {
    world.lookAlike(rule, { what: 'carried over once' }, keyOf(item));
  });
}
