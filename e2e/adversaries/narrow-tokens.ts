import assert from 'node:assert/strict';
import type { Adversary } from './adversary.ts';
import type { Scene } from './scene.ts';

const eras = ['2025-11-25', '2026-07-28'] as const;

/** Sends one call of a tool as a client of that revision does. */
function call(
  origin: string,
  token: string,
  revision: (typeof eras)[number],
  name: string,
  input: Record<string, unknown>,
): Promise<Response> {
  const isModern = revision === '2026-07-28';
  const envelope = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  return fetch(new URL('/mcp', origin), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      'mcp-protocol-version': revision,
      ...(isModern ? { 'mcp-method': 'tools/call', 'mcp-name': name } : {}),
    },
    body: JSON.stringify({
      ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
      params: { name, arguments: input, ...(isModern ? { _meta: envelope } : {}) },
    }),
  });
}

async function countsOf({ handle }: Scene): Promise<number[]> {
  const [actions, reports] = [await handle.actions.list(), await handle.reports.list()];
  return [actions.total, reports.total];
}

/** Tokens that were given for little, shown where more is to be had. */
export const narrowTokens: readonly Adversary[] = [
  {
    name: 'a token of the scope mcp alone',
    tries: 'reads, proposes and reports over /mcp, in both eras of the protocol',
    async run(scene) {
      const { pullRequest } = scene.take();
      const owner = await scene.adjutant.owner();
      const made = await scene.adjutant
        .accessTokens(owner)
        .create({ name: 'narrow', scopes: ['mcp'], agentName: 'helper' });
      const served = await scene.serve();
      const { origin } = new URL(served.link);
      const before = await countsOf(scene);
      const payload = {
        ...{ repository: 'acme/widgets', number: pullRequest.number },
        method: 'squash',
      };
      const tried = [
        ['list_work', {}, 'read'],
        ['get_actions', {}, 'read'],
        ['propose_action', { type: 'pr.merge', payload, idempotency_key: 'narrow-1' }, 'propose'],
        ['submit_report', { did: 'Everything.' }, 'report'],
      ] as const;
      for (const revision of eras) {
        for (const [name, input, scope] of tried) {
          const answer = await call(origin, made.token, revision, name, input);
          const text = await answer.text();
          assert.equal(answer.status, 403, `${revision} ${name}: ${text}`);
          assert.match(answer.headers.get('www-authenticate') ?? '', /error="insufficient_scope"/);
          assert.match(text, new RegExp(`--scope ${scope}`));
        }
      }
      assert.deepEqual(await countsOf(scene), before);
      await served.stop();
      return {
        pulls: [pullRequest.number],
        actions: [],
        ended: 'every call got 403 with the scope that it lacks, and nothing was written',
        told: [
          {
            event: 'access_token.created',
            subject: `access_token:${made.id}`,
            detail: { scopes: ['mcp'] },
          },
        ],
      };
    },
  },
];
