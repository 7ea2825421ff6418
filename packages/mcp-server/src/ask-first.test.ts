import {
  Client as ModernClient,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport as LegacyMemory } from '@modelcontextprotocol/sdk/inMemory.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it } from 'vitest';
import { createAdjutantHttpHandler } from './http/create-adjutant-http-handler.ts';
import { createAdjutantServer } from './create-adjutant-server.ts';
import { fakeAction } from './testing/fake-actions.ts';
import { fakeMetricSet } from './testing/fake-metrics.ts';
import { fakeWorkspace } from './testing/fake-workspace.ts';

type Reply = { action: 'accept'; content: { decision: string } } | { action: 'cancel' };

const identity = { name: 'a-test-client', version: '1.0.0' };
const waiting = { name: 'await_approval', arguments: { action_id: fakeAction.id, max_wait_s: 0 } };

function world() {
  const called: string[] = [];
  const shown: string[] = [];
  const workspace = fakeWorkspace({ onCall: (name) => called.push(name) });
  return { called, shown, workspace };
}

function reply(shown: string[], answer: Reply) {
  return async (request: { params: { message: string } }) => {
    shown.push(request.params.message);
    return answer;
  };
}

const clients = {
  async '2025-11-25'(answer: Reply | null) {
    const { called, shown, workspace } = world();
    const server = createAdjutantServer({
      open: async () => workspace,
      version: '0.0.0',
      metrics: fakeMetricSet,
    });
    const [clientEnd, serverEnd] = LegacyMemory.createLinkedPair();
    await server.connect(serverEnd);
    const client = new LegacyClient(identity, {
      capabilities: answer === null ? {} : { elicitation: {} },
    });
    if (answer !== null) client.setRequestHandler(ElicitRequestSchema, reply(shown, answer));
    await client.connect(clientEnd);
    return { client, called, shown };
  },
  async '2026-07-28'(answer: Reply | null) {
    const { called, shown, workspace } = world();
    const handler = createAdjutantHttpHandler(() => ({ as: () => workspace }), {
      version: '0.0.0',
      metrics: fakeMetricSet,
      authenticate: () => ({ kind: 'person', personId: 'mira', role: 'lead' }),
    });
    const client = new ModernClient(identity, {
      capabilities: answer === null ? {} : { elicitation: {} },
      versionNegotiation: { mode: { pin: '2026-07-28' } },
    });
    if (answer !== null) client.setRequestHandler('elicitation/create', reply(shown, answer));
    const transport = new StreamableHTTPClientTransport(new URL('http://localhost:4000/mcp'), {
      fetch: async (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('host', 'localhost:4000');
        return handler(new Request(input, { ...init, headers }));
      },
    });
    await client.connect(transport);
    return { client, called, shown };
  },
};

describe.each(Object.entries(clients))('a client of revision %s', (_, connect) => {
  it('shows what is to be agreed to, and the answer is noted', async () => {
    const { client, called, shown } = await connect({
      action: 'accept',
      content: { decision: 'approve' },
    });
    const answer = await client.callTool(waiting);
    expect(shown).toHaveLength(1);
    expect(shown[0]).toContain('acme/billing-api (private)');
    expect(called).toContain('noteElicitedAnswer approve');
    expect(answer.structuredContent).toMatchObject({ status: 'approved' });
    await client.close();
  });

  it('that puts the form away has decided nothing', async () => {
    const { client, called } = await connect({ action: 'cancel' });
    const answer = await client.callTool(waiting);
    expect(called.filter((name) => name.startsWith('note'))).toEqual([]);
    expect(answer.structuredContent).toMatchObject({ status: 'pending' });
    await client.close();
  });

  it('without forms gets an ordinary pending answer', async () => {
    const { client, called } = await connect(null);
    const answer = await client.callTool(waiting);
    expect(answer.isError ?? false).toBe(false);
    expect(answer.structuredContent).toMatchObject({ status: 'pending' });
    expect(called.filter((name) => name.startsWith('note'))).toEqual([]);
    await client.close();
  });
});
