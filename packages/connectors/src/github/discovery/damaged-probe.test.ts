import { createFakeClock } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryStore } from '../__fixtures__/memory-store.ts';
import { makeWorld } from '../__fixtures__/make-world.ts';
import { startGithubTwin } from '../testing/start-github-twin.ts';

const to = Date.UTC(2026, 9, 1);

/** A GitHub whose probes lack what a function takes out of them, and say so. */
async function start(damage: (answer: Answer, document: string) => (number | string)[] | null) {
  const clock = createFakeClock(to + 86_400_000);
  const { data } = makeWorld({ pullRequests: 40, to });
  const twin = await startGithubTwin({ data, clock });
  onTestFinished(() => twin.close());
  const damaging: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const body = typeof init?.body === 'string' ? init.body : '';
    if (!body.includes('query Probe')) return response;
    const answer = (await response.json()) as Answer;
    const path = damage(answer, body);
    if (path !== null) {
      const message = 'Resource limits for this query exceeded.';
      answer.errors = [{ type: 'RESOURCE_LIMITS_EXCEEDED', path, message }];
    }
    return new Response(JSON.stringify(answer), { headers: response.headers });
  };
  const { url: baseUrl, token } = twin;
  const config = {
    repositories: ['acme/large'],
    organization: 'acme',
    workflows: { '*': ['deploy.yml'] },
    baseUrl,
    token,
  };
  const calm = createMemoryStore(config, clock);
  await calm.pass();
  const store = createMemoryStore(config, clock, damaging);
  const { errors } = await store.pass();
  return { calm, store, errors };
}

interface Answer {
  data: Record<string, Record<string, unknown> | null>;
  errors?: unknown[];
}

function takeSection(answer: Answer): (number | string)[] {
  Object.assign(answer.data['r0'] ?? {}, { deployments: null });
  return ['r0', 'deployments'];
}

test('a probe that never shows the newest deployments still counts them', async () => {
  const { calm, store } = await start((answer, document) =>
    document.includes('deployments(') ? takeSection(answer) : null,
  );
  expect(store.gaps()).toEqual(calm.gaps());
  expect(store.rows()).toEqual(calm.rows());
});

test('deployments that no probe can tell of are read, and none is said to be absent', async () => {
  const { calm, store } = await start(takeSection);
  const codes = store
    .gaps()
    .flatMap(({ stream, code }) => (stream === 'deployments' ? [code] : []));
  expect(codes).toEqual(['deployments_source_unknown']);
  expect(store.rows()).toEqual(calm.rows());
});

test('members that no probe can count are read, and none is said to be forbidden', async () => {
  const { calm, store } = await start((answer) => {
    Object.assign(answer.data['organization'] ?? {}, { membersWithRole: null });
    return ['organization', 'membersWithRole'];
  });
  expect(store.gaps()).toEqual(calm.gaps());
  expect(store.rows()).toEqual(calm.rows());
});

test('a branch that no probe can tell of is no empty repository', async () => {
  const { store, errors } = await start((answer) => {
    Object.assign(answer.data['r0'] ?? {}, { defaultBranchRef: null });
    return ['r0', 'defaultBranchRef', 'target'];
  });
  expect(errors.map(({ code }) => code)).toEqual(['Upstream']);
  expect(store.gaps()).toEqual([]);
});

test('a repository that no probe can tell of is not said to be gone', async () => {
  const { errors } = await start((answer) => {
    answer.data['r0'] = null;
    return ['r0', 'issues'];
  });
  expect(errors.map(({ code }) => code)).toEqual(['Upstream']);
});
