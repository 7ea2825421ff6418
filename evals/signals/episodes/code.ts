import type { Label } from '../label.ts';
import type { Organisation } from '../organisation.ts';
import { Pull } from '../pull.ts';
import { dayMs, hourMs, minuteMs, weekdaysAfter, workHoursAfter } from '../working-time.ts';
import type { World } from '../world.ts';
import { somewhere } from './pull-requests.ts';

/** Changes that nobody can read in one go, and large ones that nobody has to. */
export function plantOversized(world: World, organisation: Organisation): void {
  const rule = 'oversized-pull-request';
  const { dice } = world;
  for (let nth = 0; nth < 6; nth += 1) {
    const { place, author, reviewer, at } = somewhere(world, organisation, 3, 78);
    const end = weekdaysAfter(at, 3);
    const what = 'far more than anybody reads in one go';
    const label = world.firing(rule, { what, mayFrom: at, mustBy: at + dayMs, until: end });
    const pull = new Pull(world, organisation, {
      ...{ place, author, reviewer, at, labels: [label], lines: dice.whole(1_400, 4_000) },
    });
    pull.review(reviewer, workHoursAfter(at, 4), 'COMMENTED').push(workHoursAfter(at, 8));
    pull.review(reviewer, workHoursAfter(at, 12), 'COMMENTED').push(workHoursAfter(at, 16));
    pull.review(reviewer, workHoursAfter(at, 20)).merge(end);
  }
  const none = (what: string): Label[] => [world.lookAlike(rule, { what })];
  for (let nth = 0; nth < 2; nth += 1) {
    const usual = somewhere(world, organisation, 3, 78);
    const labels = none('some three hundred lines');
    new Pull(world, organisation, { ...usual, labels, lines: dice.whole(280, 360) })
      .review(usual.reviewer, workHoursAfter(usual.at, 4))
      .merge(weekdaysAfter(usual.at, 2));
    const draft = somewhere(world, organisation, 3, 78);
    new Pull(world, organisation, {
      ...{ ...draft, labels: none('a large draft'), lines: 2_600, isDraft: true },
    }).close(weekdaysAfter(draft.at, 4));
    const lock = somewhere(world, organisation, 3, 78);
    new Pull(world, organisation, {
      ...{ place: lock.place, author: organisation.dependabot, at: lock.at, lines: 6_000 },
      ...{ title: 'Bump the minor group from 1.4.0 to 1.5.0', labels: none('by a program') },
      headRefName: `dependabot/npm/group-${nth}`,
    })
      .review(lock.reviewer, workHoursAfter(lock.at, 9))
      .merge(workHoursAfter(lock.at, 10));
  }
}

/** What is merged although nobody else has looked at it, and what only looks so. */
export function plantUnreviewed(world: World, organisation: Organisation): void {
  const rule = 'merge-without-review';
  const firing = (): Label =>
    world.firing(rule, { what: 'merged, read by nobody', mayFrom: 0, mustBy: 0, until: 0 });
  for (let nth = 0; nth < 6; nth += 1) {
    const { place, author, at } = somewhere(world, organisation, 3, 78);
    const merged = workHoursAfter(at, world.dice.between(0.5, 3));
    const label = Object.assign(firing(), {
      ...{ mayFrom: merged, mustBy: merged + dayMs, until: merged + 30 * dayMs },
    });
    new Pull(world, organisation, { place, author, at, labels: [label] }).merge(merged);
  }
  const none = (what: string): Label[] => [world.lookAlike(rule, { what })];
  for (let nth = 0; nth < 2; nth += 1) {
    const hot = somewhere(world, organisation);
    new Pull(world, organisation, {
      ...{ ...hot, title: 'Hotfix: round the totals down', labels: none('an approved hotfix') },
    })
      .review(hot.reviewer, hot.at + 12 * minuteMs)
      .merge(hot.at + 15 * minuteMs);
    const bot = somewhere(world, organisation);
    new Pull(world, organisation, {
      ...{ place: bot.place, author: organisation.dependabot, at: bot.at, lines: 4 },
      ...{ title: 'Bump pad-left from 2.1.0 to 2.1.1', labels: none('a program merged its own') },
      headRefName: `dependabot/npm/pad-left-${nth}`,
    }).merge(bot.at + hourMs);
    const side = somewhere(world, organisation);
    new Pull(world, organisation, {
      ...{ ...side, labels: none('merged into somebody’s topic branch') },
      baseRefName: 'topic-of-a-topic',
    }).merge(workHoursAfter(side.at, 2));
    const talked = somewhere(world, organisation);
    const { reviewer: other, ...unasked } = talked;
    new Pull(world, organisation, {
      ...unasked,
      labels: none('read by somebody who was not asked'),
    })
      .review(other, workHoursAfter(talked.at, 2))
      .merge(workHoursAfter(talked.at, 3));
  }
}

/** Titles that give something away, and titles that only look it. None of the values is a real one. */
const leaky = [
  'Rotate AKIAQ3EGRX7KLMNOPQRS after the leak',
  'Use ghp_0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX for the mirror',
  'Fix login of maria.keller@customer-mail.com',
  'Test with card 4012 8888 8888 1881',
  'password=Sommer-2026-geheim for the test server',
];
const harmless = [
  'Revert 3f2c9a17b0e84d6f5a1c2b3d4e5f60718293a4b5',
  'Let people reset their password',
  'Refresh the token of a session before it ends',
  'Raise the version to 2026.10.21',
  'Key 550e8400-e29b-41d4-a716-446655440000 is an example of the format',
  'Send the mail from the address of the team',
];

export function plantLeakyTitles(world: World, organisation: Organisation): void {
  const rule = 'sensitive-title';
  const plant = (title: string, labels: Label[], at: number): void => {
    const { place, author, reviewer } = somewhere(world, organisation);
    new Pull(world, organisation, { place, author, reviewer, at, title, labels })
      .review(reviewer, workHoursAfter(at, 3))
      .merge(workHoursAfter(at, 5));
  };
  for (const title of leaky) {
    const { at } = somewhere(world, organisation, 3, 78);
    const expected = { what: title, mayFrom: at, mustBy: at + dayMs, until: at + 30 * dayMs };
    plant(title, [world.firing(rule, expected)], at);
  }
  for (const title of harmless) {
    const { at } = somewhere(world, organisation, 3, 78);
    plant(title, [world.lookAlike(rule, { what: title })], at);
  }
}

/** Updates of dependencies that nobody takes, and some that somebody does. */
export function plantBacklog(world: World, organisation: Organisation): void {
  const rule = 'dependency-update-backlog';
  const { dice } = world;
  const { dependabot: author, places } = organisation;
  const opens = (at: number, name: 'mobile' | 'portal' | 'checkout', nth: number): Pull =>
    new Pull(world, organisation, {
      ...{ place: places[name], author, at, lines: 8 },
      title: `Bump package-${nth} from ${nth}.0.0 to ${nth + 1}.0.0`,
      headRefName: `dependabot/npm/package-${nth}-${at}`,
    });
  const begin = world.from + dice.whole(15, 22) * dayMs;
  const end = begin + dice.whole(38, 42) * dayMs;
  for (let nth = 0; nth < 8; nth += 1) {
    opens(begin + nth * 6 * hourMs, 'mobile', nth).merge(workHoursAfter(end, nth * 0.4));
  }
  const expected = { mayFrom: begin + 8 * dayMs, mustBy: begin + 21 * dayMs, until: end + dayMs };
  world.firing(rule, { what: 'eight updates that nobody takes', ...expected }, 'mobile');
  world.lookAlike(rule, { what: 'six updates on one day, taken within the week' }, 'portal');
  const day = world.from + dice.whole(30, 50) * dayMs + 6 * hourMs;
  for (let nth = 0; nth < 6; nth += 1) {
    opens(day + nth * minuteMs, 'portal', nth).merge(
      weekdaysAfter(day, 2 + (nth % 3)) + 4 * hourMs,
    );
  }
  world.lookAlike(rule, { what: 'two old updates' }, 'checkout');
  for (let nth = 0; nth < 2; nth += 1) opens(day, 'checkout', nth).close(day + 40 * dayMs);
}
