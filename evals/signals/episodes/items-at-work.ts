import { type Board, type JiraItem, newItem, workOn } from '../life/board-life.ts';
import type { Organisation, Person } from '../organisation.ts';
import { Pull } from '../pull.ts';
import { dayMs, hourMs, weekdaysAfter, workHoursAfter } from '../working-time.ts';
import type { World } from '../world.ts';
import { begin, finish, plantItem, someDay } from './plant-item.ts';

export function plantStuck(world: World, organisation: Organisation, ops: Board): void {
  const rule = 'started-without-progress';
  const { jira, dice } = world;
  for (let nth = 0; nth < 5; nth += 1) {
    const at = someDay(world);
    const end = weekdaysAfter(at, dice.whole(10, 13));
    const mayFrom = weekdaysAfter(at, 2);
    const expected = { mayFrom, mustBy: weekdaysAfter(at, 7), until: end + hourMs };
    const label = world.firing(rule, { what: 'begun, and silent for two weeks', ...expected });
    plantItem(world, ops, { at, labels: [label] }, (made) => {
      begin(world, ops, made, at);
      finish(world, made, end);
    });
  }
  for (let nth = 0; nth < 3; nth += 1) {
    const moved = {
      at: someDay(world),
      labels: [world.lookAlike(rule, { what: 'long, moved daily' })],
    };
    plantItem(world, ops, moved, (made, at) => {
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
    plantItem(
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
    plantItem(world, ops, { at, summary, labels: [world.firing(rule, expected)] }, (made) => {
      world.at(end, () => {
        world.jira.rename(made, 'Put it right', { at: end, by: made.reporter });
      });
    });
  }
  for (const summary of harmless) {
    const labels = [world.lookAlike(rule, { what: summary })];
    plantItem(world, ops, { at: someDay(world), summary, labels }, () => undefined);
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
