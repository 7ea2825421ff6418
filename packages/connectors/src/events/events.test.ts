import { readFile } from 'node:fs/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Adjutant, createAdjutant } from '@adjutant/core';
import { createFakeClock, testConnector } from '@adjutant/core/testing';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { events } from './connector.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const nextSecret = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
const start = Date.UTC(2026, 8, 14, 12);
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const repository = 'https://forge.example/acme/web';
const iso = (at: number): string => new Date(at).toISOString();

const deployment = {
  type: 'deployment',
  id: 'web-412',
  repository,
  service: 'web',
  result: 'success',
  sha: 'a'.repeat(40),
  finishedAt: iso(start - hourMs),
};
const incident = {
  type: 'incident',
  id: 'outage-7',
  title: 'The shop is down',
  createdAt: iso(start - 30 * minuteMs),
  causedBy: 'web-412',
};
const build = {
  type: 'build',
  id: 'run-9',
  name: 'tests',
  repository: `${repository}.git/`,
  result: 'failure',
  finishedAt: iso(start - 2 * hourMs),
};

/** Signed by the library that the scheme publishes. */
function signed(id: string, payload: unknown, at = start, by: readonly string[] = [secret]) {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const signatures = by.map((one) => new Webhook(one).sign(id, new Date(at), body));
  return {
    body: new TextEncoder().encode(body),
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at / 1_000)),
      'webhook-signature': signatures.join(' '),
    },
  };
}

/** The rows of a table, as an export has them. */
async function rowsOf(adjutant: Adjutant, table: string): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const line of adjutant.exportWorkspace()) {
    const [name, row] = z
      .tuple([z.string(), z.unknown()])
      .catch(['', null])
      .parse(JSON.parse(line));
    if (name === table) rows.push(row);
  }
  return rows;
}

async function open(
  options: Partial<Parameters<typeof createAdjutant>[0]> = {},
): Promise<{ adjutant: Adjutant; clock: ReturnType<typeof createFakeClock> }> {
  const clock = createFakeClock(start);
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [events({ secret })],
    clock,
    ...options,
  });
  onTestFinished(() => adjutant.close());
  return { adjutant, clock };
}

describe('signed events', () => {
  it('become rows with the next pass, and the last word on a thing is the one that counts', async () => {
    const { adjutant, clock } = await open();
    const inbox = adjutant.webhooks();
    for (const [at, event] of [deployment, incident, build].entries()) {
      expect(await inbox.receive('events', signed(`e-${at}`, event))).toMatchObject({
        status: 202,
      });
    }
    expect((await adjutant.sync({ hinted: true })).records).toBe(3);
    expect(await rowsOf(adjutant, 'deployments')).toEqual([
      expect.arrayContaining(['web-412', 'forge.example/acme/web', 'web', 'production', 'success']),
    ]);
    expect(await rowsOf(adjutant, 'incidents')).toHaveLength(1);
    expect(await rowsOf(adjutant, 'incident_deployments')).toHaveLength(1);
    expect(await rowsOf(adjutant, 'pipeline_runs')).toEqual([
      expect.arrayContaining(['run-9', 'forge.example/acme/web', 'tests', 'failure']),
    ]);
    expect(
      await rowsOf(adjutant, 'repositories'),
      'one, however its address is written',
    ).toHaveLength(1);

    clock.advance(hourMs);
    const rolledBack = { ...deployment, result: 'failure' };
    await inbox.receive('events', signed('e-9', rolledBack, start + hourMs));
    await adjutant.sync({ hinted: true });
    expect(await rowsOf(adjutant, 'deployments')).toEqual([
      expect.arrayContaining(['web-412', 'failure']),
    ]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['of no known type', { ...deployment, type: 'release' }, /type/],
    ['with a field that is none', { ...deployment, enviroment: 'production' }, /enviroment/],
    ['without an id', { ...deployment, id: undefined }, /id/],
    ['that is over without saying when', { ...deployment, finishedAt: undefined }, /finishedAt/],
    [
      'with an instant without a zone',
      { ...deployment, finishedAt: '2026-09-14T11:00' },
      /finishedAt/,
    ],
    ['that ends before it begins', { ...deployment, startedAt: iso(start) }, /before startedAt/],
    ['of a repository that is no address', { ...deployment, repository: 'acme/web' }, /repository/],
    ['resolved before it began', { ...incident, resolvedAt: iso(start - dayMs) }, /resolvedAt/],
  ])('an event %s is refused in words', async (_, event, words) => {
    const { adjutant } = await open();
    const answer = await adjutant.webhooks().receive('events', signed('e-1', event));
    expect(answer).toMatchObject({ outcome: 'refused', status: 400 });
    expect(answer.problem).toMatch(words);
    expect((await adjutant.sync({ hinted: true })).streams).toEqual([]);
  });

  it('are taken within five minutes of our clock, and known when sent again', async () => {
    const { adjutant } = await open();
    const inbox = adjutant.webhooks();
    for (const [id, at] of [
      ['late', start - 301_000],
      ['early', start + 301_000],
    ] as const) {
      expect(await inbox.receive('events', signed(id, deployment, at))).toMatchObject({
        reason: 'stale',
        status: 401,
      });
    }
    const inTime = signed('in-time', deployment, start - 299_000);
    expect(await inbox.receive('events', inTime)).toMatchObject({ outcome: 'stored' });
    expect(await inbox.receive('events', inTime)).toMatchObject({ outcome: 'duplicate' });
  });

  it('may be signed with two keys while one is changed for the other', async () => {
    const { adjutant } = await open({ connectors: [events({ secret: [nextSecret, secret] })] });
    const inbox = adjutant.webhooks();
    for (const by of [[secret], [nextSecret], [secret, nextSecret]]) {
      const request = signed(`by-${by.length}-${by[0]}`, deployment, start, by);
      expect(await inbox.receive('events', request)).toMatchObject({ outcome: 'stored' });
    }
    const stranger = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    const forged = signed('forged', deployment, start, [stranger]);
    expect(await inbox.receive('events', forged)).toMatchObject({ reason: 'wrong_signature' });
    const moved = { ...signed('one', deployment), body: new TextEncoder().encode('{}') };
    expect(await inbox.receive('events', moved)).toMatchObject({ reason: 'wrong_signature' });
    const { headers, body } = signed('one', deployment);
    const renamed = { body, headers: { ...headers, 'webhook-id': 'two' } };
    expect(await inbox.receive('events', renamed)).toMatchObject({ reason: 'wrong_signature' });
  });

  it('are not forgotten before they were read, however long nobody did', async () => {
    const { adjutant, clock } = await open();
    await adjutant.webhooks().receive('events', signed('e-1', deployment));
    clock.advance(90 * dayMs);
    expect((await adjutant.sync()).records).toBe(1);
    expect((await adjutant.sync()).records, 'the delivery is forgotten, not what it told').toBe(0);
    expect(await rowsOf(adjutant, 'deployments')).toHaveLength(1);
  });

  it('say which secret is none, without its value', async () => {
    const { adjutant } = await open({ connectors: [events({ secret: 'just words' })] });
    const receiving = adjutant.webhooks().receive('events', signed('e-1', deployment));
    await expect(receiving).rejects.toMatchObject({ code: 'Configuration' });
    await expect(receiving).rejects.not.toThrow(/just words/);
  });
});

describe('conformance', () => {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-events-'));
  let stores = 0;
  const clock = createFakeClock(start);
  const cases = testConnector({
    create: () => events({ secret }),
    createStoreUrl: () => join(folder, `store-${(stores += 1)}.db`),
    clock,
    minimumRecords: 3,
    async prepare(adjutant) {
      for (const [at, event] of [deployment, incident, build].entries()) {
        await adjutant.webhooks().receive('events', signed(`e-${at}`, event));
      }
    },
  });
  for (const { name, run } of cases) it(name, run);
  it('leaves nothing behind', () => rmSync(folder, { recursive: true, force: true }));
});

describe('docs/connectors/events.md', () => {
  it('shows events that are taken as they stand', async () => {
    const path = new URL('../../../../docs/connectors/events.md', import.meta.url);
    const page = await readFile(path, 'utf8');
    const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => json);
    expect(examples).toHaveLength(3);
    const { adjutant } = await open();
    for (const [at, example] of examples.entries()) {
      const answer = await adjutant.webhooks().receive('events', signed(`e-${at}`, example.trim()));
      expect(answer, example).toMatchObject({ outcome: 'stored' });
    }
  });
});
