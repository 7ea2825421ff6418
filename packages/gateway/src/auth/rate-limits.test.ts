import { createFakeClock } from '@adjutant/core/testing';
import { expect, test } from 'vitest';
import { createRateGuard, type StrangersDeed } from './rate-limits.ts';

const deeds: StrangersDeed[] = ['sign_in_begun', 'sign_in_failed', 'token_failed'];
const limited = expect.objectContaining({ code: 'RateLimited' });

test('whoever asked too often waits, however many others ask meanwhile', () => {
  const clock = createFakeClock();
  const guard = createRateGuard(clock, { signInsPerMinute: 2 });
  const again = () => guard.stranger('sign_in_begun', '192.0.2.1');
  again();
  again();
  for (let round = 0; round < 4; round += 1) {
    expect(again).toThrow(expect.objectContaining({ code: 'RateLimited', retryAfterMs: 30_000 }));
    for (let other = 0; other < 4_000; other += 1) {
      guard.stranger('sign_in_begun', `other ${round} ${other}`);
    }
  }
  clock.advance(30_000);
  again();
  expect(again).toThrow(limited);
});

test('of very many, those that have not asked for longest are forgotten', () => {
  const guard = createRateGuard(createFakeClock(), { signInsPerMinute: 1 });
  const again = () => guard.stranger('sign_in_begun', '192.0.2.1');
  again();
  expect(again).toThrow();
  for (let other = 0; other < 10_000; other += 1) {
    guard.stranger('sign_in_begun', `other ${other}`);
  }
  expect(again).not.toThrow();
});

test.each(deeds)('what uses up %s leaves every other kind, and every other address', (used) => {
  const guard = createRateGuard(createFakeClock(), { signInsPerMinute: 3 });
  for (let count = 0; count < 3; count += 1) guard.stranger(used, '192.0.2.1');
  expect(() => guard.stranger(used, '192.0.2.1')).toThrow(limited);
  for (const deed of deeds) {
    expect(() => guard.stranger(deed, '192.0.2.2')).not.toThrow();
    if (deed !== used) expect(() => guard.stranger(deed, '192.0.2.1')).not.toThrow();
  }
});

test('all addresses of a /64 are one, and a /48 has four times that', () => {
  const guard = createRateGuard(createFakeClock(), { signInsPerMinute: 5 });
  const from = (address: string) => () => guard.stranger('token_failed', address);
  for (let host = 0; host < 5; host += 1) from(`2001:db8:1:1::${host}`)();
  expect(from('2001:db8:1:1:ffff::9')).toThrow(limited);
  let taken = 5;
  for (let net = 2; net < 5_000; net += 1) {
    try {
      from(`2001:db8:1:${net.toString(16)}::1`)();
      taken += 1;
    } catch {
      continue;
    }
  }
  // The one that was refused above counts for the network too.
  expect(taken).toBe(19);
  expect(from('2001:db8:2:1::1')).not.toThrow();
});

test('what is taken back was not counted', () => {
  const guard = createRateGuard(createFakeClock(), { signInsPerMinute: 1 });
  for (let count = 0; count < 10; count += 1) {
    guard.stranger('sign_in_failed', '192.0.2.1');
    guard.takeBack('sign_in_failed', '192.0.2.1');
  }
  guard.stranger('sign_in_failed', '192.0.2.1');
  expect(() => guard.stranger('sign_in_failed', '192.0.2.1')).toThrow(limited);
});
