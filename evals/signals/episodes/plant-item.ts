import { type Board, type JiraItem, newItem } from '../life/board-life.ts';
import { dayIn } from '../life/code-life.ts';
import type { Label } from '../label.ts';
import type { World } from '../world.ts';

type Plant = (item: JiraItem, at: number) => void;
type NewItem = Parameters<typeof newItem>[3];

/** Plants an item on some day, and gives its key to what is true of it. */
export function plantItem(
  world: World,
  board: Board,
  { at, labels, ...more }: { at: number; labels: readonly Label[] } & NewItem,
  plant: Plant,
): void {
  world.at(at, () => {
    const made = newItem(world, board, at, more);
    for (const label of labels) label.key = `${made.project.key}-${made.number}`;
    plant(made, at);
  });
}

export function someDay(world: World, from = 3, to = 68): number {
  return dayIn(world, world.dice.whole(from, to), world.dice.between(9, 15));
}

export function begin(world: World, board: Board, made: JiraItem, at: number): void {
  const user = world.dice.oneOf(board.people).jira;
  world.at(at, () => {
    world.jira.assign(made, user, { at, by: user });
    world.jira.transition(made, 'In Progress', { at, by: user });
  });
}

export function finish(world: World, made: JiraItem, at: number): void {
  world.at(at, () => {
    world.jira.transition(made, 'Done', { at, by: made.assignee });
  });
}
