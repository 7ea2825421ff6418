import { expect, it } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { watchLeaps } from './watch-leaps.ts';

it('tells a clock that was set ahead from time that passed', () => {
  const clock = createFakeClock();
  const leaps = watchLeaps(clock);
  clock.advance(3_600_000);
  expect(leaps.sinceLeapMs()).toBeNull();
  clock.leap(900);
  expect(leaps.sinceLeapMs()).toBeNull();
  clock.leap(60_000);
  expect(leaps.sinceLeapMs()).toBe(0);
  clock.advance(5_000);
  expect(leaps.sinceLeapMs()).toBe(5_000);
  clock.leap(-3_600_000);
  expect(leaps.sinceLeapMs()).toBe(5_000);
});

it('sees none where the clock cannot tell what passed', () => {
  const clock = createFakeClock();
  const leaps = watchLeaps({ now: () => clock.now(), sleep: (ms) => clock.sleep(ms) });
  clock.leap(3_600_000);
  expect(leaps.sinceLeapMs()).toBeNull();
});
