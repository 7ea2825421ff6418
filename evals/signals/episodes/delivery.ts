import { brokenTargets, dayIn, deploy, pushMain, rebuild } from '../life/code-life.ts';
import type { Organisation, PlaceName } from '../organisation.ts';
import { dayMs, hourMs, minuteMs, weekdaysAfter, workHoursAfter } from '../working-time.ts';
import type { World } from '../world.ts';

/** The default branch is broken for a day or two; or for minutes, or only somebody's own branch is. */
export function plantRedMain(world: World, organisation: Organisation): void {
  const rule = 'red-main-branch';
  const { dice } = world;
  const spans: readonly [PlaceName, number][] = [
    ['checkout', dice.whole(5, 20)],
    ['portal', dice.whole(10, 25)],
    ['ledger', dice.whole(26, 45)],
    ['platform', dice.whole(50, 70)],
    ['portal', dice.whole(50, 70)],
  ];
  for (const [name, day] of spans) {
    const place = organisation.places[name];
    const at = dayIn(world, day, dice.between(9, 15));
    const end = workHoursAfter(at, dice.between(10, 16));
    const expected = { mayFrom: at, mustBy: at + 5 * hourMs, until: end + hourMs };
    world.firing(rule, { what: 'red for more than a working day', ...expected }, `${name} CI`);
    world.at(at, () => (place.isMainRed = true));
    pushMain(world, organisation, place, { at: at + minuteMs, message: 'Break it' });
    rebuild(world, organisation, place, { at: at + 40 * minuteMs });
    world.at(end, () => (place.isMainRed = false));
    pushMain(world, organisation, place, { at: end, message: 'Mend it' });
  }
  const names: readonly PlaceName[] = ['checkout', 'ledger', 'mobile', 'billing-export'];
  for (const name of names) {
    const place = organisation.places[name];
    const at = dayIn(world, dice.whole(46, 49), dice.between(9, 15));
    const about = { mayFrom: at - hourMs, mustBy: at, until: at + 2 * dayMs };
    world.lookAlike(rule, { what: 'red for a quarter of an hour', ...about }, `${name} CI`);
    rebuild(world, organisation, place, { at, conclusion: 'failure', minutes: 5 });
    rebuild(world, organisation, place, {
      at: at + 8 * minuteMs,
      conclusion: 'success',
      minutes: 7,
    });
  }
  const cancelled = dayIn(world, dice.whole(71, 74), 11);
  world.lookAlike(rule, { what: 'a run that somebody cancelled' }, 'mobile CI');
  rebuild(world, organisation, organisation.places.mobile, {
    at: cancelled,
    conclusion: 'cancelled',
  });
}

/** Builds take several times as long as they did for three weeks; or only one does. */
export function plantSlowBuilds(world: World, { places }: Organisation): void {
  const rule = 'long-running-build';
  const { dice } = world;
  const begin = dayIn(world, dice.whole(28, 33), 9);
  const end = weekdaysAfter(begin, 20);
  const place = places.checkout;
  world.at(begin, () => (place.buildMinutes = dice.between(36, 42)));
  world.at(end, () => (place.buildMinutes = 9));
  const expected = { mayFrom: begin + dayMs, mustBy: begin + 10 * dayMs, until: end + 8 * dayMs };
  world.firing(rule, { what: 'builds take four times as long', ...expected }, 'checkout CI');
  world.lookAlike(rule, { what: 'builds of ten minutes, one of them slow' }, 'portal CI');
  const slow = dayIn(world, dice.whole(20, 60), 10);
  world.at(slow, () => (places.portal.buildMinutes = 70));
  world.at(slow + 3 * hourMs, () => (places.portal.buildMinutes = 9));
  world.lookAlike(rule, { what: 'builds that come to take a minute and a half more' }, 'mobile CI');
  world.at(begin, () => (places.mobile.buildMinutes = 10.5));
}

/** Nothing reaches people for a day; or for minutes, or it is somebody's preview. */
export function plantBrokenDeployments(world: World, organisation: Organisation): void {
  const rule = 'deployment-failing';
  const { dice } = world;
  const broken = new Set<string>();
  brokenTargets.set(world, broken);
  const spans: readonly [PlaceName, string, number][] = [
    ['checkout', 'production', dice.whole(5, 20)],
    ['portal', 'production', dice.whole(25, 40)],
    ['ledger', 'production', dice.whole(45, 55)],
    ['mobile', 'staging', dice.whole(60, 74)],
  ];
  for (const [name, environment, day] of spans) {
    const key = `${name} ${environment}`;
    const at = dayIn(world, day, dice.between(9, 11));
    const end = workHoursAfter(at, dice.between(10, 14));
    const expected = { mayFrom: at, mustBy: at + 7 * hourMs, until: end + hourMs };
    world.firing(rule, { what: 'no deployment comes through', ...expected }, key);
    world.at(at, () => broken.add(key));
    const place = organisation.places[name];
    deploy(world, organisation, place, { at: at + minuteMs, environment });
    deploy(world, organisation, place, { at: at + 50 * minuteMs, environment });
    deploy(world, organisation, place, { at: at + 130 * minuteMs, environment });
    world.at(end, () => broken.delete(key));
    deploy(world, organisation, place, { at: end + minuteMs, environment });
  }
  const { platform, portal, mobile } = organisation.places;
  for (let nth = 0; nth < 2; nth += 1) {
    const again = dayIn(world, dice.whole(10, 70), 12);
    const about = { mayFrom: again - hourMs, mustBy: again, until: again + 2 * dayMs };
    world.lookAlike(
      rule,
      { what: 'failed once, well minutes later', ...about },
      'platform production',
    );
    deploy(world, organisation, platform, { at: again, environment: 'production', isWell: false });
    const later = again + 12 * minuteMs;
    deploy(world, organisation, platform, { at: later, environment: 'production', isWell: true });
    const environment = `preview-${nth + 40}`;
    world.lookAlike(rule, { what: 'a preview of one change' }, `portal ${environment}`);
    const at = dayIn(world, dice.whole(10, 70), 12);
    deploy(world, organisation, portal, { at, environment, isWell: false });
    deploy(world, organisation, portal, { at: at + hourMs, environment, isWell: false });
  }
  const once = dayIn(world, dice.whole(20, 40), 15);
  const about = { mayFrom: once - hourMs, mustBy: once, until: once + 2 * dayMs };
  world.lookAlike(rule, { what: 'staging failed once', ...about }, 'mobile staging');
  deploy(world, organisation, mobile, { at: once, environment: 'staging', isWell: false });
  const well = workHoursAfter(once, 3);
  deploy(world, organisation, mobile, { at: well, environment: 'staging', isWell: true });
}

/** A job that passes when it is started again, day after day; and ones that did so once, or for a reason. */
export function plantFlaky(world: World, organisation: Organisation): void {
  const rule = 'flaky-test-cluster';
  const { dice } = world;
  const { repository } = organisation.places.portal;
  const nightly = world.github.addWorkflow(repository, {
    name: 'Nightly',
    path: '.github/workflows/nightly.yml',
  });
  const begin = dice.whole(18, 30);
  const flakyDays = new Set(Array.from({ length: 7 }, (_, nth) => begin + 2 * nth));
  const single = begin + 45;
  for (let day = -20; day < (world.to - world.from) / dayMs; day += 1) {
    const at = world.from + day * dayMs + 3 * hourMs;
    const isFlaky = flakyDays.has(day) || day === single;
    world.at(at, () => {
      const commit = world.github.addCommit(repository, {
        ...{ at, message: 'Nightly snapshot', by: organisation.actions },
      });
      const job = (attempt: number, name: string, isWell: boolean, minutes: number) => ({
        ...{ attempt, name, conclusion: isWell ? ('success' as const) : ('failure' as const) },
        startedAt: at + (minutes - 4) * minuteMs,
        completedAt: at + minutes * minuteMs,
      });
      world.github.addWorkflowRun(nightly, {
        ...{ actor: organisation.actions, headSha: commit.oid, headBranch: 'main' },
        ...{ event: 'schedule', createdAt: at, conclusion: 'success' },
        // The second attempt begins anew.
        startedAt: at + (isFlaky ? 20 : 0) * minuteMs,
        updatedAt: at + (isFlaky ? 34 : 14) * minuteMs,
        attempt: isFlaky ? 2 : 1,
        jobs: [
          job(1, 'build', true, 5),
          job(1, 'browser-tests', !isFlaky, 14),
          ...(isFlaky ? [job(2, 'browser-tests', true, 34)] : []),
        ],
      });
    });
  }
  const from = world.from + begin * dayMs;
  const expected = {
    mayFrom: from + 2 * dayMs,
    mustBy: from + 10 * dayMs,
    until: from + 40 * dayMs,
  };
  world.firing(
    rule,
    { what: 'passes when it is started again, every other day', ...expected },
    'portal Nightly / browser-tests',
  );
  world.lookAlike(rule, { what: 'its neighbour, which is well' }, 'portal Nightly / build');
  world.lookAlike(rule, { what: 'what fails until the code is changed' }, 'ledger CI');
  // One morning on which a service was away: several commits, one day.
  world.lookAlike(rule, { what: 'red and well again on one day' }, 'billing-export CI');
  const away = dayIn(world, dice.whole(66, 76), 10);
  for (let nth = 0; nth < 2; nth += 1) {
    const at = away + nth * 90 * minuteMs;
    rebuild(world, organisation, organisation.places['billing-export'], {
      at,
      conclusion: 'failure',
      minutes: 4,
    });
    const again = at + 20 * minuteMs;
    rebuild(world, organisation, organisation.places['billing-export'], {
      at: again,
      conclusion: 'success',
    });
  }
}
