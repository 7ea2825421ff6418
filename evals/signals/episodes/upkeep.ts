import type { Label } from '../label.ts';
import { type Board, newItem } from '../life/board-life.ts';
import { dayIn } from '../life/code-life.ts';
import { dayMs, hourMs, midnightOf, minuteMs } from '../working-time.ts';
import type { World } from '../world.ts';

interface Proposal {
  type: 'note.write' | 'switch.turn';
  at: number;
  /** When whoever proposed it takes it back; it expires where they do not. */
  takenBackAt?: number;
  label: Label;
}

/** Actions that nobody decides on until most of their time is gone; and ones that are settled in time. */
export function plantApprovals(world: World): void {
  const rule = 'approval-waiting';
  const { dice } = world;
  // Never before the first reading of a day.
  const weekday = (hour: number) =>
    Math.floor(midnightOf(dayIn(world, dice.whole(2, 78), 12)) + hour * hourMs);
  const evening = (at: number, days: number) => midnightOf(at) + days * dayMs + 18 * hourMs;
  for (let nth = 0; nth < 3; nth += 1) {
    const at = weekday(dice.between(9.6, 12));
    const takenBackAt = nth === 0 ? undefined : evening(at, 2);
    const until = (takenBackAt ?? at + 72 * hourMs) + hourMs;
    const expected = { mayFrom: at + 35 * hourMs, mustBy: at + 37 * hourMs, until };
    const label = world.firing(rule, {
      what: 'three days to decide, and nobody does',
      ...expected,
    });
    propose(world, { type: 'note.write', at, label, ...(takenBackAt && { takenBackAt }) });
    const late = weekday(dice.between(16.6, 16.9));
    const overnight = { mayFrom: late + 11 * hourMs, mustBy: late + 13 * hourMs };
    const risky = world.firing(rule, {
      ...{ what: 'a day to decide, proposed in the evening', until: late + 25 * hourMs },
      ...overnight,
    });
    propose(world, { type: 'switch.turn', at: late, label: risky });
    const soon = weekday(dice.between(9.6, 15));
    propose(world, {
      ...{ type: 'note.write', at: soon, takenBackAt: evening(soon, nth % 2) },
      label: world.lookAlike(rule, { what: 'settled by the day after' }),
    });
    const quick = weekday(9.6);
    propose(world, {
      ...{ type: 'switch.turn', at: quick, takenBackAt: quick + 8 * hourMs },
      label: world.lookAlike(rule, { what: 'a day to decide, settled the same day' }),
    });
  }
}

function propose(world: World, { type, at, takenBackAt, label }: Proposal): void {
  let id = '';
  world.deed(at, async ({ actions }) => {
    const payload = { text: 'As agreed.' };
    const proposed = await actions.propose({ type, payload, idempotencyKey: `${type} ${at}` });
    id = proposed.id;
    label.key = `${type} ${id.slice(-6)}`;
  });
  if (takenBackAt === undefined) return;
  world.deed(Math.floor(takenBackAt), async ({ actions }) => {
    await actions.withdraw(id);
  });
}

/** For two days nothing is indexed; or much is written at once, and found at once. */
export function plantLateIndex(world: World, ops: Board): void {
  const rule = 'index-lag';
  const begins = dayIn(world, world.dice.whole(12, 60), 9) - 5 * hourMs;
  const ends = begins + 2 * dayMs;
  world.at(begins, () => (world.outages.index = true));
  world.at(ends, () => (world.outages.index = false));
  // What waited so long is among the slowest of a day for one more day.
  const expected = { mayFrom: begins, mustBy: begins + dayMs, until: ends + 2 * dayMs };
  const what = 'nothing that is written can be found for two days';
  world.firing(rule, { what, ...expected }, 'workspace');
  for (const [after, count] of [
    [-6, 60],
    [8, 120],
  ] as const) {
    const at = begins + after * dayMs + 5 * hourMs;
    const about = { mayFrom: at - hourMs, mustBy: at, until: at + dayMs };
    world.lookAlike(rule, { what: `${count} items are written in an hour`, ...about }, 'workspace');
    for (let nth = 0; nth < count; nth += 1) {
      const then = at + nth * (minuteMs / 2);
      world.at(then, () => {
        newItem(world, ops, then);
      });
    }
  }
}
