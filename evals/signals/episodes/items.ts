import { dayIn } from '../life/code-life.ts';
import { assignAt, type Board, type JiraItem, newItem, workOn } from '../life/board-life.ts';
import type { Label } from '../label.ts';
import type { Organisation, Person } from '../organisation.ts';
import { Pull } from '../pull.ts';
import {
  dayMs,
  dayText,
  hourMs,
  midnightOf,
  weekdaysAfter,
  workHoursAfter,
} from '../working-time.ts';
import type { World } from '../world.ts';

type Plant = (item: JiraItem, at: number) => void;
type NewItem = Parameters<typeof newItem>[3];

/** Plants an item on some day, and gives its key to what is true of it. */
function item(
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

function someDay(world: World, from = 3, to = 68): number {
  return dayIn(world, world.dice.whole(from, to), world.dice.between(9, 15));
}

export function plantOverdue(world: World, ops: Board): void {
  const rule = 'overdue-story';
  for (let nth = 0; nth < 6; nth += 1) {
    const at = someDay(world);
    const due = midnightOf(weekdaysAfter(at, 4));
    const end = weekdaysAfter(due + 10 * hourMs, world.dice.whole(3, 6));
    const mayFrom = due + dayMs;
    const expected = { what: 'due, and days later not done', mayFrom, mustBy: mayFrom + dayMs };
    const label = world.firing(rule, { ...expected, until: end + 2 * dayMs });
    item(world, ops, { at, labels: [label] }, (made) => {
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
    item(world, ops, evening, (made) => {
      world.jira.setDueDay(made, dayText(due), { at, by: made.reporter });
      workOn(world, ops, made, due + 9 * hourMs, 5.5);
    });
    const moved = {
      at,
      labels: [world.lookAlike(rule, { what: 'its day was moved before it came' })],
    };
    item(world, ops, moved, (made) => {
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
    item(world, ops, { at, labels: [label] }, (made) => {
      begin(world, ops, made, at + hourMs);
      if (isFlag) flagFor(world, made, blockedAt, end);
      else waitFor(world, ops, made, { at: blockedAt, end });
      finish(world, made, workHoursAfter(end, 3));
    });
  }
  const none = (what: string): Label[] => [world.lookAlike(rule, { what })];
  for (let nth = 0; nth < 2; nth += 1) {
    const at = someDay(world);
    item(world, ops, { at, labels: none('flagged for two hours') }, (made) => {
      begin(world, ops, made, at);
      flagFor(world, made, workHoursAfter(at, 1), workHoursAfter(at, 3));
      finish(world, made, workHoursAfter(at, 9));
    });
    const backlog = { at: someDay(world), labels: none('an order of work in the backlog') };
    item(world, ops, backlog, (made, from) => {
      const first = newItem(world, ops, from);
      world.jira.link(first, 'Blocks', made, { at: from, by: made.reporter });
    });
    const related = { at: someDay(world), labels: none('only related to an open item') };
    item(world, ops, related, (made, from) => {
      const other = newItem(world, ops, from);
      world.jira.link(other, 'Relates', made, { at: from, by: made.reporter });
      workOn(world, ops, made, from, 14);
    });
    const over = { at: someDay(world), labels: none('what blocked it is done') };
    item(world, ops, over, (made, from) => {
      const first = newItem(world, ops, from);
      world.jira.link(first, 'Blocks', made, { at: from, by: made.reporter });
      const done = workOn(world, ops, first, from, 3);
      workOn(world, ops, made, done, 14);
    });
  }
}

function begin(world: World, board: Board, made: JiraItem, at: number): void {
  const user = world.dice.oneOf(board.people).jira;
  world.at(at, () => {
    world.jira.assign(made, user, { at, by: user });
    world.jira.transition(made, 'In Progress', { at, by: user });
  });
}

function finish(world: World, made: JiraItem, at: number): void {
  world.at(at, () => {
    world.jira.transition(made, 'Done', { at, by: made.assignee });
  });
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
    item(world, ops, { at, labels: [label] }, (made) => {
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
    item(world, ops, soon, (made, at) => {
      const by = made.reporter;
      jira.transition(made, 'In Progress', { at, by });
      const named = workHoursAfter(at, 2);
      world.at(named, () => {
        jira.assign(made, by, { at: named, by });
      });
      finish(world, made, workHoursAfter(at, 9));
    });
    item(
      world,
      ops,
      { at: someDay(world), labels: none('in the backlog for weeks') },
      () => undefined,
    );
    const part = { at: someDay(world), labels: none('a part of an item that somebody has') };
    const whole = { at: part.at, labels: [] };
    item(world, ops, whole, (parent, at) => {
      begin(world, ops, parent, at);
      item(world, ops, { ...part, type: 'subtask', parent }, (made) => {
        jira.transition(made, 'In Progress', { at, by: made.reporter });
        finish(world, made, workHoursAfter(at, 9));
      });
      finish(world, parent, workHoursAfter(at, 10));
    });
  }
}

export function plantStuck(world: World, organisation: Organisation, ops: Board): void {
  const rule = 'started-without-progress';
  const { jira, dice } = world;
  for (let nth = 0; nth < 5; nth += 1) {
    const at = someDay(world);
    const end = weekdaysAfter(at, dice.whole(10, 13));
    const mayFrom = weekdaysAfter(at, 2);
    const expected = { mayFrom, mustBy: weekdaysAfter(at, 7), until: end + hourMs };
    const label = world.firing(rule, { what: 'begun, and silent for two weeks', ...expected });
    item(world, ops, { at, labels: [label] }, (made) => {
      begin(world, ops, made, at);
      finish(world, made, end);
    });
  }
  for (let nth = 0; nth < 3; nth += 1) {
    const moved = {
      at: someDay(world),
      labels: [world.lookAlike(rule, { what: 'long, moved daily' })],
    };
    item(world, ops, moved, (made, at) => {
      begin(world, ops, made, at);
      for (let day = 1; day <= 9; day += 1) {
        const then = weekdaysAfter(at, day);
        world.at(then, () => {
          const status = day % 2 === 0 ? 'In Progress' : 'In Review';
          jira.transition(made, status, { at: then, by: made.assignee });
        });
      }
      finish(world, made, weekdaysAfter(at, 10));
    });
    const what = 'long, with a pull request that moves daily';
    item(
      world,
      ops,
      { at: someDay(world), labels: [world.lookAlike(rule, { what })] },
      (made, at) => {
        begin(world, ops, made, at);
        movingPull(world, organisation, made, at);
        finish(world, made, weekdaysAfter(at, 10));
      },
    );
  }
}

/** A pull request of an item on which something happens each day. */
function movingPull(
  world: World,
  { places, ...rest }: Organisation,
  made: JiraItem,
  at: number,
): void {
  const place = world.dice.oneOf([places.checkout, places.portal]);
  const [author, reviewer] = world.dice.some(place.team, 2) as [Person, Person];
  const title = `${made.project.key}-${made.number}: a long change`;
  const pull = new Pull(
    world,
    { places, ...rest },
    {
      ...{ place, author, reviewer, title, at: workHoursAfter(at, 2) },
    },
  );
  for (let day = 1; day <= 9; day += 1) {
    const then = weekdaysAfter(at, day);
    pull.review(reviewer, then, 'COMMENTED').push(workHoursAfter(then, 2));
  }
  const end = weekdaysAfter(at, 10);
  pull.review(reviewer, end).merge(workHoursAfter(end, 1));
}

const leaky = [
  'Replace AKIAQ3EGRX7KLMNOPQRS in the export',
  'Cannot log in as peter.lang@customer-mail.com',
  'Rotate ghp_9zY8xW7vU6tS5rQ4pO3nM2lK1jI0hG9fE8dC',
  'Refund to DE89 3704 0044 0532 0130 00 failed',
];
const harmless = [
  'Let people see when their password was changed',
  'Tokens end after an hour',
  'Show 2026-09-30 as the last day',
  'Order 1000000042 has two invoices',
];

export function plantLeakyItems(world: World, ops: Board): void {
  const rule = 'sensitive-work-item-title';
  for (const summary of leaky) {
    const at = someDay(world);
    const end = weekdaysAfter(at, 3);
    const expected = { what: summary, mayFrom: at, mustBy: at + dayMs, until: end + hourMs };
    item(world, ops, { at, summary, labels: [world.firing(rule, expected)] }, (made) => {
      world.at(end, () => {
        world.jira.rename(made, 'Put it right', { at: end, by: made.reporter });
      });
    });
  }
  for (const summary of harmless) {
    const labels = [world.lookAlike(rule, { what: summary })];
    item(world, ops, { at: someDay(world), summary, labels }, () => undefined);
  }
}

/** For four weeks as much comes in from the side as was planned. */
export function plantUnplanned(world: World, boards: readonly Board[]): void {
  const rule = 'unplanned-work-share';
  const from = world.from + world.dice.whole(52, 56) * dayMs;
  for (let at = from; at < world.to; at += 14 * hourMs) {
    const then = workHoursAfter(at, world.dice.between(0, 4));
    world.at(then, () => {
      const board = world.dice.oneOf(boards);
      workOn(world, board, newItem(world, board, then, { type: 'bug' }), then);
    });
  }
  const what = 'half of what is taken up was never planned';
  const expected = { mayFrom: from + 5 * dayMs, mustBy: from + 28 * dayMs, until: world.to };
  world.firing(rule, { what, ...expected }, 'default');
  for (const team of ['payments', 'web', 'platform']) {
    world.lookAlike(rule, { what: 'a team of whose items hardly any are known' }, team);
  }
}
