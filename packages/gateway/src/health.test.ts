import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGateway } from './create-gateway.ts';
import { openPageWorld, type PageWorld, testOrigin } from './testing/page-world.ts';

let world: PageWorld;
beforeEach(async () => {
  world = await openPageWorld();
});
afterEach(() => world.close());

const ask = async (headers: Record<string, string> = {}) => {
  const { origin } = world.page;
  const gateway = createGateway(world.adjutant, { origin, clock: world.clock, version: '9.8.7' });
  const answer = await gateway.fetch(
    new Request(`${testOrigin}/health`, { headers: { host: 'localhost:4747', ...headers } }),
  );
  return { status: answer.status, told: (await answer.json()) as Record<string, unknown> };
};
const tokenOf = async (scope: 'read' | 'write' | 'propose' | 'report' | 'metrics' | 'mcp') => {
  const made = await world.adjutant
    .accessTokens(world.owner)
    .create({ name: 'test', scopes: [scope] });
  return { authorization: `Bearer ${made.token}` };
};

describe('/health', () => {
  test('tells strangers whether the store answers, and nothing more', async () => {
    const strangers = [
      {},
      { authorization: 'Bearer nonsense' },
      { authorization: `Bearer adj_${'A'.repeat(43)}` },
      { cookie: 'adjutant_4747=nonsense' },
      { 'x-forwarded-for': '127.0.0.1' },
    ];
    for (const headers of strangers) {
      expect(await ask(headers), JSON.stringify(headers)).toEqual({
        status: 200,
        told: { ok: true },
      });
    }
  });

  test.each(['read', 'write', 'propose', 'report', 'mcp'] as const)(
    'tells a token of the scope %s no more',
    async (scope) => {
      expect((await ask(await tokenOf(scope))).told).toEqual({ ok: true });
    },
  );

  test('tells the token of the metrics and an administrator which versions run', async () => {
    const { cookie } = await world.signIn();
    for (const headers of [await tokenOf('metrics'), { cookie: `adjutant_4747=${cookie ?? ''}` }]) {
      const { told } = await ask(headers);
      expect(told).toMatchObject({ ok: true, version: '9.8.7', schemaVersion: expect.any(Number) });
    }
  });

  test('of a store that is closed says to strangers only that it is not up', async () => {
    const adjutant = { ...world.adjutant, health: () => Promise.reject(new Error('select 1')) };
    const { origin } = world.page;
    const gateway = createGateway(adjutant, { origin, clock: world.clock, version: '9.8.7' });
    const answer = await gateway.fetch(
      new Request(`${testOrigin}/health`, { headers: { host: 'localhost:4747' } }),
    );
    expect([answer.status, await answer.json()]).toEqual([503, { ok: false }]);
  });
});
