import type { MetricAnswer } from '@adjutant/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { PrincipalName } from '../testing/api-principals.ts';
import { apiNow, type ApiWorld, type Asked, openApiWorld } from '../testing/api-world.ts';

let world: ApiWorld;
beforeAll(async () => {
  world = await openApiWorld();
});
afterAll(() => world.close());

async function ask(who: PrincipalName, asked: Asked): Promise<{ status: number; told: unknown }> {
  const answer = await world.ask(who, asked);
  const text = await answer.text();
  return { status: answer.status, told: text === '' ? null : JSON.parse(text) };
}

const get = (path: string, who: PrincipalName = 'admin') => ask(who, { method: 'GET', path });
const post = (path: string, body: unknown, who: PrincipalName = 'admin') =>
  ask(who, { method: 'POST', path, body });

const october = { from: Date.UTC(2026, 9, 1), to: Date.UTC(2026, 9, 28) };
const proposal = { type: 'note.ask', payload: { text: 'one' } };
const proposedSchema = z.strictObject({
  action_id: z.string(),
  risk: z.enum(['low', 'medium', 'high']).nullable(),
  ttl: z.number().nullable(),
  links: z.strictObject({ action: z.string(), page: z.string() }),
});

describe('figures', () => {
  test.each([
    ['dora/lead-time', 'lead_time_for_changes'],
    ['dora/deployment-frequency', 'deployment_frequency'],
    ['dora/change-fail-rate', 'change_fail_rate'],
    ['dora/mttr', 'time_to_restore'],
    ['mttr', 'time_to_restore'],
    ['throughput', 'throughput'],
  ])('/v1/metrics/%s is what the SDK answers', async (path, metricId) => {
    const of = world.admin();
    const query = 'from=2026-10-01&to=2026-10-28&repository=widgets';
    const window = october;
    const asked = { metricId, window, repository: 'widgets' };
    const { status, told } = await get(`/v1/metrics/${path}?${query}`);
    const answer = await of.metric(asked);
    expect(status).toBe(200);
    expect(told).toEqual(asJson(answer));
    expect(answer.sampleSize, 'a figure of nothing would be equal whatever it is').not.toBe(0);
  });

  test('explained, compared and cited they are what the SDK answers too', async () => {
    const of = world.admin();
    const before = { from: Date.UTC(2026, 9, 5), to: Date.UTC(2026, 9, 12) };
    const after = { from: Date.UTC(2026, 9, 12), to: Date.UTC(2026, 9, 19) };
    const days =
      'beforeFrom=2026-10-05&beforeTo=2026-10-12&afterFrom=2026-10-12&afterTo=2026-10-19';
    const compared = await get(`/v1/metrics/throughput/compare?${days}`);
    expect(compared.told).toEqual(
      asJson(await of.compareMetric({ metricId: 'throughput', before, after })),
    );
    const explained = await get('/v1/metrics/throughput/explain?days=28&limit=3');
    const window = { from: Date.UTC(2026, 9, 1), to: apiNow };
    const page = await of.explainMetric({ metricId: 'throughput', window, limit: 3 });
    expect(explained.told).toEqual(asJson(page));
    expect(page.items).toHaveLength(3);
    const { citationId }: MetricAnswer = page.value;
    const cited = await get(`/v1/citations/${citationId}`);
    expect(cited.told).toEqual(asJson(await of.explainCitation(citationId)));
  });

  test('the filters of an address are those of the SDK', async () => {
    const told = async (query: string) => (await get(`/v1/metrics/throughput?${query}`)).told;
    expect(await told('workType=bug&authors=people&authors=coding_agents')).toMatchObject({
      filter: { workTypes: ['bug'], authors: ['people', 'coding_agents'] },
    });
    expect(await told('label=a&label=b')).toMatchObject({ filter: { labels: ['a', 'b'] } });
  });

  test.each([
    ['days=0', 'query.days'],
    ['from=2026-10-01', 'from and to'],
    ['from=2026-10-20&to=2026-10-01', 'ends before it begins'],
    ['from=2026-02-31&to=2026-10-01', 'query.from'],
    ['days=7&from=2026-10-01&to=2026-10-20', 'query.days'],
    ['timeZone=Nowhere%2FAtAll', 'zone'],
    ['days=1&timeZone=__proto__', 'query.timeZone'],
    ['wrong=1', 'query'],
  ])('of %s the answer is 400 and says where', async (query, place) => {
    const { status, told } = await get(`/v1/metrics/throughput?${query}`);
    expect(status).toBe(400);
    expect(JSON.stringify(told)).toContain(place);
  });
});

describe('from a proposal to a decision', () => {
  test('the answer to a proposal is exactly the founding names and links', async () => {
    const body = { ...proposal, idempotencyKey: 'round-trip-1' };
    const { status, told } = await post('/v1/actions/propose', body, 'agent');
    expect(status).toBe(202);
    const { action_id: id, links, ttl } = proposedSchema.parse(told);
    expect(ttl).toBeGreaterThan(0);
    expect(links.action).toBe(`http://localhost:4747/v1/actions/${id}`);
    expect(await post('/v1/actions/propose', body, 'agent')).toMatchObject({
      told: { action_id: id },
    });
    const other = await post(
      '/v1/actions/propose',
      { ...body, payload: { text: 'other words' } },
      'agent',
    );
    expect(other.status).toBe(409);
  });

  test('somebody approves, it is carried out, and the ledger tells who decided', async () => {
    const { id, revision, payloadHash, traceId } = await world.propose();
    const shown = await get(`/v1/approvals/${id}`);
    expect(shown.told).toMatchObject({
      id,
      status: 'pending',
      trace_id: traceId,
      detail: { payloadHash },
    });
    const waiting = await get('/v1/approvals');
    expect(JSON.stringify(waiting.told)).toContain(id);
    const body = { decision: 'approve', revision, payloadHash, reason: 'fine' };
    const decided = await post(`/v1/approvals/${id}/decision`, body);
    expect(decided.told).toMatchObject({
      action_id: id,
      decision: 'approve',
      trace_id: traceId,
    });
    const done = await world.admin().actions.await(id, { maxWaitMs: 10_000, until: 'settled' });
    expect(done.status).toBe('executed');
    const { told } = await get(`/v1/decisions?action=${id}`);
    expect(told).toMatchObject({ total: 1, items: [{ subject: id, outcome: 'approve', traceId }] });
    expect(JSON.stringify((await get(`/v1/approvals?limit=200`)).told)).not.toContain(id);
  });

  test('a changed payload is checked, carried out as changed, and the original is kept', async () => {
    const { id } = await world.propose();
    const path = `/v1/approvals/${id}/decision`;
    const change = { decision: 'modify', revision: 1, reason: 'shorter' };
    const wrong = await post(path, { ...change, payload: { text: '', more: 1 } });
    expect(wrong.status).toBe(400);
    const changed = await post(path, { ...change, payload: { text: 'changed' } });
    expect(changed).toMatchObject({ status: 200, told: { decision: 'modify', revision: 2 } });
    const { payloadHash, payload, revisions } = await world.prepared(id);
    expect(payload).toEqual({ text: 'changed' });
    expect(revisions[0]?.payload).not.toEqual({ text: 'changed' });
    const stale = { decision: 'approve', revision: 1, payloadHash };
    expect((await post(path, stale)).status).toBe(409);
    const body = { decision: 'approve', revision: 2, payloadHash };
    expect((await post(path, body)).status).toBe(200);
    const done = await world.admin().actions.await(id, { maxWaitMs: 10_000, until: 'settled' });
    expect(done).toMatchObject({ status: 'executed', payload: { text: 'changed' } });
  });

  test('of no action there is nothing to show or decide', async () => {
    expect((await get('/v1/approvals/none')).status).toBe(404);
    const body = { decision: 'decline', revision: 1, payloadHash: 'x' };
    expect((await post('/v1/approvals/none/decision', body)).status).toBe(404);
    expect(await post('/v1/approvals/none/decision', { ...body, decision: 'maybe' })).toMatchObject(
      { status: 400, told: { error: { message: expect.stringContaining('body.decision') } } },
    );
  });
});

describe('reports', () => {
  test('a private one of somebody else is refused, to read and to remove; one’s own goes', async () => {
    const made = await post('/v1/reports', { did: 'A private line.' }, 'member');
    const { id } = z.looseObject({ id: z.string() }).parse(made.told);
    expect(made).toMatchObject({
      status: 201,
      told: { visibility: 'private', submittedVia: 'http' },
    });
    const path = `/v1/reports/${id}`;
    for (const who of ['lead', 'admin'] as const) {
      for (const method of ['GET', 'DELETE']) {
        const refused = await ask(who, { method, path });
        expect(refused.status, `${who} ${method}`).toBe(403);
        expect(JSON.stringify(refused.told)).not.toContain('private line');
      }
      expect(JSON.stringify((await get('/v1/reports', who)).told)).not.toContain('private line');
    }
    expect((await get(path, 'member')).status).toBe(200);
    expect((await ask('member', { method: 'DELETE', path })).status).toBe(204);
    expect((await get(path, 'member')).status).toBe(404);
  });
});

describe('identities', () => {
  test('a list names each account and its person, and one is confirmed and taken back', async () => {
    const { told } = await get('/v1/identities?text=cy');
    const { items } = z.looseObject({ items: z.array(z.looseObject({})) }).parse(told);
    expect(items).toMatchObject([
      { external_type: 'forge', external_id: 'cy', metadata: { login: 'cy', kind: 'human' } },
    ]);
    // Somebody who holds nothing: a member with a passkey takes an administrator who is there.
    const held = world.castOf('default').member;
    const refused = { external_type: 'forge', external_id: 'cy', user_id: held };
    expect((await post('/v1/identities', refused, 'lead')).status).toBe(403);
    const [di] = (await world.admin('default').findPeople({ text: 'di' })).items;
    const user_id = di?.id;
    const body = { external_type: 'forge', external_id: 'cy', user_id };
    const made = await post('/v1/identities', body, 'lead');
    expect(made).toMatchObject({ status: 201, told: { toPersonId: user_id } });
    expect((await get('/v1/identities?text=cy')).told).toMatchObject({ items: [{ user_id }, {}] });
    expect((await post('/v1/identities', body, 'lead')).status).toBe(409);
    const { id: changeId } = z.looseObject({ id: z.string() }).parse(made.told);
    expect((await post('/v1/identities/undo', { changeId }, 'lead')).status).toBe(204);
    expect((await post('/v1/identities/undo', { changeId }, 'lead')).status).toBe(404);
  });
});

test('muting a whole rule is a lead’s to do', async () => {
  const body = { ruleId: 'overdue-story' };
  expect((await post('/v1/signals/mute', body, 'member')).status).toBe(403);
  expect((await post('/v1/signals/mute', body, 'lead')).status).toBe(204);
  expect((await post('/v1/signals/unmute', body, 'lead')).status).toBe(204);
});

test('a brief comes as JSON or as Markdown', async () => {
  const answer = await world.ask('member', {
    method: 'GET',
    path: '/v1/briefs/today?format=markdown',
  });
  expect(answer.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
  expect(await answer.text()).toMatch(/^# What needs you today/);
  expect((await get('/v1/briefs/today')).told).toMatchObject({ kind: 'today' });
});

/** What comes of an answer on its way through JSON. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

test('an address in other letters is the same, and one that is not there is nothing', async () => {
  expect((await get('/%761/projects')).status).toBe(200);
  for (const path of ['/v1/nothing', '/%761/nothing', '/v1', '//v1/projects']) {
    expect((await world.ask('admin', { method: 'GET', path })).status).toBe(404);
  }
});
