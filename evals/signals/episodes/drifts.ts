import type { Bend } from '../life/code-life.ts';
import { dayMs, weekMs } from '../working-time.ts';
import type { World } from '../world.ts';

/** What changes slowly: how teams work over weeks. Returns how their work is bent for it. */
export function plantDrifts(world: World): Bend[] {
  const { dice, from, to } = world;
  const bends: Bend[] = [];

  const slowFrom = from + dice.whole(5, 6) * weekMs;
  bends.push({ place: 'ledger', from: slowFrom, to, extraWorkHours: [30, 50] });
  const drift = { mayFrom: slowFrom + weekMs, mustBy: slowFrom + 5 * weekMs, until: to };
  world.firing('lead-time-drift', { what: 'a change takes days longer', ...drift }, 'ledger');
  const restless = from + dice.whole(2, 8) * weekMs;
  bends.push({
    place: 'platform',
    from: restless,
    to: restless + 2 * dayMs,
    extraWorkHours: [30, 40],
  });
  world.lookAlike('lead-time-drift', { what: 'two days of slow changes' }, 'platform');
  world.lookAlike('lead-time-drift', { what: 'as always' }, 'checkout');

  const quietFrom = from + dice.whole(6, 7) * weekMs;
  bends.push({ place: 'mobile', from: quietFrom, to, share: 0.2 });
  const drop = { mayFrom: quietFrom + weekMs, mustBy: quietFrom + 5 * weekMs, until: to };
  world.firing('throughput-drop', { what: 'a fifth of what it was', ...drop }, 'mobile');
  // The few long ones that are planted anywhere are a larger part of what is merged there then.
  const rest = { what: 'mostly long ones are left where little is merged', mayFrom: quietFrom };
  world.either('lead-time-drift', rest, 'mobile');
  const holiday = from + dice.whole(3, 9) * weekMs;
  bends.push({ place: 'portal', from: holiday, to: holiday + weekMs, share: 0 });
  world.lookAlike('throughput-drop', { what: 'a week of holidays' }, 'portal');
  world.lookAlike('throughput-drop', { what: 'always quiet' }, 'billing-export');

  // Each of the others writes one in turn: of fewer than five authors nothing may be told.
  let written = 0;
  const author: Bend['author'] = ([first, ...others]) => {
    written += 1;
    return written % 8 === 0 ? others[(written / 8) % others.length] : first;
  };
  bends.push({ place: 'billing-export', from: 0, to, author, isAuthorSure: true });
  const alone = { mayFrom: from, mustBy: from + 2 * dayMs, until: to };
  world.firing('bus-factor', { what: 'one writes nine tenths of it', ...alone }, 'billing-export');
  world.lookAlike('bus-factor', { what: 'written by a whole team' }, 'checkout');
  world.lookAlike('bus-factor', { what: 'written by a whole team' }, 'portal');

  const heavyFrom = from + dice.whole(4, 5) * weekMs;
  bends.push({ place: 'checkout', from: heavyFrom, to, reviewer: ([, second]) => second });
  // The first bend of a place and a day holds; what is slow at the ledger is read by the same one.
  for (const bend of bends) {
    if (bend.place === 'ledger') bend.reviewer = ([, second]) => second;
  }
  bends.push({ place: 'ledger', from: heavyFrom, to, reviewer: ([, second]) => second });
  const heavy = { mayFrom: heavyFrom + 3 * dayMs, mustBy: heavyFrom + 4 * weekMs, until: to };
  world.firing(
    'review-load-out-of-balance',
    { what: 'one reads nearly all', ...heavy },
    'payments',
  );
  world.lookAlike('review-load-out-of-balance', { what: 'all read their share' }, 'web');
  world.lookAlike('review-load-out-of-balance', { what: 'all read their share' }, 'default');
  return bends;
}
