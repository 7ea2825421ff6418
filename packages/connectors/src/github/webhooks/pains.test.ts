import { createHmac } from 'node:crypto';
import { createAdjutant } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeWorld } from '../__fixtures__/make-world.ts';
import { mergeFresh } from '../__fixtures__/merge-fresh.ts';
import { github } from '../connector.ts';
import { startGithubTwin } from '../testing/start-github-twin.ts';

const secret = 'the secret of the hook';
const to = Date.UTC(2026, 9, 1);
const hourMs = 3_600_000;

async function start() {
  const clock = createFakeClock(to + 24 * hourMs);
  const { data, repository } = makeWorld({ pullRequests: 5, to });
  const twin = await startGithubTwin({ data, clock });
  onTestFinished(() => twin.close());
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [
      github({
        repositories: ['acme/large'],
        baseUrl: twin.url,
        token: twin.token,
        webhookSecret: secret,
      }),
    ],
    clock,
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  const handle = adjutant.workspace().as(await adjutant.owner());
  const states = async () => {
    const { items } = await handle.listWork({ kind: 'pull_request', limit: 100 });
    return items.map(({ state }) => state);
  };
  const believed: boolean[] = [];
  /** Delivers it to us, and to somebody who believes what it says. */
  const deliver = (guid: string, merged: boolean) => {
    believed.push(merged);
    const payload = {
      action: merged ? 'closed' : 'opened',
      pull_request: { merged },
      repository: { id: repository.id },
    };
    const body = Buffer.from(JSON.stringify(payload));
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    return adjutant.webhooks().receive('github', {
      body,
      headers: {
        'x-github-event': 'pull_request',
        'x-github-delivery': guid,
        'x-hub-signature-256': `sha256=${signature}`,
      },
    });
  };
  const somebody = repository.owner.members[0]?.actor ?? null;
  const happen = () => mergeFresh({ data, repository }, somebody, clock.now());
  return { adjutant, clock, twin, states, deliver, believed, happen };
}

const mergedIn = (states: readonly (string | null)[]) =>
  states.filter((state) => state === 'merged').length;

describe('pain 10: webhooks that are lost, doubled or late', () => {
  it('lost: the next ordinary pass finds what no delivery told of', async () => {
    const { adjutant, clock, states, believed, happen } = await start();
    const before = mergedIn(await states());
    clock.advance(hourMs);
    happen();
    // Nothing arrives. Who looks only where a delivery tells of something will never know.
    expect(believed).toEqual([]);
    expect((await adjutant.sync({ hinted: true })).streams).toEqual([]);
    expect(mergedIn(await states())).toBe(before);
    await adjutant.sync();
    expect(mergedIn(await states())).toBe(before + 1);
  });

  it('doubled: one delivery is one, by its GUID', async () => {
    const { adjutant, clock, twin, states, deliver, believed, happen } = await start();
    const before = mergedIn(await states());
    clock.advance(hourMs);
    happen();
    const guid = '72d3162e-cc78-11e3-81ab-4c9367dc0958';
    expect(await deliver(guid, true)).toMatchObject({ outcome: 'stored', hints: 2 });
    for (let again = 0; again < 3; again += 1) {
      expect(await deliver(guid, true)).toMatchObject({ outcome: 'duplicate', hints: 0 });
    }
    await adjutant.sync({ hinted: true });
    const asked = twin.requests.length;
    await deliver(guid, true);
    expect((await adjutant.sync({ hinted: true })).streams).toEqual([]);
    expect(twin.requests.length).toBe(asked);
    // Whoever counts deliveries counts five merges.
    expect(believed.filter(Boolean)).toHaveLength(5);
    expect(mergedIn(await states())).toBe(before + 1);
  });

  it('late: an old word does not undo what is known since', async () => {
    const { adjutant, clock, states, deliver, believed, happen } = await start();
    const before = mergedIn(await states());
    clock.advance(hourMs);
    happen();
    await deliver('a2d3162e-cc78-11e3-81ab-4c9367dc0958', true);
    await adjutant.sync({ hinted: true });
    expect(mergedIn(await states())).toBe(before + 1);
    // "Opened" comes after "closed": the last word is believed to be the newest.
    await deliver('b2d3162e-cc78-11e3-81ab-4c9367dc0958', false);
    expect(believed.at(-1)).toBe(false);
    await adjutant.sync({ hinted: true });
    expect(mergedIn(await states())).toBe(before + 1);
    expect(await states()).not.toContain('open');
  });
});
