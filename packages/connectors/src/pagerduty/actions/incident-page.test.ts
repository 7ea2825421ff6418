import { afterEach, describe, expect, it } from 'vitest';
import { shortHash } from '../../writing/effect-key.ts';
import { type ActionTrial, routingKey, startActionTrial } from '../__fixtures__/action-trial.ts';

let trial: ActionTrial;
afterEach(async () => await trial.close());

const valueOf = (facts: readonly { label: string; value: string; tone: string }[], label: string) =>
  facts.find((fact) => fact.label === label);

describe('the preview of a page', () => {
  it('names who is on call now, the service, its policy and urgency', async () => {
    trial = await startActionTrial();
    const { recipients, facts, content, preconditions, target } = await trial.prepare();
    expect(recipients).toEqual([
      'Ada Example (on call, level 1)',
      'Grace Example (on call, level 2)',
    ]);
    expect(valueOf(facts, 'Service')?.value).toBe(`checkout (${trial.checkout.id})`);
    expect(valueOf(facts, 'Urgency')?.value).toBe('high');
    expect(valueOf(facts, 'Routing')).toMatchObject({ tone: 'plain' });
    expect(content).toBe(`${trial.payload.summary}\n\n${trial.payload.details}`);
    expect(target.externalId).toBe(trial.checkout.id);
    expect(preconditions).toEqual({
      serviceId: trial.checkout.id,
      status: 'taking incidents',
      escalationPolicyId: trial.checkout.policy.id,
      keyHash: shortHash(routingKey),
      keyBelongs: 'yes',
    });
  });

  it('says that nobody is on call', async () => {
    trial = await startActionTrial();
    trial.checkout.policy.levels = [];
    const { recipients, facts } = await trial.prepare();
    expect(recipients).toEqual(['whoever comes on call for Checkout']);
    expect(valueOf(facts, 'Pages')).toMatchObject({ tone: 'warning' });
  });

  it('warns that the key decides where PagerDuty does not show whose it is', async () => {
    trial = await startActionTrial();
    trial.checkout.showsKeys = false;
    const { facts, raisedRisk, preconditions } = await trial.prepare();
    expect(valueOf(facts, 'Routing')).toMatchObject({ tone: 'warning' });
    expect(raisedRisk).toMatchObject({ risk: 'high', reason: expect.stringContaining('decides') });
    expect(preconditions).toMatchObject({ keyBelongs: 'unknown' });
    trial.checkout.showsKeys = true;
    expect((await trial.prepare()).raisedRisk).toBeUndefined();
    expect(await trial.definition.observe(trial.context, trial.payload)).not.toEqual(preconditions);
  });

  it('is bound to the key, also where PagerDuty does not show whose it is', async () => {
    let key = routingKey;
    trial = await startActionTrial({ routingKey: () => key });
    trial.checkout.showsKeys = false;
    const effect = await trial.effect();
    key = 'a'.repeat(32);
    trial.search.integrationKeys.push(key);
    const observedNow = await trial.definition.observe(trial.context, trial.payload);
    expect(observedNow).not.toEqual(effect.preconditions);
    expect(await trial.execute(effect)).toMatchObject({ outcome: 'refused' });
    expect(trial.paged()).toBe(0);
    key = routingKey;
    expect(await trial.execute(effect)).toMatchObject({ outcome: 'applied' });
  });

  it('refuses a service that the key does not page', async () => {
    trial = await startActionTrial();
    trial.checkout.integrationKeys.splice(0, 1, 'f'.repeat(32));
    await expect(trial.prepare()).rejects.toMatchObject({ code: 'InvalidInput' });
  });

  it('refuses a disabled service, and a service that is not there', async () => {
    trial = await startActionTrial();
    trial.checkout.status = 'disabled';
    await expect(trial.prepare()).rejects.toMatchObject({ code: 'InvalidInput' });
    trial.payload.service = 'PNOTHERE';
    await expect(trial.prepare()).rejects.toMatchObject({ code: 'NotFound' });
  });

  it('is bound to the policy and to whether the service takes incidents, not to those it has', async () => {
    trial = await startActionTrial();
    const { preconditions } = await trial.prepare();
    const observe = async () => await trial.definition.observe(trial.context, trial.payload);
    trial.checkout.status = 'critical';
    expect(await observe()).toEqual(preconditions);
    trial.checkout.status = 'maintenance';
    expect(await observe()).not.toEqual(preconditions);
    trial.checkout.status = 'disabled';
    expect(await observe()).toEqual({ gone: true });
    trial.checkout.status = 'active';
    trial.checkout.policy = trial.data.addPolicy('Another', [[trial.grace]]);
    expect(await observe()).not.toEqual(preconditions);
  });

  it('shows names as text that cannot act', async () => {
    trial = await startActionTrial();
    trial.ada.name = 'Ada\u001b[2J\u202e\nExample';
    trial.checkout.name = 'check\u0000out\nRouting: safe';
    const { recipients, facts, target } = await trial.prepare();
    const texts = [...recipients, target.ref, ...facts.map(({ value }) => value)];
    expect(texts.filter((text) => /[\p{Cc}\p{Cf}]/u.test(text))).toEqual([]);
  });
});

describe('a page', () => {
  it('is of no class that is sent again unseen: once resolved, the same key pages anew', async () => {
    trial = await startActionTrial();
    const effect = await trial.effect();
    await trial.execute(effect);
    const incident = trial.data.incidents.at(-1);
    if (incident !== undefined) trial.data.resolve(incident, trial.ada, trial.clock.now());
    await trial.execute(effect);
    expect(trial.paged()).toBe(2);
    expect(trial.definition.effectClass).toBe('probeable');
  });

  it('makes one incident for its key, however often it is sent', async () => {
    trial = await startActionTrial();
    const effect = await trial.effect();
    expect(await trial.execute(effect)).toMatchObject({ outcome: 'applied' });
    await trial.execute(effect);
    expect(trial.paged()).toBe(1);
    await trial.execute(await trial.effect('action-2:0'));
    expect(trial.paged()).toBe(2);
  });

  it('is found after its answer was lost, also once it is resolved', async () => {
    trial = await startActionTrial();
    const effect = await trial.effect();
    trial.twin.faults.push({ kind: 'lost_answer', path: '/v2/enqueue' });
    await expect(trial.execute(effect)).rejects.toMatchObject({ code: 'Upstream' });
    const incident = trial.data.incidents.at(-1);
    if (incident !== undefined) trial.data.resolve(incident, trial.ada, trial.clock.now());
    expect(await trial.probe(effect)).toMatchObject({
      outcome: 'applied',
      result: { incidentId: incident?.id },
    });
    expect(trial.paged()).toBe(1);
  });

  it('is not known to be done after a failure, waits where it is asked to, and is refused for good', async () => {
    trial = await startActionTrial();
    const effect = await trial.effect();
    trial.twin.faults.push({ kind: 'failing', path: '/v2/enqueue' });
    await expect(trial.execute(effect)).rejects.toMatchObject({ code: 'Upstream' });
    const headers = { 'retry-after': '12' };
    trial.twin.faults.push({ kind: 'limited', path: '/v2/enqueue', headers });
    expect(await trial.execute(effect)).toMatchObject({
      outcome: 'not_applied',
      retryAfterMs: 12_000,
    });
    trial.checkout.integrationKeys.length = 0;
    expect(await trial.execute(effect)).toMatchObject({ outcome: 'refused' });
    expect(trial.paged()).toBe(0);
  });

  it('is refused without an integration key, or with what is none, before anything is sent', async () => {
    for (const more of [{ routingKey: undefined }, { routingKey: 'a key\r\nwith lines' }]) {
      trial = await startActionTrial(more);
      const { facts } = await trial.prepare();
      expect(valueOf(facts, 'Integration key')).toMatchObject({ tone: 'warning' });
      expect(await trial.execute(await trial.effect())).toMatchObject({ outcome: 'refused' });
      expect(trial.twin.requests.filter(({ at }) => at === 'events')).toEqual([]);
      await trial.close();
    }
  });

  it('is not carried on to another host', async () => {
    trial = await startActionTrial();
    const effect = await trial.effect();
    const headers = { location: 'http://127.0.0.1:9/v2/enqueue' };
    trial.twin.faults.push({ kind: 'redirected', path: '/v2/enqueue', headers });
    expect(await trial.execute(effect)).toMatchObject({ outcome: 'refused' });
    expect(trial.paged()).toBe(0);
  });
});

describe('the two credentials', () => {
  it('each go to their own host, and stand in no preview, result or error', async () => {
    trial = await startActionTrial();
    const preparation = await trial.prepare();
    const effect = await trial.effect();
    const result = await trial.execute(effect);
    trial.twin.faults.push({ kind: 'failing', path: '/v2/enqueue' });
    const error: unknown = await trial.execute(effect).catch((caught: unknown) => caught);
    trial.checkout.integrationKeys.length = 0;
    const refusal = await trial.execute(effect);
    const { requests, token } = trial.twin;
    const sentTo = (at: 'api' | 'events') =>
      requests
        .filter((one) => one.at === at)
        .map(({ text, body }) => `${text} ${body}`)
        .join('\n');
    expect(sentTo('events')).toContain(routingKey);
    expect(sentTo('events')).not.toContain(token);
    expect(sentTo('api')).toContain(token);
    expect(sentTo('api')).not.toContain(routingKey);
    const shown = JSON.stringify([preparation, result, refusal, String(error), error]);
    expect(shown).not.toContain(routingKey);
    expect(shown).not.toContain(token);
  });
});

describe('the payload', () => {
  it('is one line of at most 1,024 characters, a known severity, and an id', async () => {
    trial = await startActionTrial();
    const { inputSchema } = trial.definition;
    const takes = (more: object) => inputSchema.safeParse({ ...trial.payload, ...more }).success;
    expect(takes({})).toBe(true);
    expect(takes({ summary: 'a'.repeat(1_024) })).toBe(true);
    expect(takes({ summary: 'a'.repeat(1_025) })).toBe(false);
    expect(takes({ summary: 'two\nlines' })).toBe(false);
    expect(takes({ severity: 'high' })).toBe(false);
    expect(takes({ service: '../users/me' })).toBe(false);
    expect(takes({ details: 'a\u0000b' })).toBe(false);
  });
});
