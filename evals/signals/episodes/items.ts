import { assignAt, type Board, type JiraItem, newItem, workOn } from '../life/board-life.ts';
import type { Label } from '../label.ts';
import {
  dayMs,
  dayText,
  hourMs,
  midnightOf,
  weekdaysAfter,
  workHoursAfter,
} from '../working-time.ts';
import type { World } from '../world.ts';
import { begin, finish, plantItem, someDay } from './plant-item.ts';

export function plantOverdue(world: World, ops: Board): void {
  const rule = 'overdue-story';
  for (let nth = 0; nth < 6; nth += 1) {
    const at = someDay(world);
    const due = midnightOf(weekdaysAfter(at, 4));
    const end = weekdaysAfter(due + 10 * hourMs, world.dice.whole(3, 6));
    const mayFrom = due + dayMs;
    const expected = { what: 'due, and days later not done', mayFrom, mustBy: mayFrom + dayMs };
    const label = world.firing(rule, { ...expected, until: end + 2 * dayMs });
    plantItem(world, ops, { at, labels: [label] }, (made) => {
      world.jira.setDueDay(made, dayText(due), { at, by: made.reporter });
      assignAt(world, ops, made, at + hourMs);
      workOn(world, ops, made, end, 4);
    });
  }
  for (let nth = 0; nth < 3; nth += 1) {
    const at = someDay(world);
    const due = midnightOf(weekdaysAfter(at, 3));
    const evening = {
      at,
      labels: [world.lookAlike(rule, { what: 'done on the evening of its day' })],
    };
    plantItem(world, ops, evening, (made) => {
      world.jira.setDueDay(made, dayText(due), { at, by: made.reporter });
      workOn(world, ops, made, due + 9 * hourMs, 5.5);
    });
    const moved = {
      at,
      labels: [world.lookAlike(rule, { what: 'its day was moved before it came' })],
    };
    plantItem(world, ops, moved, (made) => {
      world.jira.setDueDay(made, dayText(due), { at, by: made.reporter });
      const movedAt = due - 6 * hourMs;
      const later = midnightOf(weekdaysAfter(due, 10));
      world.at(movedAt, () => {
        world.jira.setDueDay(made, dayText(later), { at: movedAt, by: made.reporter });
      });
      workOn(world, ops, made, weekdaysAfter(due + 10 * hourMs, 5), 5);
    });
  }
}

export function plantBlocked(world: World, ops: Board): void {
  const rule = 'blocked-story';
  for (let nth = 0; nth < 6; nth += 1) {
    const at = someDay(world);
    const blockedAt = workHoursAfter(at, 3);
    const end = weekdaysAfter(blockedAt, 4);
    const isFlag = nth % 2 === 0;
    const what = isFlag ? 'flagged for days' : 'waits for another item for days';
    const mayFrom = blockedAt + 5 * hourMs;
    const mustBy = weekdaysAfter(blockedAt, 3);
    const label = world.firing(rule, { what, mayFrom, mustBy, until: end + hourMs });
    const labels = [label];
    if (!isFlag) {
      const justFree = { what: 'what blocked it was done only just now' };
      labels.push(world.lookAlike('started-without-progress', justFree));
    }
    plantItem(world, ops, { at, labels }, (made) => {
      begin(world, ops, made, at + hourMs);
      if (isFlag) flagFor(world, made, blockedAt, end);
      else waitFor(world, ops, made, { at: blockedAt, end });
      finish(world, made, workHoursAfter(end, 3));
    });
  }
  const none = (what: string): Label[] => [world.lookAlike(rule, { what })];
  for (let nth = 0; nth < 2; nth += 1) {
    const at = someDay(world);
    plantItem(world, ops, { at, labels: none('flagged for two hours') }, (made) => {
      begin(world, ops, made, at);
      flagFor(world, made, workHoursAfter(at, 1), workHoursAfter(at, 3));
      finish(world, made, workHoursAfter(at, 9));
    });
    const backlog = { at: someDay(world), labels: none('an order of work in the backlog') };
    plantItem(world, ops, backlog, (made, from) => {
      const first = newItem(world, ops, from);
      world.jira.link(first, 'Blocks', made, { at: from, by: made.reporter });
    });
    const related = { at: someDay(world), labels: none('only related to an open item') };
    plantItem(world, ops, related, (made, from) => {
      const other = newItem(world, ops, from);
      world.jira.link(other, 'Relates', made, { at: from, by: made.reporter });
      workOn(world, ops, made, from, 14);
    });
    const over = { at: someDay(world), labels: none('what blocked it is done') };
    plantItem(world, ops, over, (made, from) => {
      const first = newItem(world, ops, from);
      world.jira.link(first, 'Blocks', made, { at: from, by: made.reporter });
      const done = workOn(world, ops, first, from, 3);
      workOn(world, ops, made, done, 14);
    });
  }
}

function flagFor(world: World, made: JiraItem, at: number, end: number): void {
  world.at(at, () => {
    world.jira.flag(made, true, { at, by: made.assignee });
  });
  world.at(end, () => {
    world.jira.flag(made, false, { at: end, by: made.assignee });
  });
}

function waitFor(
  world: World,
  board: Board,
  made: JiraItem,
  { at, end }: { at: number; end: number },
): void {
  world.at(at, () => {
    const other = newItem(world, board, at);
    world.jira.link(other, 'Blocks', made, { at, by: made.assignee });
    begin(world, board, other, workHoursAfter(at, 4));
    for (let day = 1; day < 4; day += 1) {
      const then = weekdaysAfter(at, day);
      world.at(then, () => {
        world.jira.estimate(other, day, { at: then, by: other.reporter });
      });
    }
    finish(world, other, end);
  });
}

export function plantUnowned(world: World, ops: Board): void {
  const rule = 'story-without-owner';
  const { jira } = world;
  for (let nth = 0; nth < 5; nth += 1) {
    const at = someDay(world);
    const end = weekdaysAfter(at, 3);
    const expected = {
      mayFrom: at + 3 * hourMs,
      mustBy: weekdaysAfter(at, 2),
      until: end + hourMs,
    };
    const label = world.firing(rule, { what: 'at work for days, nobody is named', ...expected });
    plantItem(world, ops, { at, labels: [label] }, (made) => {
      const by = made.reporter;
      jira.transition(made, 'In Progress', { at, by });
      for (const day of [1, 2]) {
        const then = weekdaysAfter(at, day);
        world.at(then, () => {
          jira.estimate(made, day + 3, { at: then, by });
        });
      }
      world.at(end, () => {
        jira.assign(made, by, { at: end, by });
      });
      finish(world, made, workHoursAfter(end, 3));
    });
  }
  const none = (what: string): Label[] => [world.lookAlike(rule, { what })];
  for (let nth = 0; nth < 2; nth += 1) {
    const soon = { at: someDay(world), labels: none('named two hours after it was begun') };
    plantItem(world, ops, soon, (made, at) => {
      const by = made.reporter;
      jira.transition(made, 'In Progress', { at, by });
      const named = workHoursAfter(at, 2);
      world.at(named, () => {
        jira.assign(made, by, { at: named, by });
      });
      finish(world, made, workHoursAfter(at, 9));
    });
    plantItem(
      world,
      ops,
      { at: someDay(world), labels: none('in the backlog for weeks') },
      () => undefined,
    );
    const part = { at: someDay(world), labels: none('a part of an item that somebody has') };
    const whole = { at: part.at, labels: [] };
    plantItem(world, ops, whole, (parent, at) => {
      begin(world, ops, parent, at);
      plantItem(world, ops, { ...part, type: 'subtask', parent }, (made) => {
        jira.transition(made, 'In Progress', { at, by: made.reporter });
        finish(world, made, workHoursAfter(at, 9));
      });
      finish(world, parent, workHoursAfter(at, 10));
    });
  }
}
