import { createFakeClock } from '@adjutant/core/testing';
import { expect, test } from 'vitest';
import { createRateGuard } from './rate-limits.ts';

test('whoever asked too often waits, however many others ask meanwhile', () => {
  const clock = createFakeClock();
  const guard = createRateGuard(clock, { signInsPerMinute: 2 });
  const again = () => guard.stranger('192.0.2.1');
  again();
  again();
  for (let round = 0; round < 4; round += 1) {
    expect(again).toThrow(expect.objectContaining({ code: 'RateLimited', retryAfterMs: 30_000 }));
    for (let other = 0; other < 4_000; other += 1) guard.stranger(`other ${round} ${other}`);
  }
  clock.advance(30_000);
  again();
  expect(again).toThrow(expect.objectContaining({ code: 'RateLimited' }));
});

test('of very many, those that have not asked for longest are forgotten', () => {
  const guard = createRateGuard(createFakeClock(), { signInsPerMinute: 1 });
  guard.stranger('192.0.2.1');
  expect(() => guard.stranger('192.0.2.1')).toThrow();
  for (let other = 0; other < 10_000; other += 1) guard.stranger(`other ${other}`);
  expect(() => guard.stranger('192.0.2.1')).not.toThrow();
});
