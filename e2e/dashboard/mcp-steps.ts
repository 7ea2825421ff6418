import assert from 'node:assert/strict';
import {
  Client as ModernClient,
  StreamableHTTPClientTransport as ModernTransport,
} from '@modelcontextprotocol/client';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { z } from 'zod';
import type { Step } from './scene.ts';

const identity = { name: 'a-test-client', version: '1.0.0' };
const tokenSchema = z.object({ token: z.string() });
const resultSchema = z.object({
  isError: z.boolean().optional(),
  structuredContent: z.record(z.string(), z.unknown()),
});
const question = { name: 'get_team_overview', arguments: {} } as const;
const leastTools = 16;

interface Told {
  tools: string[];
  result: unknown;
}

async function askModern(url: URL, authorization: string): Promise<Told> {
  const client = new ModernClient(identity, {
    versionNegotiation: { mode: { pin: '2026-07-28' } },
  });
  await client.connect(new ModernTransport(url, { requestInit: { headers: { authorization } } }));
  try {
    const { tools } = await client.listTools();
    return { tools: tools.map(({ name }) => name), result: await client.callTool(question) };
  } finally {
    await client.close();
  }
}

async function askLegacy(url: URL, authorization: string): Promise<Told> {
  const client = new LegacyClient(identity);
  await client.connect(new LegacyTransport(url, { requestInit: { headers: { authorization } } }));
  try {
    const { tools } = await client.listTools();
    return { tools: tools.map(({ name }) => name), result: await client.callTool(question) };
  } finally {
    await client.close();
  }
}

const clients = [
  ['a client of 2026', askModern],
  ['a client of 2025', askLegacy],
] as const;

/** Assistants of both eras at the gateway's own address, each with a token that somebody made for it. */
export const mcpSteps: readonly Step[] = [
  ...clients.map(
    ([name, ask]): Step => [
      `MCP over HTTP: ${name} lists the tools and calls one`,
      async ({ demo }) => {
        const made = await demo.run(
          ...['tokens', 'create', name.replaceAll(' ', '-')],
          ...['mcp', 'read', 'propose', 'report'].flatMap((scope) => ['--scope', scope]),
          ...['--agent', 'e2e', '--demo', '--json'],
        );
        const { token } = tokenSchema.parse(JSON.parse(made));
        const url = new URL('/mcp', demo.origin);
        const { tools, result } = await ask(url, `Bearer ${token}`);
        assert.ok(tools.length >= leastTools, `${tools.length} tools`);
        const { isError, structuredContent } = resultSchema.parse(result);
        assert.notEqual(isError, true);
        const fields = Object.keys(structuredContent).length;
        assert.ok(fields > 0);
        return `${tools.length} tools (at least ${leastTools}), ${question.name} answered with ${fields} fields`;
      },
    ],
  ),
  [
    'MCP over HTTP: without a token there is nothing',
    async ({ demo }) => {
      const { status } = await fetch(new URL('/mcp', demo.origin), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
      });
      assert.equal(status, 401);
      return `${status} (401)`;
    },
  ],
];
