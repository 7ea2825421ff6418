import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { createAdjutant } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { makeWorld } from '../__fixtures__/make-world.ts';
import { mergeFresh } from '../__fixtures__/merge-fresh.ts';
import type { GithubConfig } from '../config.ts';
import { github } from '../connector.ts';
import { githubWebhooks } from './github-webhooks.ts';
import { type GithubTwin, startGithubTwin } from '../testing/start-github-twin.ts';

const examples = z.array(z.object({ name: z.string(), examples: z.array(z.unknown()) }));
const webhooks = examples.parse(
  createRequire(import.meta.url)('@octokit/webhooks-examples/api.github.com/index.json'),
);
const secret = 'the secret of the hook';
const to = Date.UTC(2026, 9, 1);
const hourMs = 3_600_000;
const twins: GithubTwin[] = [];

afterEach(async () => {
  await Promise.all(twins.splice(0).map((twin) => twin.close()));
});

let deliveries = 0;

/** A request as GitHub sends it. */
function delivery(event: string, payload: unknown, by = secret) {
  deliveries += 1;
  const body = new TextEncoder().encode(JSON.stringify(payload));
  return {
    body,
    headers: {
      'X-GitHub-Event': event,
      'X-GitHub-Delivery': `72d3162e-cc78-11e3-81ab-${String(deliveries).padStart(12, '0')}`,
      'X-Hub-Signature-256': `sha256=${createHmac('sha256', by).update(body).digest('hex')}`,
      'Content-Type': 'application/json',
    },
  };
}

async function inboxOf(webhookSecret?: GithubConfig['webhookSecret']) {
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [github({ repositories: ['acme/widgets'], webhookSecret })],
    clock: createFakeClock(to),
  });
  onTestFinished(() => adjutant.close());
  return adjutant.webhooks();
}

describe('a delivery of GitHub', () => {
  it('is taken for each of its published examples, and hints at what of it is read', async () => {
    const inbox = await inboxOf(secret);
    const hinting: Record<string, number> = {};
    let count = 0;
    for (const { name, examples: payloads } of webhooks) {
      for (const payload of payloads) {
        count += 1;
        const answer = await inbox.receive('github', delivery(name, payload));
        expect(answer, name).toMatchObject({ outcome: 'stored', event: name });
        if (githubWebhooks.hints(name, payload).length > 0)
          hinting[name] = (hinting[name] ?? 0) + 1;
      }
    }
    expect(count).toBe(329);
    expect(hinting).toEqual({
      create: 5,
      delete: 4,
      deployment: 4,
      deployment_status: 4,
      issue_comment: 9,
      issues: 29,
      membership: 5,
      merge_group: 2,
      organization: 5,
      public: 3,
      pull_request: 29,
      pull_request_review: 4,
      pull_request_review_comment: 5,
      pull_request_review_thread: 3,
      push: 7,
      release: 13,
      repository: 13,
      team: 6,
      workflow_run: 5,
    });
  });

  it('is refused without a secret to check it by, whatever it says of itself', async () => {
    const inbox = await inboxOf();
    expect(await inbox.receive('github', delivery('ping', {}))).toMatchObject({ status: 404 });
    const withEmpty = await inboxOf(() => '');
    expect(await withEmpty.receive('github', delivery('ping', {}, ''))).toMatchObject({
      reason: 'wrong_signature',
      status: 401,
    });
  });

  it('may be signed by the secret of before while the hook is given another', async () => {
    const inbox = await inboxOf([() => Promise.resolve('the next one'), secret]);
    for (const by of [secret, 'the next one']) {
      const answer = await inbox.receive('github', delivery('ping', { zen: 'calm' }, by));
      expect(answer.outcome).toBe('stored');
    }
    const stranger = delivery('ping', { zen: 'calm' }, 'a stranger’s');
    expect(await inbox.receive('github', stranger)).toMatchObject({ reason: 'wrong_signature' });
  });

  it.each([
    { 'X-Hub-Signature-256': undefined, 'X-Hub-Signature': 'sha1=0000' },
    { 'X-Hub-Signature-256': 'sha1=0000' },
    { 'X-Hub-Signature-256': 'sha256=' },
    { 'X-GitHub-Delivery': undefined },
    { 'X-GitHub-Delivery': '../../etc/passwd' },
    { 'X-GitHub-Event': 'pull_request; drop table' },
  ])('is refused with headers that GitHub does not send: %j', async (changed) => {
    const inbox = await inboxOf(secret);
    const { body, headers } = delivery('ping', { zen: 'calm' });
    const answer = await inbox.receive('github', { body, headers: { ...headers, ...changed } });
    expect(answer.outcome).toBe('refused');
  });
});

describe('a hint of GitHub', () => {
  it('brings a merged pull request in at most three requests, and nothing that is not so', async () => {
    const clock = createFakeClock(to + 24 * hourMs);
    const { data, repository } = makeWorld({ pullRequests: 10, to });
    const twin = await startGithubTwin({ data, clock });
    twins.push(twin);
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
    const merged = async () =>
      (await handle.listWork({ kind: 'pull_request', state: 'merged', limit: 100 })).items.length;
    const before = await merged();

    clock.advance(hourMs);
    const [author = null] = repository.owner.members.map(({ actor }) => actor);
    mergeFresh({ data, repository }, author, clock.now());
    // It says that everything was closed unmerged: what it says is not believed, only looked up.
    const told = {
      action: 'closed',
      pull_request: { id: 1, merged: false, title: 'Forged' },
      repository: { id: repository.id },
    };
    const answer = await adjutant.webhooks().receive('github', delivery('pull_request', told));
    expect(answer).toMatchObject({ outcome: 'stored', hints: 2 });
    const asked = twin.requests.length;
    const pass = await adjutant.sync({ hinted: true });
    expect(pass.streams.map(({ stream }) => stream)).toEqual([
      'pull_requests',
      'pull_request_files',
    ]);
    expect(twin.requests.length - asked).toBeLessThanOrEqual(3);
    expect(await merged()).toBe(before + 1);
  });
});
