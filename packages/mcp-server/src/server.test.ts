import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client as ModernClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernTransport } from '@modelcontextprotocol/client/stdio';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { prompts } from './prompts/index.ts';
import { exampleInputs } from './testing/example-inputs.ts';
import { fakeId } from './testing/fake-rows.ts';
import { tools } from './tools/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'adjutant-mcp-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inputs: Record<string, Record<string, unknown>> = {
  ...exampleInputs,
  get_work: { id: fakeId(0) },
  get_metric: { metric_id: 'lead_time', explain: true },
  get_sync_status: { refresh: true },
  compare_metric: {
    metric_id: 'lead_time',
    before_from: '2026-09-01',
    before_to: '2026-10-01',
    after_from: '2026-10-01',
    after_to: '2026-10-29',
  },
};
const names = [...tools.map(({ name }) => name), 'make_noise'];
const identity = { name: 'a-test-client', version: '1.0.0' };

const source = (file: string): string => join(import.meta.dirname, 'testing', file);

function command(copy: string) {
  const condition = '--conditions=@adjutant/source';
  return {
    command: process.execPath,
    args: [source('tee-stdout.ts'), copy, condition, source('stdio-test-bin.ts')],
    stderr: 'pipe' as const,
  };
}

const revisions = {
  '2025-11-25': async (copy: string) => {
    const transport = new LegacyTransport(command(copy));
    const client = new LegacyClient(identity);
    await client.connect(transport);
    return { client, stderr: transport.stderr };
  },
  '2026-07-28': async (copy: string) => {
    const transport = new ModernTransport(command(copy));
    const mode = { pin: '2026-07-28' };
    const client = new ModernClient(identity, { versionNegotiation: { mode } });
    await client.connect(transport);
    return { client, stderr: transport.stderr };
  },
};

const promptMessageSchema = z.object({ content: z.object({ text: z.string() }) });
const messageSchema = z.object({ jsonrpc: z.literal('2.0') });

describe.each(Object.entries(revisions))('a client of revision %s', (revision, connect) => {
  it('lists and calls every tool, and reads nothing but protocol', async () => {
    const copy = join(folder, `${revision}.jsonl`);
    const { client, stderr } = await connect(copy);
    let errors = '';
    stderr?.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });

    const listed = await client.listTools();
    expect(listed.tools.map(({ name }) => name)).toEqual(names);
    for (const name of names) {
      // Both clients check the structured answer against the schema that was listed.
      const answer = await client.callTool({ name, arguments: inputs[name] ?? {} });
      expect({ name, isError: answer.isError ?? false }).toEqual({ name, isError: false });
      expect(answer.structuredContent).toBeTypeOf('object');
    }
    const failed = await client.callTool({ name: 'make_noise', arguments: { fail: true } });
    expect(failed.isError).toBe(true);
    await expect(client.callTool({ name: 'no_such_tool' })).rejects.toThrow(/Unknown tool/);

    await client.close();
    const lines = readFileSync(copy, 'utf8').split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.length).toBeGreaterThan(names.length);
    for (const line of lines) messageSchema.parse(JSON.parse(line));
    expect(lines.join()).not.toContain('canary-secret');
    for (const moment of ['at start', 'at opening', 'in a call', 'at exit']) {
      for (const way of ['log', 'info', 'write', 'warning']) {
        expect(errors).toContain(`${way} ${moment}`);
      }
    }
  });

  it('reads the team and the metric definitions as resources', async () => {
    const { client } = await connect(join(folder, `${revision}-resources.jsonl`));
    const { resources } = await client.listResources();
    const uris = resources.map(({ uri }) => uri);
    expect(uris).toEqual([
      'adjutant://team',
      'adjutant://metrics/lead_time',
      'adjutant://metrics/throughput',
    ]);
    for (const uri of uris) {
      const { contents } = await client.readResource({ uri });
      expect(contents).toHaveLength(1);
      expect(JSON.parse(z.object({ text: z.string() }).parse(contents[0]).text)).toBeTypeOf(
        'object',
      );
    }
    const templates = await client.listResourceTemplates();
    expect(templates.resourceTemplates).toMatchObject([
      { uriTemplate: 'adjutant://metrics/{id}' },
      { uriTemplate: 'adjutant://actions/{id}' },
    ]);
    await expect(client.readResource({ uri: 'adjutant://metrics/none' })).rejects.toThrow(
      'adjutant://metrics/none',
    );
    await client.close();
  });

  it('lists and gives every prompt, and refuses arguments that are none', async () => {
    const { client } = await connect(join(folder, `${revision}-prompts.jsonl`));
    const listed = await client.listPrompts();
    expect(listed.prompts.map(({ name }) => name)).toEqual(prompts.map(({ name }) => name));
    const required = listed.prompts.flatMap(({ name, arguments: some = [] }) =>
      some.filter((argument) => argument.required === true).map((one) => `${name} ${one.name}`),
    );
    expect(required).toEqual(['ask question']);
    for (const { name } of prompts) {
      const given: Record<string, string> =
        name === 'ask' ? { question: 'How do I roll back payments?' } : {};
      const { messages } = await client.getPrompt({ name, arguments: given });
      expect(messages).toMatchObject([{ role: 'user', content: { type: 'text' } }]);
      const { content } = promptMessageSchema.parse(messages[0]);
      expect(content.text).toMatch(/^1\. /);
    }
    const wrong = { name: 'standup', arguments: { since: 'yesterday' } };
    await expect(client.getPrompt(wrong)).rejects.toThrow(/since/);
    await expect(client.getPrompt({ name: 'ask' })).rejects.toThrow();
    await expect(client.getPrompt({ name: 'mood' })).rejects.toThrow(/mood/);
    await client.close();
  });
});
