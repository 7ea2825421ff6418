import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakeClock, testConnector } from '@adjutant/core/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { makeWorld } from './__fixtures__/make-world.ts';
import { now } from './__fixtures__/trial.ts';
import { pagerdutyConfigSchema } from './config.ts';
import { pagerduty } from './connector.ts';
import { startPagerdutyTwin } from './testing/start-pagerduty-twin.ts';

const clock = createFakeClock(now);
const { data, ada, grace, checkout, search } = makeWorld({ incidents: 130, to: now - 86_400_000 });
const open = data.addIncident(search, { createdAt: now - 3_600_000 });
data.acknowledge(open, grace, now - 3_000_000);
const part = data.addIncident(checkout, { createdAt: now - 7_200_000 });
data.merge(part, open, ada, now - 7_000_000);
const twin = await startPagerdutyTwin({ data, clock });
const folder = await mkdtemp(join(tmpdir(), 'pagerduty-conformance-'));
let stores = 0;

afterAll(async () => {
  await twin.close();
  await rm(folder, { recursive: true, force: true });
});

describe('conformance', () => {
  const cases = testConnector({
    create: () => pagerduty({ baseUrl: twin.apiUrl, token: twin.token }),
    createStoreUrl: () => `file:${join(folder, `${(stores += 1)}.db`)}`,
    clock,
    minimumRecords: 134,
  });
  for (const { name, run } of cases) it(name, run, 60_000);
});

describe('configuration', () => {
  it('names the hosts of a region together', () => {
    const hostsOf = (config: Parameters<typeof pagerduty>[0]) =>
      pagerduty.definition.hosts(pagerdutyConfigSchema.parse(config));
    expect(hostsOf({})).toEqual(['api.pagerduty.com', 'events.pagerduty.com']);
    expect(hostsOf({ baseUrl: 'https://api.eu.pagerduty.com' })).toEqual([
      'api.eu.pagerduty.com',
      'events.eu.pagerduty.com',
    ]);
  });

  it('takes no key for both reading and paging, and no id with a slash', () => {
    const same = 'e'.repeat(32);
    expect(pagerdutyConfigSchema.safeParse({ token: same, routingKey: same }).success).toBe(false);
    expect(pagerdutyConfigSchema.safeParse({ services: ['../users'] }).success).toBe(false);
    expect(pagerdutyConfigSchema.safeParse({ notAKey: 1 }).success).toBe(false);
  });

  it('refuses to send the key in clear to another machine', async () => {
    const read = () =>
      pagerduty.definition.hosts(pagerdutyConfigSchema.parse({ baseUrl: 'http://pd.example' }));
    expect(read).toThrow(expect.objectContaining({ code: 'Configuration' }));
  });
});
