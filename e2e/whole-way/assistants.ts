import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  Client as ModernClient,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernStdio } from '@modelcontextprotocol/client/stdio';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as LegacyStdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { collect, shown, type World } from './world.ts';

/** A client of one kind, connected to a server that it started. */
export interface AssistantClient {
  call(name: string, input: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Sends an answer along to a form that was never shown; only clients of 2026 can. */
  answerUnasked(
    name: string,
    input: Record<string, unknown>,
    answer: FormAnswer,
  ): Promise<Record<string, unknown>>;
  /** Messages of forms that the client was asked to show. */
  readonly forms: string[];
  /** Ends server and connection, as a crash would. */
  kill(): Promise<void>;
}

/** What a client says that a person filled in. */
export interface FormAnswer {
  action: 'accept';
  content: { decision: 'approve' };
}

/** Each kind of client that gets there. Those with forms fill in every one of them with yes. */
export const clientKinds = {
  '2025, bare': (world: World) => legacy(world, false),
  '2025, with forms': (world: World) => legacy(world, true),
  '2026, with forms': (world: World) => modernOverStdio(world),
  '2026, over HTTP': (world: World) => modernOverHttp(world),
} as const;
export type ClientKind = keyof typeof clientKinds;

const identity = { name: 'a-test-client', version: '1.0.0' };
const versionNegotiation = { mode: { pin: '2026-07-28' } } as const;

const resultSchema = z.object({
  isError: z.boolean().optional(),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
  content: z.unknown().optional(),
});

function answerOf(name: string, given: unknown): Record<string, unknown> {
  const { isError, structuredContent, content } = resultSchema.parse(given);
  if (isError === true || structuredContent === undefined) {
    throw new Error(`${name}: ${JSON.stringify(content)}`);
  }
  return structuredContent;
}

/** A client that always says yes: what counts must not depend on it. */
function yes(forms: string[]) {
  return async (request: { params: { message: string } }) => {
    forms.push(request.params.message);
    return { action: 'accept' as const, content: { decision: 'approve' } };
  };
}

/** Tokens are the worker's: the server of an assistant is started without them. */
function bareEnvironment(world: World): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: world.folder,
    ADJUTANT_TRUSTED_CONFIG: world.configPath,
  };
}

async function cannotUnasked(): Promise<never> {
  throw new Error('This client answers only what it is asked.');
}

/** A call that brings its own answer, beside what a person was ever shown. */
async function answerUnasked(
  client: ModernClient,
  name: string,
  input: Record<string, unknown>,
  answer: FormAnswer,
): Promise<Record<string, unknown>> {
  const inputResponses = { decision: answer };
  const call = { name, arguments: input, inputResponses };
  return answerOf(name, await client.callTool(call));
}

async function legacy(world: World, hasForms: boolean): Promise<AssistantClient> {
  const forms: string[] = [];
  const transport = new LegacyStdio({
    command: process.execPath,
    args: world.commandLine('mcp'),
    env: bareEnvironment(world),
    stderr: 'ignore',
  });
  const client = new LegacyClient(identity, { capabilities: hasForms ? { elicitation: {} } : {} });
  if (hasForms) client.setRequestHandler(ElicitRequestSchema, yes(forms));
  await client.connect(transport);
  return {
    forms,
    call: async (name, input) => answerOf(name, await client.callTool({ name, arguments: input })),
    answerUnasked: cannotUnasked,
    kill: () => end(transport.pid, () => client.close()),
  };
}

async function modernOverStdio(world: World): Promise<AssistantClient> {
  const forms: string[] = [];
  const transport = new ModernStdio({
    command: process.execPath,
    args: world.commandLine('mcp'),
    env: bareEnvironment(world),
    stderr: 'ignore',
  });
  const client = new ModernClient(identity, {
    capabilities: { elicitation: {} },
    versionNegotiation,
  });
  client.setRequestHandler('elicitation/create', yes(forms));
  await client.connect(transport);
  return {
    forms,
    call: async (name, input) => answerOf(name, await client.callTool({ name, arguments: input })),
    answerUnasked: (name, input, answer) => answerUnasked(client, name, input, answer),
    kill: () => end(transport.pid, () => client.close()),
  };
}

async function modernOverHttp(world: World): Promise<AssistantClient> {
  const server = spawn(
    process.execPath,
    [
      '--conditions=@adjutant/source',
      join(import.meta.dirname, 'http-server.ts'),
      join(world.folder, 'store.db'),
      world.twin.url,
    ],
    { env: bareEnvironment(world) },
  );
  const output = collect(server);
  const from = await shown(output, 'MCP at ', 0, once(server, 'exit'));
  await shown(output, '\n', from);
  const url = output.text.slice(from).split('\n')[0] ?? '';
  const client = new ModernClient(identity, { versionNegotiation });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  return {
    forms: [],
    call: async (name, input) => answerOf(name, await client.callTool({ name, arguments: input })),
    answerUnasked: (name, input, answer) => answerUnasked(client, name, input, answer),
    kill: () => kill(server, () => client.close()),
  };
}

async function end(pid: number | null | undefined, close: () => Promise<void>): Promise<void> {
  if (typeof pid === 'number') process.kill(pid, 'SIGKILL');
  await close().catch(() => undefined);
}

async function kill(server: ChildProcess, close: () => Promise<void>): Promise<void> {
  const exited = once(server, 'exit');
  server.kill('SIGKILL');
  await exited;
  await close().catch(() => undefined);
}
