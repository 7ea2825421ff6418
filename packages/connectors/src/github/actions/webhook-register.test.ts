import type { ActionDefinition, ApprovedEffect, Preparation } from '@adjutant/core';
import { afterEach, describe, expect, it } from 'vitest';
import { type ActionTrial, startActionTrial } from '../__fixtures__/action-world.ts';
import { wantedEvents } from '../webhooks/hints.ts';

const url = 'https://adjutant.example.com/webhooks/github';
const payload = { repository: 'acme/widgets', url };
const secret = 'a-short-canary';

let trial: ActionTrial;
afterEach(async () => await trial.close());

async function start(more: Readonly<Record<string, unknown>> = {}) {
  trial = await startActionTrial({ webhookSecret: secret, ...more });
  const definition = trial.action('webhook.register') as unknown as ActionDefinition<object>;
  const { context } = trial;
  const prepare = (given: object = payload): Promise<Preparation> =>
    definition.prepare(context, definition.inputSchema.parse(given));
  const effectOf = ({ preconditions, target }: Preparation): ApprovedEffect<object> => ({
    actionId: 'a',
    payload,
    preconditions,
    target,
    effectKey: 'a:0',
    step: 0,
    previousResults: [],
  });
  const execute = (preparation: Preparation) => definition.execute(context, effectOf(preparation));
  const probe = (preparation: Preparation) => definition.probe?.(context, effectOf(preparation));
  return { definition, prepare, execute, probe, hooks: trial.repository.hooks };
}

describe('registering a webhook', () => {
  it('makes one that is signed and sends what is read', async () => {
    const { prepare, execute, probe, hooks } = await start();
    const prepared = await prepare();
    expect(await execute(prepared)).toMatchObject({ outcome: 'applied', result: { url } });
    expect(hooks).toMatchObject([
      { url, contentType: 'json', insecureSsl: '0', active: true, secret, events: wantedEvents },
    ]);
    expect(await probe(prepared)).toMatchObject({ outcome: 'applied' });
  });

  it('shows the host and the events, and the secret nowhere', async () => {
    const { definition, prepare, execute } = await start();
    const prepared = await prepare();
    expect(prepared.facts).toContainEqual({
      label: 'Sends to',
      value: 'adjutant.example.com',
      tone: 'plain',
    });
    const ended = await execute(prepared);
    const observed = await definition.observe(trial.context, payload);
    expect(JSON.stringify([prepared, ended, observed])).not.toContain(secret);
  });

  it('sets a hook that is there, whatever became of it, and keeps its other events', async () => {
    const { prepare, execute, probe, hooks } = await start();
    trial.data.addHook(trial.repository, {
      url,
      createdAt: 1_000,
      events: ['push', 'star'],
      active: false,
      secret: 'the one before',
    });
    const prepared = await prepare();
    expect(prepared.facts.find(({ label }) => label === 'Hook')?.value).toContain('is there');
    expect(await probe(prepared)).toEqual({ outcome: 'absent' });
    expect(await execute(prepared)).toMatchObject({ outcome: 'applied' });
    expect(hooks).toHaveLength(1);
    expect(hooks[0]).toMatchObject({ active: true, secret, contentType: 'json' });
    expect(hooks[0]?.events).toEqual([...wantedEvents, 'star'].toSorted());
    expect(await probe(prepared)).toMatchObject({ outcome: 'applied' });
  });

  it('leaves one that nobody has touched to be set again: its secret cannot be seen', async () => {
    const { prepare, probe } = await start();
    trial.data.addHook(trial.repository, {
      url,
      createdAt: 1_000,
      events: [...wantedEvents],
      contentType: 'json',
    });
    expect(await probe(await prepare())).toEqual({ outcome: 'absent' });
  });

  it('leaves hooks with other addresses alone', async () => {
    const { prepare, execute, hooks } = await start();
    const other = trial.data.addHook(trial.repository, { url: `${url}2`, createdAt: 1 });
    const before = structuredClone(other);
    await execute(await prepare());
    expect(hooks).toHaveLength(2);
    expect(other).toEqual(before);
  });

  it('binds the hook as it was seen', async () => {
    const { definition, prepare } = await start();
    const { preconditions } = await prepare();
    trial.data.addHook(trial.repository, { url, createdAt: 1 });
    expect(await definition.observe(trial.context, payload)).not.toEqual(preconditions);
  });
});

describe('an address', () => {
  it.each([
    'http://adjutant.example.com/webhooks/github',
    'https://user:pass@adjutant.example.com/webhooks/github',
    'https://adjutant.example.com/webhooks/github?token=1',
    'https://adjutant.example.com/webhooks/github#1',
    'https://ADJUTANT.example.com/webhooks/github',
    'https://adjutant.example.com\\@evil.example/webhooks',
    'https://adjutant.example.com/webhooks/github\n',
    'javascript:alert(1)',
    'no address',
  ])('%j is none', async (wrong) => {
    const { definition } = await start();
    expect(definition.inputSchema.safeParse({ ...payload, url: wrong }).success).toBe(false);
  });

  it('other than the configured one is refused before anybody is asked', async () => {
    const { prepare } = await start();
    const elsewhere = { ...payload, url: 'https://evil.example/webhooks/github' };
    await expect(prepare(elsewhere)).rejects.toMatchObject({ code: 'InvalidInput' });
  });

  it('that no configuration names comes with a warning, and is refused', async () => {
    const { prepare, execute } = await start({ webhookUrl: undefined });
    const prepared = await prepare();
    const fact = prepared.facts.find(({ label }) => label === 'Sends to');
    expect(fact).toMatchObject({ tone: 'warning' });
    expect(fact?.value).toContain('adjutant.example.com');
    expect(await execute(prepared)).toMatchObject({ outcome: 'refused' });
    expect(trial.twin.writes).toEqual([]);
  });
});

describe('what is in the way', () => {
  it('no secret: it says so before, and sends nothing', async () => {
    const { prepare, execute } = await start({ webhookSecret: () => '' });
    const prepared = await prepare();
    expect(await execute(prepared)).toMatchObject({ outcome: 'refused' });
    expect(trial.twin.writes).toEqual([]);
    await trial.close();
    const without = await start({ webhookSecret: undefined });
    const facts = (await without.prepare()).facts.filter(({ tone }) => tone === 'warning');
    expect(facts.map(({ label }) => label)).toContain('Secret');
  });

  it('the hooks cannot be read when it is carried out: nothing was sent', async () => {
    const { prepare, execute } = await start();
    const prepared = await prepare();
    trial.twin.faults.badGateway = { count: 1 };
    expect(await execute(prepared)).toMatchObject({ outcome: 'not_applied' });
    trial.twin.denied.add('repository_hooks');
    expect(await execute(prepared)).toMatchObject({ outcome: 'refused' });
    expect(trial.twin.writes).toEqual([]);
  });

  it('a refusal that repeats what it was sent does not show the secret', async () => {
    const { definition, prepare } = await start();
    const prepared = await prepare();
    const repeating: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (init?.method !== 'POST') return response;
      await response.body?.cancel();
      const message = `Validation Failed: ${secret} is weak`;
      const headers = { 'content-type': 'application/json' };
      return new Response(JSON.stringify({ message }), { status: 422, headers });
    };
    const { preconditions, target } = prepared;
    const ended = await definition.execute(
      { ...trial.context, fetch: repeating },
      {
        actionId: 'a',
        payload,
        preconditions,
        target,
        effectKey: 'a',
        step: 0,
        previousResults: [],
      },
    );
    expect(ended).toMatchObject({ outcome: 'refused' });
    expect(JSON.stringify(ended)).toContain('is weak');
    expect(JSON.stringify(ended)).not.toContain(secret);
  });
});
