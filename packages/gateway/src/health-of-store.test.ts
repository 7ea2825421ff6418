import type { StoreTroubleReason } from '@adjutant/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createGateway } from './create-gateway.ts';
import { openPageWorld, type PageWorld, testOrigin } from './testing/page-world.ts';

let world: PageWorld;
beforeEach(async () => {
  world = await openPageWorld();
});
afterEach(() => world.close());

const reasons: readonly StoreTroubleReason[] = [
  'locked',
  'disk_full',
  'read_only',
  'disk_error',
  'cannot_be_opened',
];

async function askIn(reason: StoreTroubleReason, path: string, cookie = '') {
  const trouble = { reason, since: world.clock.now() };
  const adjutant = {
    ...world.adjutant,
    health: async () => ({ ...(await world.adjutant.health()), ok: false, trouble }),
    storeTrouble: () => trouble,
  };
  const { origin } = world.page;
  const gateway = createGateway(adjutant, { origin, clock: world.clock, version: '9.8.7' });
  const headers = { host: 'localhost:4747', cookie: `adjutant_4747=${cookie}` };
  return gateway.fetch(new Request(`${testOrigin}${path}`, { headers }));
}

test.each(reasons)(
  '/health of a store that is %s is not up, and strangers are told no more',
  async (reason) => {
    const stranger = await askIn(reason, '/health');
    expect([stranger.status, await stranger.json()]).toEqual([503, { ok: false }]);
    const { cookie } = await world.signIn();
    const told = await askIn(reason, '/health', cookie ?? '');
    expect(told.status).toBe(503);
    expect(await told.json()).toMatchObject({ ok: false, reason, version: '9.8.7' });
  },
);

test.each(reasons)(
  'every page says that the store is %s, while what was stored is shown',
  async (reason) => {
    const { cookie } = await world.signIn();
    for (const path of ['/', '/approvals', '/passkeys']) {
      const page = await askIn(reason, path, cookie ?? '');
      expect(page.status, path).toBe(200);
      expect(await page.text(), path).toContain('The store cannot be written');
    }
  },
);
