import type { ActionDefinition, ExecuteResult, Preparation, ProbeResult } from '@adjutant/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ActionTrial, startActionTrial } from '../__fixtures__/action-world.ts';
import { dayMs, now } from '../__fixtures__/slack-world.ts';
import { slackConfigSchema } from '../config.ts';

let trial: ActionTrial;
beforeEach(async () => {
  trial = await startActionTrial();
});
afterEach(() => trial.close());

function definitionOf(id: string, config = trial.config): ActionDefinition<unknown> {
  // The schema reads the payload before anything else does.
  return trial.action(id, config) as unknown as ActionDefinition<unknown>;
}

async function prepare(id: string, payload: object): Promise<Preparation> {
  const definition = definitionOf(id);
  return await definition.prepare(trial.context, definition.inputSchema.parse(payload));
}

function effectOf(preparation: Preparation, payload: object, effectKey = 'action-1:0') {
  const { preconditions, target } = preparation;
  const effect = { actionId: 'action-1', preconditions, target, effectKey, step: 0 };
  return { ...effect, payload, previousResults: [] };
}

async function carryOut(id: string, payload: object): Promise<ExecuteResult> {
  const preparation = await prepare(id, payload);
  return await definitionOf(id).execute(trial.context, effectOf(preparation, payload));
}

async function probe(id: string, payload: object): Promise<ProbeResult | undefined> {
  const preparation = await prepare(id, payload);
  return await definitionOf(id).probe?.(trial.context, effectOf(preparation, payload));
}

const post = { channel: 'C0WIDGETS', text: 'Two reviews wait.' };

describe('a channel that the configuration does not name', () => {
  it.each(['C0SECRET', 'secret', '#secret', 'C0WIDGETS ', 'D0ADA', '../api', 'U0ADA'])(
    'is refused before Slack is asked for it (%s)',
    async (channel) => {
      await expect(prepare('message.post', { ...post, channel })).rejects.toMatchObject({
        code: 'InvalidInput',
      });
      const asked = trial.twin.requests.map(({ parameters }) => parameters['channel']);
      expect(asked.filter((id) => id !== undefined)).toEqual([]);
      expect(trial.twin.writes).toEqual([]);
    },
  );

  it('is observed as gone where it was taken from the configuration', async () => {
    const config = slackConfigSchema.parse({ ...trial.config, channels: ['#quiet'] });
    const seen = await definitionOf('message.post', config).observe(trial.context, post);
    expect(seen).toEqual({ gone: true });
  });
});

describe('a text', () => {
  it('calls nobody by its words alone', async () => {
    const text = '<!channel> <@U0ADA> <https://evil.example|the report> & more @here @channel';
    const { content, raisedRisk, facts } = await prepare('message.post', { ...post, text });
    expect(content).toBe(
      '&lt;!channel&gt; &lt;@U0ADA&gt; &lt;https://evil.example|the report&gt; &amp; more @here @channel',
    );
    expect(raisedRisk).toBeUndefined();
    expect(facts).toContainEqual({ label: 'Calls', value: 'nobody', tone: 'plain' });
    await carryOut('message.post', { ...post, text });
    expect(trial.twin.writes[0]?.parameters).toMatchObject({
      text: content,
      parse: 'none',
      link_names: 'false',
      unfurl_links: 'false',
      unfurl_media: 'false',
    });
  });

  it.each([
    [['channel'], 'everybody'],
    [['here'], 'everybody'],
    [['S0CORE'], 'user groups'],
    [['U0PAGER'], 'programs'],
  ])('that calls %j is of high risk', async (mentions, reason) => {
    const { raisedRisk, facts } = await prepare('message.post', { ...post, mentions });
    expect(raisedRisk).toMatchObject({ risk: 'high', reason: expect.stringContaining(reason) });
    expect(facts[0]).toMatchObject({ label: 'Text', tone: 'warning' });
  });

  it('that calls a person says whom, and counts as a nudge', async () => {
    const preparation = await prepare('message.post', { ...post, mentions: ['U0ADA'] });
    expect(preparation.raisedRisk).toBeUndefined();
    expect(preparation.recipients).toEqual(['the members of #widgets (4)', '@Ada (U0ADA)']);
    expect(preparation.nudges).toEqual([
      { source: 'slack', externalId: 'U0ADA', itemKey: 'slack:C0WIDGETS:' },
    ]);
  });

  it('that calls somebody who is gone, or nobody knows, cannot be proposed', async () => {
    for (const mention of ['U0LEFT', 'U0NOBODY', 'S0NOBODY']) {
      const payload = { ...post, mentions: [mention] };
      await expect(prepare('message.post', payload)).rejects.toMatchObject({ code: 'NotFound' });
    }
  });
});

describe('who reads along', () => {
  it('is told to policy and to whoever decides', async () => {
    expect((await prepare('message.post', post)).conditions).toEqual({
      channel_public: true,
      channel_external: false,
      channel_members: 4,
      contains_command: false,
    });
    const quiet = await prepare('message.post', { ...post, channel: 'quiet' });
    expect(quiet.conditions).toMatchObject({ channel_public: false });
  });

  it('raises the risk where it is another organisation', async () => {
    trial.widgets.isExternal = true;
    const { conditions, raisedRisk, facts } = await prepare('message.post', post);
    expect(conditions).toMatchObject({ channel_external: true });
    expect(raisedRisk).toMatchObject({ risk: 'high' });
    expect(facts).toContainEqual(
      expect.objectContaining({ label: 'Other organisations', tone: 'warning' }),
    );
  });

  it('is bound: a channel that was shared meanwhile is another one', async () => {
    const { preconditions } = await prepare('message.post', post);
    trial.widgets.isExternal = true;
    expect(await definitionOf('message.post').observe(trial.context, post)).not.toEqual(
      preconditions,
    );
  });

  it('of a message to one person is that person, who may be of another organisation', async () => {
    trial.data.addUser({ id: 'U0GUEST', realName: 'Guest\u202E', teamId: 'T0OTHER' });
    const dm = { user: 'U0GUEST', text: 'Hello.' };
    const { conditions, raisedRisk, recipients } = await prepare('message.dm', dm);
    expect(conditions).toMatchObject({ channel_external: true, channel_members: 1 });
    expect(raisedRisk).toMatchObject({ risk: 'high' });
    expect(recipients).toEqual(['@Guest\uFFFD (U0GUEST)']);
  });
});

describe('a guest', () => {
  it('to whom a message goes, or whom one calls, raises the risk', async () => {
    const guest = trial.data.addUser({ id: 'U0EVE', realName: 'Eve', isGuest: true });
    const dm = { user: 'U0EVE', text: 'Hello.' };
    const direct = await prepare('message.dm', dm);
    expect(direct.conditions).toMatchObject({ channel_external: true });
    expect(direct.raisedRisk).toMatchObject({ reason: expect.stringContaining('guest') });
    expect(direct.facts[0]).toMatchObject({ tone: 'warning' });
    const called = await prepare('message.post', { ...post, mentions: ['U0EVE'] });
    expect(called.raisedRisk).toMatchObject({ reason: expect.stringContaining('guests: @Eve') });
    guest.isGuest = false;
    expect((await prepare('message.dm', dm)).conditions).toMatchObject({ channel_external: false });
    expect(await definitionOf('message.dm').observe(trial.context, dm)).not.toEqual(
      direct.preconditions,
    );
  });
});

describe('a lost answer', () => {
  it.each<[string, () => object]>([
    ['message.post', () => post],
    ['message.post', () => ({ ...post, threadTs: trial.question.ts })],
    ['message.dm', () => ({ user: 'U0ADA', text: 'Hello.' })],
    ['message.update', () => ({ channel: 'C0WIDGETS', ts: trial.ours.ts, text: 'New words.' })],
  ])('of %s is not known, and what was done is found (%#)', async (id, payloadOf) => {
    const payload = payloadOf();
    const preparation = await prepare(id, payload);
    const effect = effectOf(preparation, payload);
    const method = id === 'message.update' ? 'chat.update' : 'chat.postMessage';
    trial.twin.faults.add({ kind: 'lost_answer', method, times: 1 });
    const definition = definitionOf(id);
    await expect(definition.execute(trial.context, effect)).rejects.toMatchObject({
      code: 'Upstream',
    });
    expect(await definition.probe?.(trial.context, effect)).toMatchObject({ outcome: 'applied' });
    expect(await definition.probe?.(trial.context, { ...effect, effectKey: 'action-2:0' })).toEqual(
      { outcome: 'absent' },
    );
  });

  it.each(['server_error', 'broken_body', 'dropped'] as const)(
    'is not taken for a refusal (%s)',
    async (kind) => {
      const preparation = await prepare('message.post', post);
      trial.twin.faults.add({ kind, method: 'chat.postMessage', times: 1 });
      const tried = definitionOf('message.post').execute(
        trial.context,
        effectOf(preparation, post),
      );
      await expect(tried).rejects.toMatchObject({ code: 'Upstream' });
    },
  );

  it('is looked for past many newer messages, and left to a person past too many', async () => {
    await carryOut('message.post', post);
    const { data, widgets, clock } = trial;
    for (let at = 0; at < 450; at += 1) {
      data.say(widgets, { at: now + 1_000 + at, user: 'U0ADA', text: 'So.' });
    }
    clock.advance(dayMs);
    expect(await probe('message.post', post)).toMatchObject({ outcome: 'applied' });
    for (let at = 0; at < 5_000; at += 1) {
      data.say(widgets, { at: now + 2_000 + at, user: 'U0ADA', text: 'So.' });
    }
    expect(await probe('message.post', post)).toMatchObject({ outcome: 'unclear' });
  });
});

describe('what Slack refuses', () => {
  it('was not done', async () => {
    const preparation = await prepare('message.post', post);
    trial.widgets.members = ['UREADER01'];
    const effect = effectOf(preparation, post);
    expect(await definitionOf('message.post').execute(trial.context, effect)).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('not_in_channel'),
    });
  });

  it('for a while may be tried again', async () => {
    const preparation = await prepare('message.post', post);
    const effect = effectOf(preparation, post);
    const fault = { kind: 'rate_limited', method: 'chat.postMessage', times: 1 } as const;
    trial.twin.faults.add({ ...fault, retryAfter: '9' });
    const definition = definitionOf('message.post');
    expect(await definition.execute(trial.context, effect)).toMatchObject({
      outcome: 'not_applied',
      retryAfterMs: 9_000,
    });
    trial.twin.faults.add({ ...fault, retryAfter: 'tomorrow' });
    expect(await definition.execute(trial.context, effect)).toMatchObject({
      outcome: 'not_applied',
      retryAfterMs: 60_000,
    });
  });

  it('is not even sent without a token for writing', async () => {
    const { writeToken: _, ...rest } = trial.config;
    const config = slackConfigSchema.parse(rest);
    const definition = definitionOf('message.post', config);
    const preparation = await definition.prepare(trial.context, post);
    expect(preparation.facts).toContainEqual(
      expect.objectContaining({ label: 'Write credential', tone: 'warning' }),
    );
    const ended = await definition.execute(trial.context, effectOf(preparation, post));
    expect(ended).toMatchObject({ outcome: 'refused' });
    expect(trial.twin.writes).toEqual([]);
  });

  it('is never carried on to where a redirect leads', async () => {
    const preparation = await prepare('message.post', post);
    const location = `${trial.twin.baseUrl}chat.postMessage`;
    trial.twin.faults.add({ kind: 'redirected', location, method: 'chat.postMessage', times: 1 });
    const ended = await definitionOf('message.post').execute(
      trial.context,
      effectOf(preparation, post),
    );
    expect(ended).toMatchObject({ outcome: 'refused' });
    expect(trial.twin.writes).toHaveLength(1);
  });
});

describe('a message that is changed', () => {
  it('must be one of ours', async () => {
    const payload = { channel: 'C0WIDGETS', ts: trial.question.ts, text: 'Other words.' };
    await expect(prepare('message.update', payload)).rejects.toMatchObject({
      code: 'InvalidInput',
      message: expect.stringContaining('No action of ours'),
    });
  });

  it('must say what it said when it was approved', async () => {
    const payload = { channel: 'C0WIDGETS', ts: trial.ours.ts, text: 'New words.' };
    const { preconditions, facts } = await prepare('message.update', payload);
    expect(facts).toContainEqual({ label: 'Replaces', value: 'The old words.', tone: 'plain' });
    trial.ours.text = 'Words of somebody else.';
    const definition = definitionOf('message.update');
    expect(await definition.observe(trial.context, payload)).not.toEqual(preconditions);
    trial.ours.isDeleted = true;
    expect(await definition.observe(trial.context, payload)).toEqual({ gone: true });
  });

  it('may be a reply', async () => {
    const thread = { channel: 'C0WIDGETS', threadTs: trial.question.ts };
    await carryOut('message.post', { ...thread, text: 'A reply.' });
    const reply = trial.widgets.messages.find(({ text }) => text === 'A reply.');
    const payload = { ...thread, ts: reply?.ts, text: 'A better reply.' };
    expect(await carryOut('message.update', payload)).toMatchObject({ outcome: 'applied' });
    expect(reply?.text).toBe('A better reply.');
  });
});
