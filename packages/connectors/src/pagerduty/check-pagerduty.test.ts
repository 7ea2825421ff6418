import { createFakeClock } from '@adjutant/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeWorld } from './__fixtures__/make-world.ts';
import { contextOf, now } from './__fixtures__/trial.ts';
import { checkPagerduty } from './check-pagerduty.ts';
import { type PagerdutyConfig, pagerdutyConfigSchema } from './config.ts';
import {
  type PagerdutyTwin,
  type PagerdutyTwinOptions,
  startPagerdutyTwin,
} from './testing/start-pagerduty-twin.ts';

async function check(
  more: Partial<PagerdutyConfig> = {},
  options: Partial<PagerdutyTwinOptions> = {},
  before: (twin: PagerdutyTwin) => void = () => undefined,
) {
  const { data } = makeWorld({ incidents: 1, to: now });
  const clock = createFakeClock(now);
  const twin = await startPagerdutyTwin({ data, clock, ...options });
  onTestFinished(twin.close);
  before(twin);
  const config = pagerdutyConfigSchema.parse({
    baseUrl: twin.apiUrl,
    eventsUrl: twin.eventsUrl,
    token: twin.token,
    ...more,
  });
  const report = await checkPagerduty(contextOf(config, clock));
  expect(JSON.stringify(report)).not.toContain(twin.token);
  return { ...report, item: (id: string) => report.items.find((item) => item.id === id) };
}

describe('the check of PagerDuty', () => {
  it('tells a key of the account from one of a user', async () => {
    expect((await check()).identity).toBe('an account-wide key');
    expect((await check({}, { isUserKey: true })).identity).toBe('Ada Example (user)');
  });

  it('says what is readable, what is left, and that it is experimental', async () => {
    const { item } = await check();
    expect(item('services')).toMatchObject({ ok: true, message: '2 services are readable.' });
    expect(item('permission:log_entries')).toMatchObject({ ok: true });
    expect(item('quota')?.message).toMatch(/^\d+ of 960 requests are left this minute\.$/);
    expect(item('clock')).toMatchObject({ ok: true });
    expect(item('paging')).toMatchObject({ ok: false, optional: true });
    expect(item('experimental')).toMatchObject({ ok: false, optional: true });
  });

  it('names what the key may not see and what is not there', async () => {
    const { item } = await check({ services: ['PNOTHERE'] }, {}, ({ faults }) => {
      faults.push({ kind: 'denied', path: '/log_entries', always: true });
    });
    expect(item('permission:log_entries')).toMatchObject({ ok: false, optional: true });
    expect(item('service:PNOTHERE')).toMatchObject({ ok: false });
  });

  it('notices a clock that is wrong', async () => {
    const { item } = await check({}, { clock: { now: () => now + 300_000 } });
    expect(item('clock')).toMatchObject({
      ok: false,
      message: "This machine's clock is 300 s behind PagerDuty's.",
    });
  });

  it('says what to do about a wrong key and about none', async () => {
    expect(await check({ token: 'wrong' })).toMatchObject({
      identity: null,
      items: [{ id: 'credential', ok: false, hint: expect.any(String) }],
    });
    const { items } = await check({ token: undefined });
    expect(items).toMatchObject([{ ok: false, hint: expect.stringContaining('PAGERDUTY_TOKEN') }]);
  });
});
