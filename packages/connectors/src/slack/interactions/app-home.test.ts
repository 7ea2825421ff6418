import { describe, expect, it } from 'vitest';
import type { ApprovalWorld } from '../__fixtures__/approval-world.ts';
import { start, startWithCard } from '../__fixtures__/world-with-card.ts';

describe('the home tab', () => {
  const open = async (world: ApprovalWorld, user: string) => {
    await world.take('events', world.twin.hands.openHome(user));
    return JSON.stringify(world.twin.homes.get(user)?.body.blocks);
  };

  it('shows whoever opens it what waits, what needs them today, and where to decide', async () => {
    const { world, action } = await startWithCard({
      brief: async ({ viewer }, kind) => ({
        text: '',
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: `${kind} of ${viewer.kind}` } },
        ],
      }),
    });
    const home = await open(world, 'U0GRACE');
    expect(home).toContain('Waits for somebody: 1');
    expect(home).toContain(`/actions/${action.id}`);
    expect(home).toContain('today of person');
    expect(world.twin.homes.has('U0ADA')).toBe(false);
  });

  it('shows an account of nobody how to be known, and nothing that waits', async () => {
    const { world } = await startWithCard();
    world.data.addUser({ id: 'U0NEW' });
    const home = await open(world, 'U0NEW');
    expect(home).toContain('adjutant people merge');
    expect(home).not.toContain('risk');
  });

  it('shows what waits even where the brief cannot be made', async () => {
    const { world } = await startWithCard({ brief: () => Promise.reject(new Error('no')) });
    expect(await open(world, 'U0ADA')).toContain('Waits for somebody: 1');
  });

  it('is within what Slack takes however much waits and however long the brief is', async () => {
    const line = { type: 'header', text: { type: 'plain_text', text: 'More' } };
    const blocks = Array.from({ length: 200 }, () => line);
    const world = await start({ brief: async () => ({ text: '', blocks }) });
    expect(await open(world, 'U0ADA')).toContain('Nothing waits');
  });

  it('is published once for an event that comes again, and not for another tab', async () => {
    const world = await start();
    const request = world.twin.hands.openHome('U0ADA');
    await world.take('events', request);
    await world.take('events', request);
    await world.take('events', world.twin.hands.openHome('U0GRACE', 'messages'));
    const published = world.twin.requests.filter(({ method }) => method === 'views.publish');
    expect(published).toHaveLength(1);
  });

  it('the question whether anybody is there is answered where it is signed', async () => {
    const world = await start();
    const asked = { type: 'url_verification', challenge: 'abc123', token: 'old' };
    const request = world.twin.hands.signJson(asked);
    expect(await world.desk.receive('events', request)).toMatchObject({
      status: 200,
      body: { challenge: 'abc123' },
      work: null,
    });
    request.headers['x-slack-signature'] = 'v0=00';
    expect(await world.desk.receive('events', request)).toMatchObject({ status: 401 });
  });
});

describe('what is shown to a person', () => {
  it('leaves no row of plumbing: it answers them, and nobody else sees it', async () => {
    const world = await start();
    const report = { user: 'U0ADA', command: '/report' };
    await world.take('commands', world.twin.hands.command(report));
    await world.take('events', world.twin.hands.openHome('U0ADA'));
    const { audit } = world.adjutant.workspace().as(world.owner);
    const { items } = await audit.list({ limit: 100 });
    expect(items.filter(({ event }) => event.startsWith('plumbing.'))).toEqual([]);
    expect(world.twin.writes).toEqual([]);
    const called = world.twin.requests.filter(({ token }) => token === 'write');
    expect(new Set(called.map(({ method }) => method))).toEqual(
      new Set(['views.open', 'views.publish']),
    );
  });
});
