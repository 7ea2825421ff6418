import { type ConnectorContext, silentLogger } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeWorld } from '../__fixtures__/make-world.ts';
import { type GithubConfig, githubConfigSchema } from '../config.ts';
import { startGithubTwin } from '../testing/start-github-twin.ts';
import { failedDeliveries } from './failed-deliveries.ts';

const hourMs = 3_600_000;
const now = Date.UTC(2026, 9, 2);
const webhookUrl = 'https://adjutant.example.com/webhooks/github';

async function start(more: Readonly<Record<string, unknown>> = {}) {
  const clock = createFakeClock(now);
  const { data, repository } = makeWorld({ pullRequests: 3, to: now - 24 * hourMs });
  const twin = await startGithubTwin({ data, clock });
  onTestFinished(() => twin.close());
  const context: ConnectorContext<GithubConfig> = {
    config: githubConfigSchema.parse({
      repositories: ['acme/large'],
      baseUrl: twin.url,
      token: twin.token,
      writeToken: twin.writeToken,
      webhookUrl,
      ...more,
    }),
    clock,
    logger: silentLogger,
    fetch,
    signal: new AbortController().signal,
  };
  const hook = data.addHook(repository, { url: webhookUrl, createdAt: now - 100 * hourMs });
  const deliver = (
    hoursAgo: number,
    statusCode = 502,
    guid = `guid-${String(hoursAgo).replace('.', '-')}`,
  ) => data.addHookDelivery(hook, { deliveredAt: now - hoursAgo * hourMs, statusCode, guid });
  const list = async () => {
    const found = [];
    for await (const one of failedDeliveries({ ...context })) found.push(one);
    return found;
  };
  return { data, repository, twin, clock, context, hook, deliver, list };
}

describe('deliveries that failed', () => {
  it('are those of three days that never arrived, the oldest first', async () => {
    const { deliver, list } = await start();
    deliver(80);
    deliver(71.5);
    deliver(60);
    deliver(50, 202);
    deliver(5, 0);
    const found = await list();
    expect(found.map(({ deliveryId }) => deliveryId)).toEqual(['guid-60', 'guid-5']);
    expect(found[0]).toMatchObject({
      event: 'push',
      place: 'acme/large',
      failedAt: now - 60 * hourMs,
    });
  });

  it('are sent again once, whether or not that helps', async () => {
    const { deliver, list, hook, twin } = await start();
    hook.answersRepetition = 500;
    deliver(9);
    for (const failed of await list()) await failed.sendAgain();
    expect(twin.writes.map(({ kind, status }) => [kind, status])).toEqual([['POST attempts', 202]]);
    expect(await list()).toEqual([]);
  });

  it('are found behind the first page, and a list that turns in a circle ends', async () => {
    const { deliver, list, context } = await start();
    for (let at = 250; at > 0; at -= 1) deliver(at / 10, at === 249 ? 500 : 200);
    expect((await list()).map(({ deliveryId }) => deliveryId)).toEqual(['guid-24-9']);
    let pages = 0;
    const circling: typeof fetch = async (input, init) => {
      const { url } = new Request(input);
      const response = await fetch(input, init);
      if (!url.includes('/deliveries')) return response;
      pages += 1;
      const headers = new Headers(response.headers);
      headers.set('link', `<${url.split('?')[0]}?cursor=v1_0>; rel="next"`);
      return new Response(await response.text(), { status: response.status, headers });
    };
    for await (const _ of failedDeliveries({ ...context, fetch: circling }));
    expect(pages).toBe(2);
  });

  it('of hooks with another address, or that are off, are nobody’s business', async () => {
    const { data, repository, hook, deliver, list } = await start();
    deliver(3);
    hook.active = false;
    const other = data.addHook(repository, { url: 'https://ci.example.com/', createdAt: now });
    data.addHookDelivery(other, { deliveredAt: now - hourMs, statusCode: 500 });
    expect(await list()).toEqual([]);
  });

  it.each([{ webhookUrl: undefined }, { writeToken: undefined }])(
    'are not looked for without an address and a credential for writing: %j',
    async (more) => {
      const { deliver, list, twin } = await start(more);
      deliver(3);
      expect(await list()).toEqual([]);
      expect(twin.requests).toEqual([]);
    },
  );

  it('are asked for with the credential for writing alone', async () => {
    const { deliver, context, twin } = await start();
    deliver(3);
    const used: string[] = [];
    const watching: typeof fetch = async (input, init) => {
      const { url } = new Request(input);
      const isOfHooks = url.includes('/hooks');
      if (isOfHooks) used.push(new Headers(init?.headers).get('authorization') ?? '');
      return await fetch(input, init);
    };
    for await (const failed of failedDeliveries({ ...context, fetch: watching })) {
      await failed.sendAgain();
    }
    expect(used.length).toBe(3);
    expect(used.every((header) => header.endsWith(twin.writeToken))).toBe(true);
  });

  it('of one repository that may not be seen keep the others from nothing', async () => {
    const { data, repository, context, deliver } = await start({
      repositories: ['acme/hidden', 'acme/large'],
    });
    data.addRepository(repository.owner, { name: 'hidden' });
    deliver(3);
    const hiding: typeof fetch = async (input, init) =>
      new Request(input).url.includes('/acme/hidden/hooks')
        ? Response.json({ message: 'Resource not accessible' }, { status: 403 })
        : await fetch(input, init);
    const found: string[] = [];
    const read = async () => {
      for await (const { deliveryId } of failedDeliveries({ ...context, fetch: hiding })) {
        found.push(deliveryId);
      }
    };
    // It is said all the same, once everything else is done.
    await expect(read()).rejects.toMatchObject({ code: 'Permission' });
    expect(found).toEqual(['guid-3']);
  });

  it('that may not be asked for are an error with a way out', async () => {
    const { deliver, list, twin } = await start();
    deliver(3);
    const [failed] = await list();
    twin.denied.add('repository_hooks');
    await expect(failed?.sendAgain()).rejects.toMatchObject({
      code: 'Permission',
      hint: expect.stringContaining('Webhooks: write'),
    });
    await expect(list()).rejects.toMatchObject({ code: 'Permission' });
  });
});
