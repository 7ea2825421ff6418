import { type ConnectorContext, silentLogger } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSlackWorld, now, type SlackWorld } from './__fixtures__/slack-world.ts';
import { checkSlack } from './check-slack.ts';
import { type SlackConfig, slackConfigSchema } from './config.ts';
import { type SlackTwin, startSlackTwin } from './testing/start-slack-twin.ts';

let world: SlackWorld;
let twin: SlackTwin;
beforeEach(async () => {
  world = makeSlackWorld();
  twin = await startSlackTwin({ data: world.data, clock: { now: () => now } });
});
afterEach(() => twin.close());

async function check(config: object = {}, clockAt = now) {
  const given = { channels: ['C0WIDGETS', 'quiet'], baseUrl: twin.baseUrl, token: twin.token };
  const context: ConnectorContext<SlackConfig> = {
    config: slackConfigSchema.parse({ ...given, ...config }),
    clock: createFakeClock(clockAt),
    logger: silentLogger,
    fetch,
    signal: new AbortController().signal,
  };
  const report = await checkSlack(context);
  return { report, item: (id: string) => report.items.find((one) => one.id === id) };
}

describe('a check', () => {
  it('says who the token is, and that all is well', async () => {
    const { report, item } = await check();
    expect(report.identity).toBe('adjutant in Acme');
    expect(report.items.filter(({ ok }) => !ok).map(({ id }) => id)).toEqual(['experimental']);
    expect(item('channel:C0WIDGETS')?.message).toBe('#widgets is readable: 4 members.');
    expect(item('pace')?.message).toContain('fifty times a minute');
  });

  it('names scopes that are missing and those that are too many', async () => {
    twin.scopes.read.delete('users:read.email');
    twin.scopes.read.delete('users:read');
    twin.scopes.read.add('chat:write');
    const { item } = await check();
    expect(item('scope:users:read')).toMatchObject({ ok: false, optional: false });
    expect(item('scope:users:read.email')).toMatchObject({ ok: false, optional: true });
    expect(item('scopes_spare')?.message).toContain('chat:write');
    expect(item('scopes')).toBeUndefined();
  });

  it('says how the bot gets into a channel', async () => {
    world.widgets.members = ['U0ADA'];
    world.quiet.members = ['U0ADA'];
    const { item } = await check();
    for (const id of ['channel:C0WIDGETS', 'channel:#quiet']) {
      expect(item(id)).toMatchObject({ ok: false });
      expect(item(id)?.hint).toContain('/invite @adjutant');
    }
  });

  it('sees a clock that is wrong', async () => {
    const { item } = await check({}, now - 400_000);
    expect(item('clock')).toMatchObject({ ok: false, optional: true });
    expect(item('clock')?.message).toBe("This machine's clock is 400 s behind Slack's.");
  });

  it('without a token, or with a wrong one, says so and nothing of it', async () => {
    const { report } = await check({ token: undefined });
    expect(report).toMatchObject({ identity: null, items: [{ id: 'credential', ok: false }] });
    const wrong = await check({ token: 'xoxb-canary' });
    expect(wrong.report).toMatchObject({ identity: null, items: [{ ok: false }] });
    expect(JSON.stringify(wrong.report)).not.toContain('canary');
  });

  it('asks for no channel that is not named', async () => {
    await check();
    const asked = twin.requests.flatMap(({ parameters }) => parameters['channel'] ?? []);
    expect(asked.toSorted()).toEqual(['C0QUIET', 'C0WIDGETS']);
  });
});
