import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openPageWorld, type PageWorld, questionSchema } from './testing/page-world.ts';

const account = { accountSource: 'slack', accountExternalId: 'U0ADA' };
const linkedSchema = z.object({ linkId: z.string() });
let world: PageWorld;
beforeEach(async () => {
  world = await openPageWorld();
  await world.adjutant.sync();
});
afterEach(() => world.close());

describe('accounts whose buttons count', () => {
  test('are linked on the page with a passkey, are shown there, and end there', async () => {
    const browser = await world.signIn();
    expect(await (await browser.get('/passkeys')).text()).toContain('takes a passkey of yours');
    await world.enrol(browser);
    const asked = await browser.post('/api/account-links/challenge', account);
    const { challengeId, options } = questionSchema.parse(await asked.json());
    const response = world.device.assert(options);
    const linked = await browser.post('/api/account-links', { ...account, challengeId, response });
    const { linkId } = linkedSchema.parse(await linked.json());
    const page = await (await browser.get('/passkeys')).text();
    expect(page).toContain('<strong>Ada</strong>: slack <code>U0ADA</code>');
    expect((await browser.post(`/api/account-links/${linkId}/end`, {})).status).toBe(200);
    expect(await world.adjutant.approvers().listLinks()).toEqual([]);
  });

  test('are not linked by a session alone, by a stranger, or for nobody', async () => {
    const browser = await world.signIn();
    expect((await browser.post('/api/account-links/challenge', account)).status).toBe(403);
    await world.enrol(browser);
    const nobody = { ...account, accountExternalId: 'U0NOBODY' };
    expect((await browser.post('/api/account-links/challenge', nobody)).status).toBe(404);
    const stranger = await world.stranger().post('/api/account-links/challenge', account);
    expect(stranger.status).toBeGreaterThanOrEqual(401);
    expect(await world.adjutant.approvers().listLinks()).toEqual([]);
  });
});
