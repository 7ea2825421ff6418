import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { canonicalDump, createFakeClock } from '@adjutant/core/testing';
import * as fc from 'fast-check';
import { SignJWT } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { jira } from '../connector.ts';
import { generateJiraSite } from '../testing/generate-jira-site.ts';
import { startJiraTwin } from '../testing/start-jira-twin.ts';
import { jiraWebhooks } from './jira-webhooks.ts';

const secret = 'the secret of the webhook';
const appSecret = 'the client secret of the app';
const to = Date.parse('2026-10-01T12:00:00Z');

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

function signed(payload: unknown, { by = secret, id = 'delivery-1' } = {}) {
  const body = bytes(payload);
  const digits = createHmac('sha256', by).update(body).digest('hex');
  return {
    body,
    headers: {
      'X-Hub-Signature': `sha256=${digits}`,
      'X-Atlassian-Webhook-Identifier': id,
      'Content-Type': 'application/json',
    },
  };
}

async function byApp(
  payload: unknown,
  { by = appSecret, algorithm = 'HS256', issuedAt = to / 1_000, lastsSeconds = 300 } = {},
) {
  const token = await new SignJWT({ sub: 'app' })
    .setProtectedHeader({ alg: algorithm })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lastsSeconds)
    .sign(new TextEncoder().encode(by));
  return { body: bytes(payload), headers: { authorization: `Bearer ${token}` } };
}

async function start(more: object = { webhookSecret: secret, webhookJwtSecret: appSecret }) {
  const site = generateJiraSite({ issues: 3, to });
  const clock = createFakeClock(to);
  const twin = await startJiraTwin({ ...site, clock });
  const folder = await mkdtemp(join(tmpdir(), 'jira-webhooks-'));
  const store = `file:${join(folder, 'store.db')}`;
  const adjutant = await createAdjutant({
    store,
    connectors: [
      jira({ site: twin.url, projects: ['PAY'], email: twin.email, token: twin.token, ...more }),
    ],
    clock,
  });
  onTestFinished(async () => {
    await adjutant.close();
    await twin.close();
    await rm(folder, { recursive: true });
  });
  return { ...site, folder, store, twin, clock, adjutant, inbox: adjutant.webhooks() };
}

const updated = (projectId: number) => ({
  webhookEvent: 'jira:issue_updated',
  issue: {
    id: '1',
    key: 'PAY-1',
    fields: { summary: 'Words', project: { id: String(projectId) } },
  },
});

describe('a delivery of Jira', () => {
  it('is taken in both signature forms, once, and leads to a look at Jira', async () => {
    const { adjutant, inbox, data, project, owner, clock, twin, store } = await start();
    await adjutant.sync();
    const [issue] = data.issues.values();
    if (issue === undefined) throw new Error('No issue.');
    await clock.sleep(60_000);
    data.transition(issue, 'In Review', { at: clock.now(), by: owner });
    const payload = updated(project.id);
    expect(await inbox.receive('jira', signed(payload))).toMatchObject({
      outcome: 'stored',
      hints: 1,
    });
    expect(await inbox.receive('jira', signed(payload))).toMatchObject({ outcome: 'duplicate' });
    expect(await inbox.receive('jira', await byApp(payload))).toMatchObject({ outcome: 'stored' });
    twin.requests.splice(0);
    await inbox.follow();
    expect(twin.requests).toContain('POST /rest/api/3/search/jql');
    expect(await canonicalDump(store)).toContain('In Review');
  });

  it('is refused unsigned, signed by another, or signed over other bytes', async () => {
    const { inbox, project } = await start();
    const payload = updated(project.id);
    const { body, headers } = signed(payload);
    const reasonOf = async (request: Parameters<typeof inbox.receive>[1]) =>
      (await inbox.receive('jira', request)).reason;
    expect(await reasonOf({ body, headers: {} })).toBe('unsigned');
    expect(await reasonOf(signed(payload, { by: 'another' }))).toBe('wrong_signature');
    expect(await reasonOf({ body: bytes({ ...payload, more: 1 }), headers })).toBe(
      'wrong_signature',
    );
    expect(await reasonOf({ ...signed({ no: 'event' }) })).toBe('malformed');
    expect(await reasonOf(signed(payload, { id: 'a b' }))).toBe('malformed');
  });

  it('is refused with a token of another, too old, not yet, or without a signature', async () => {
    const { inbox, project } = await start();
    const payload = updated(project.id);
    const reasonOf = async (request: Parameters<typeof inbox.receive>[1]) =>
      (await inbox.receive('jira', request)).reason;
    expect(await reasonOf(await byApp(payload, { by: 'another secret' }))).toBe('wrong_signature');
    expect(await reasonOf(await byApp(payload, { issuedAt: to / 1_000 - 3_600 }))).toBe(
      'wrong_signature',
    );
    const lasting = { issuedAt: to / 1_000 - 3_600, lastsSeconds: 86_400 };
    expect(await reasonOf(await byApp(payload, lasting))).toBe('wrong_signature');
    expect(await reasonOf(await byApp(payload, { issuedAt: to / 1_000 + 3_600 }))).toBe(
      'wrong_signature',
    );
    expect(await reasonOf(await byApp(payload, { algorithm: 'HS512' }))).toBe('wrong_signature');
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const times = { iat: to / 1_000, exp: to / 1_000 + 60 };
    const unsigned = `${encode({ alg: 'none' })}.${encode(times)}.`;
    for (const token of [unsigned, `${unsigned}e30`]) {
      const headers = { authorization: `Bearer ${token}` };
      expect(await reasonOf({ body: bytes(payload), headers })).toBe('wrong_signature');
    }
  });

  it('is refused where its form has no secret here', async () => {
    const none = await start({});
    expect(await none.inbox.receive('jira', signed(updated(none.project.id)))).toMatchObject({
      reason: 'not_configured',
    });
    const onlyJwt = await start({ webhookJwtSecret: appSecret });
    expect(await onlyJwt.inbox.receive('jira', signed(updated(1)))).toMatchObject({
      reason: 'wrong_signature',
    });
  });

  it('leaves its event, times and numbers in the store, and no word, name or address', async () => {
    const { adjutant, inbox, project, folder } = await start();
    await adjutant.sync();
    const person = {
      accountId: 'plantedAccount',
      displayName: 'Planted Name',
      emailAddress: 'planted@example.com',
    };
    const payload = {
      timestamp: to,
      webhookEvent: 'jira:issue_updated',
      user: person,
      issue: {
        id: '77001122',
        key: 'PLANTEDKEY-1',
        fields: {
          summary: 'planted summary',
          description: 'planted description',
          reporter: person,
          project: { id: String(project.id), name: 'planted project' },
        },
      },
      comment: { id: '5', body: 'planted comment', author: person },
      changelog: { id: '6', items: [{ field: 'summary', toString: 'planted change' }] },
      sprint: { id: 7, goal: 'planted goal', originBoardId: 8 },
    };
    expect(await inbox.receive('jira', signed(payload))).toMatchObject({ hints: 1 });
    // In one go: a closed store lets its files go when the driver's statements are collected.
    const stored = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    const everything = stored.join('');
    expect(everything.includes('77001122')).toBe(true);
    expect(/planted/i.exec(everything)?.[0] ?? null).toBe(null);
  });

  it('leaves no text of a project that was not selected', async () => {
    const { adjutant, inbox, data } = await start();
    await adjutant.sync();
    const other = data.addProject('SECRET');
    expect(await inbox.receive('jira', signed(updated(other.id)))).toMatchObject({
      outcome: 'stored',
      hints: 0,
    });
  });
});

it('answers any bytes and headers, and takes nothing that was not signed', async () => {
  const { definition, config } = jira({
    site: 'https://acme.atlassian.net',
    projects: ['PAY'],
    webhookSecret: secret,
    webhookJwtSecret: appSecret,
  });
  expect(definition.webhooks).toBe(jiraWebhooks);
  const words = fc.oneof(
    fc.string(),
    fc.constantFrom('sha256=', 'Bearer a.b.c', 'JWT ..', `sha256=${'0'.repeat(64)}`),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 400 }),
      fc.record({ 'x-hub-signature': words, authorization: words }, { requiredKeys: [] }),
      async (body, headers: Record<string, string>) => {
        const verdict = await jiraWebhooks.verify({
          config: config as Parameters<typeof jiraWebhooks.verify>[0]['config'],
          header: (name) => headers[name] ?? null,
          body,
          now: to,
        });
        expect(verdict.isGenuine).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), (event, payload) => {
      expect(Array.isArray(jiraWebhooks.hints(event, payload))).toBe(true);
      expect(jiraWebhooks.kept?.(event, payload)).toMatchObject({ webhookEvent: event });
    }),
  );
});
