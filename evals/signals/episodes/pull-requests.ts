import type { Organisation, Person, PlaceName } from '../organisation.ts';
import { Pull } from '../pull.ts';
import { dayMs, hourMs, weekdaysAfter, workHoursAfter } from '../working-time.ts';
import type { World } from '../world.ts';
import { dayIn } from '../life/code-life.ts';

const busy: readonly PlaceName[] = ['checkout', 'portal', 'ledger', 'platform'];

/** Somewhere in the three months, with an author and somebody who reviews. */
export function somewhere(world: World, { places }: Organisation, from = 3, to = 70) {
  const { dice } = world;
  const place = places[dice.oneOf(busy)];
  const [author, reviewer] = dice.some(place.team, 2) as [Person, Person];
  return { place, author, reviewer, at: dayIn(world, dice.whole(from, to), dice.between(9, 16)) };
}

/** Nobody does anything with it for weeks. */
export function plantStale(world: World, organisation: Organisation): void {
  for (let nth = 0; nth < 6; nth += 1) {
    const { place, author, reviewer, at } = somewhere(world, organisation, 2, 60);
    const quietFrom = workHoursAfter(at, 6);
    const end = weekdaysAfter(quietFrom, world.dice.whole(14, 20));
    const what = 'nobody touches it for weeks';
    const stale = { what, mayFrom: quietFrom + 4 * dayMs, until: end };
    const isAnswered = nth % 2 === 0;
    const waiting = {
      what: isAnswered ? 'changes were asked for and nobody answers' : 'nobody reviews it',
      mayFrom: isAnswered ? weekdaysAfter(quietFrom, 1) : workHoursAfter(at, 7),
      mustBy: weekdaysAfter(quietFrom, isAnswered ? 6 : 3),
      until: end,
    };
    const labels = [
      world.firing('stale-pull-request', { ...stale, mustBy: quietFrom + 10 * dayMs }),
      world.firing(isAnswered ? 'waiting-for-author' : 'waiting-for-review', waiting),
    ];
    const pull = new Pull(world, organisation, { place, author, reviewer, at, labels });
    if (isAnswered) pull.review(reviewer, quietFrom, 'CHANGES_REQUESTED');
    else pull.push(quietFrom);
    if (isAnswered) pull.push(end).review(reviewer, workHoursAfter(end, 2));
    else pull.review(reviewer, end);
    pull.merge(workHoursAfter(end, 3));
  }
  const rule = 'stale-pull-request';
  for (let nth = 0; nth < 3; nth += 1) {
    const { place, author, at } = somewhere(world, organisation, 2, 50);
    const what = 'a draft that rests for weeks';
    const drafts = [rule, 'waiting-for-review'].map((one) => world.lookAlike(one, { what }));
    new Pull(world, organisation, { place, author, at, isDraft: true, labels: drafts }).close(
      weekdaysAfter(at, 18),
    );
    const long = somewhere(world, organisation, 2, 50);
    const labels = [
      world.lookAlike(rule, { what: 'open for three weeks, at work every other day' }),
    ];
    const pull = new Pull(world, organisation, { ...long, labels });
    let now = long.at;
    for (let turn = 0; turn < 10; turn += 1) {
      pull.comment(long.reviewer, workHoursAfter(now, 3));
      pull.push(workHoursAfter(now, 8));
      now = workHoursAfter(now, 12);
      pull.review(long.reviewer, now, 'COMMENTED').push(workHoursAfter(now, 1));
    }
    now = workHoursAfter(now, 2);
    pull.review(long.reviewer, now).merge(workHoursAfter(now, 1));
    botPull(world, organisation, [rule, 'waiting-for-review'], 'a program opened it');
  }
}

function botPull(
  world: World,
  organisation: Organisation,
  rules: readonly string[],
  what: string,
): void {
  const { place, at } = somewhere(world, organisation, 2, 55);
  const labels = rules.map((rule) => world.lookAlike(rule, { what }));
  const { dependabot: author } = organisation;
  const title = `Bump left-trim from 1.${world.dice.whole(0, 9)}.0 to 2.0.0`;
  new Pull(world, organisation, {
    ...{
      place,
      author,
      at,
      title,
      labels,
      lines: 6,
      headRefName: `dependabot/npm/left-trim-${at}`,
    },
  }).close(weekdaysAfter(at, 13));
}

/** It waits for a first answer over several working days. */
export function plantWaiting(world: World, organisation: Organisation): void {
  const { dice } = world;
  for (let nth = 0; nth < 6; nth += 1) {
    const { place, author, reviewer, at } = somewhere(world, organisation);
    const end = weekdaysAfter(at, dice.whole(4, 5));
    const labels = [
      world.firing('waiting-for-review', {
        what: 'nobody reviews it for days',
        mayFrom: workHoursAfter(at, 7),
        mustBy: weekdaysAfter(at, 3),
        until: end,
      }),
    ];
    new Pull(world, organisation, { place, author, reviewer, at, labels })
      .review(reviewer, end)
      .merge(workHoursAfter(end, 1));
  }
  for (let nth = 0; nth < 6; nth += 1) {
    const { place, author, reviewer, at } = somewhere(world, organisation);
    const asked = workHoursAfter(at, 2);
    const end = weekdaysAfter(asked, dice.whole(8, 11));
    const labels = [
      world.firing('waiting-for-author', {
        what: 'changes were asked for; the author is silent for two weeks',
        mayFrom: weekdaysAfter(asked, 1),
        mustBy: weekdaysAfter(asked, 6),
        until: end,
      }),
      world.either('stale-pull-request', {
        what: 'silent for longer than a week',
        mayFrom: asked + 4 * dayMs,
      }),
    ];
    new Pull(world, organisation, { place, author, reviewer, at, labels })
      .review(reviewer, asked, 'CHANGES_REQUESTED')
      .push(end)
      .review(reviewer, workHoursAfter(end, 2))
      .merge(workHoursAfter(end, 3));
  }
  for (let nth = 0; nth < 6; nth += 1) overTheWeekend(world, organisation);
  for (let nth = 0; nth < 3; nth += 1) approvedAndLeft(world, organisation);
  for (let nth = 0; nth < 6; nth += 1) answeredNextDay(world, organisation);
}

function overTheWeekend(world: World, organisation: Organisation): void {
  const { dice } = world;
  const { place, author, reviewer } = somewhere(world, organisation);
  // Weeks begin on Mondays here.
  const friday = world.from + (7 * dice.whole(0, 11) + 4) * dayMs;
  const at = friday + dice.between(14.5, 16.5) * hourMs;
  const labels = [
    world.lookAlike('waiting-for-review', { what: 'opened on Friday, read on Monday' }),
  ];
  const monday = workHoursAfter(friday + 3 * dayMs, dice.between(1, 3));
  const opened = Math.floor(at);
  new Pull(world, organisation, { place, author, reviewer, at: opened, labels })
    .review(reviewer, monday)
    .merge(workHoursAfter(monday, 1));
}

function approvedAndLeft(world: World, organisation: Organisation): void {
  const { place, author, reviewer, at } = somewhere(world, organisation);
  const what = 'approved at once, merged days later';
  const labels = ['waiting-for-review', 'waiting-for-author'].map((rule) =>
    world.lookAlike(rule, { what }),
  );
  new Pull(world, organisation, { place, author, reviewer, at, labels })
    .review(reviewer, workHoursAfter(at, 1))
    .merge(weekdaysAfter(at, 4));
}

function answeredNextDay(world: World, organisation: Organisation): void {
  const { place, author, reviewer, at } = somewhere(world, organisation);
  const labels = [
    world.lookAlike('waiting-for-author', { what: 'changes asked for, answered the next day' }),
  ];
  const asked = workHoursAfter(at, 2);
  const answered = workHoursAfter(asked, world.dice.between(4, 9));
  new Pull(world, organisation, { place, author, reviewer, at, labels })
    .review(reviewer, asked, 'CHANGES_REQUESTED')
    .push(answered)
    .review(reviewer, workHoursAfter(answered, 2))
    .merge(workHoursAfter(answered, 3));
}
