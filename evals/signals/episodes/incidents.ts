import { dayIn } from '../life/code-life.ts';
import { type Board, newItem, workOn } from '../life/board-life.ts';
import type { Label } from '../label.ts';
import type { Organisation } from '../organisation.ts';
import { dayMs, hourMs, midnightOf, minuteMs, weekdaysAfter } from '../working-time.ts';
import type { World } from '../world.ts';

interface NewIncident {
  at: number;
  urgency?: 'high' | 'low';
  /** When somebody takes it; nobody does unless told. */
  takenAfterMs?: number;
  openForMs: number;
  /** When what follows from it is written down. */
  followUpAt?: number;
  labels?: readonly Label[];
}

const troubles = ['Payments time out', 'Queue grows', 'Errors at the login', 'Disk is nearly full'];

/** Plants what breaks and who sees to it. */
export function plantIncidents(world: World, organisation: Organisation, ops: Board): void {
  const { dice, pagerduty } = world;
  const [first, second] = organisation.people;
  if (first === undefined || second === undefined) return;
  const policy = pagerduty.addPolicy('On call', [[first.pager], [second.pager]]);
  const services = ['Checkout API', 'Ledger', 'Login'].map((name) =>
    pagerduty.addService(name, policy, world.begins),
  );
  let count = 0;
  const incident = ({ at, takenAfterMs, openForMs, followUpAt, ...more }: NewIncident): void => {
    const { urgency = 'high', labels = [] } = more;
    const title = `${dice.oneOf(troubles)} ${(count += 1) + 100}`;
    world.at(at, () => {
      const row = pagerduty.addIncident(dice.oneOf(services), { createdAt: at, title, urgency });
      for (const label of labels) label.key = row.id;
      if (takenAfterMs !== undefined) {
        const then = at + takenAfterMs;
        world.at(then, () => pagerduty.acknowledge(row, first.pager, then));
      }
      const end = at + openForMs;
      world.at(end, () => pagerduty.resolve(row, first.pager, end));
      if (followUpAt === undefined) return;
      world.at(followUpAt, () => {
        const summary = `Follow up on incident #${row.number}: ${title}`;
        const made = newItem(world, ops, followUpAt, { summary, type: 'bug' });
        workOn(world, ops, made, followUpAt + hourMs);
      });
    });
  };
  // Two weeks apart, because PagerDuty is away for a while in between.
  const morning = (from: number, to: number, hour: number): number => {
    for (;;) {
      const at = midnightOf(dayIn(world, dice.whole(from, to), 9)) + hour * hourMs;
      if (!isAway(world, at) && !isAway(world, at + 4 * dayMs)) return Math.floor(at);
    }
  };
  plantUntaken(world, incident, morning);
  plantLong(world, incident, morning);
  plantForgotten(world, incident, morning);
  ordinary(world, incident);
}

type Morning = (from: number, to: number, hour: number) => number;
type Incident = (incident: NewIncident) => void;

function plantUntaken(world: World, incident: Incident, morning: Morning): void {
  const rule = 'incident-without-owner';
  const { dice } = world;
  for (let nth = 0; nth < 5; nth += 1) {
    const at = morning(3, 82, dice.between(6.2, 7.5));
    const takenAfterMs = 3.6 * hourMs;
    const until = at + takenAfterMs + 12 * hourMs;
    const expected = {
      what: 'nobody takes it for hours',
      mayFrom: at,
      mustBy: at + 2 * hourMs,
      until,
    };
    incident({
      ...{ at, takenAfterMs, openForMs: takenAfterMs + 15 * minuteMs },
      ...{ followUpAt: at + dayMs + 6 * hourMs, labels: [world.firing(rule, expected)] },
    });
  }
  for (let nth = 0; nth < 6; nth += 1) {
    // Minutes before the sources are read: it is open then, and taken.
    const at = morning(3, 82, 9.5) - 25 * minuteMs;
    const what = 'taken within minutes';
    incident({
      ...{ at, urgency: nth % 2 === 0 ? 'high' : 'low', takenAfterMs: 4 * minuteMs },
      ...{ openForMs: 50 * minuteMs, followUpAt: at + dayMs },
      labels: [
        world.lookAlike(rule, { what }),
        world.lookAlike('incident-open-past-target', { what }),
      ],
    });
  }
}

function plantLong(world: World, incident: Incident, morning: Morning): void {
  const rule = 'incident-open-past-target';
  const { dice } = world;
  for (let nth = 0; nth < 5; nth += 1) {
    const at = morning(3, 80, dice.between(8, 15));
    const openForMs = dice.between(30, 40) * hourMs;
    const expected = {
      ...{ what: 'taken, and open for more than a day', mayFrom: at + hourMs },
      ...{ mustBy: at + 10 * hourMs, until: at + openForMs + 12 * hourMs },
    };
    incident({
      ...{ at, openForMs, takenAfterMs: 5 * minuteMs, labels: [world.firing(rule, expected)] },
      followUpAt: at + openForMs + dayMs,
    });
  }
  for (let nth = 0; nth < 3; nth += 1) {
    const at = morning(3, 80, dice.between(8, 9));
    const labels = [world.lookAlike(rule, { what: 'of low urgency, open for a working day' })];
    incident({ at, urgency: 'low', takenAfterMs: 6 * minuteMs, openForMs: 8 * hourMs, labels });
  }
}

function plantForgotten(world: World, incident: Incident, morning: Morning): void {
  const rule = 'missing-follow-up';
  const { dice } = world;
  for (let nth = 0; nth < 4; nth += 1) {
    const at = morning(3, 66, dice.between(10, 14));
    const openForMs = dice.between(1, 2.5) * hourMs;
    const followUpAt = weekdaysAfter(at + openForMs, 12);
    const expected = {
      ...{ what: 'severe, and nothing is written down', mayFrom: weekdaysAfter(at, 3) },
      ...{ mustBy: weekdaysAfter(at, 8), until: followUpAt + hourMs },
    };
    incident({
      ...{ at, openForMs, takenAfterMs: 3 * minuteMs, followUpAt },
      labels: [world.firing(rule, expected)],
    });
    const well = morning(3, 66, dice.between(10, 14));
    incident({
      ...{ at: well, openForMs, takenAfterMs: 3 * minuteMs, followUpAt: weekdaysAfter(well, 2) },
      labels: [world.lookAlike(rule, { what: 'written down two days later' })],
    });
    const small = morning(3, 66, dice.between(10, 14));
    incident({
      ...{ at: small, openForMs, takenAfterMs: 3 * minuteMs, urgency: 'low' },
      labels: [world.lookAlike(rule, { what: 'of low urgency' })],
    });
  }
}

function ordinary(world: World, incident: Incident): void {
  for (let day = world.begins; day < world.to; day += 3 * dayMs) {
    const at = day + world.dice.whole(1, 22) * hourMs;
    if (isAway(world, at)) continue;
    incident({ at, urgency: 'low', takenAfterMs: 4 * minuteMs, openForMs: hourMs });
  }
}

/** PagerDuty cannot be read for two and a half days; for some hours on another day. */
const awayFromDay = 40;
const awayDays = 2.5;

function isAway({ from }: World, at: number): boolean {
  return at > from + (awayFromDay - 1) * dayMs && at < from + (awayFromDay + awayDays + 1) * dayMs;
}

export function plantOutage(world: World): void {
  const begins = world.from + awayFromDay * dayMs;
  const ends = begins + awayDays * dayMs;
  world.at(begins, () => (world.outages.pagerduty = true));
  world.at(ends, () => (world.outages.pagerduty = false));
  const expected = {
    mayFrom: begins + 8 * hourMs,
    mustBy: begins + 30 * hourMs,
    until: ends + dayMs,
  };
  world.firing('sync-stale', { what: 'cannot be read for days', ...expected }, 'pagerduty *');
  const short = world.from + 20 * dayMs + 8 * hourMs;
  world.at(short, () => (world.outages.pagerduty = true));
  world.at(short + 4 * hourMs, () => (world.outages.pagerduty = false));
  const about = { mayFrom: short, mustBy: short, until: short + 2 * dayMs };
  world.lookAlike('sync-stale', { what: 'could not be read once', ...about }, 'pagerduty *');
  world.lookAlike('sync-stale', { what: 'is read all the time' }, 'github *');
  world.lookAlike('sync-stale', { what: 'is read all the time' }, 'jira *');
}
