import { AdjutantError } from '@adjutant/core/ports';
import { Client } from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { z } from 'zod';
import { trustedVariable } from '../config/find-config.ts';
import type { Self } from '../io.ts';
import { serverEntry } from '../mcp-clients/server-entry.ts';

const answerSchema = z.object({
  metric: z.object({
    metric_id: z.string(),
    parts: z.array(
      z.object({ id: z.string(), p50: z.number().nullable(), sample_size: z.number() }),
    ),
  }),
});

export interface AssistantAnswer {
  tools: string[];
  question: { metric_id: string; from: string; to: string };
  /** The median of the part that was asked about. @unit hours */
  value: number | null;
  sampleSize: number;
}

/** Waiting for a first answer: no clone can tell it. */
const askedPart = 'pickup';

/**
 * Starts the MCP server in a process of its own and asks it how long pull requests wait for their
 * first answer, as an assistant would.
 */
export async function askAssistant(
  self: Self,
  configPath: string,
  window: { from: number; to: number },
): Promise<AssistantAnswer> {
  const { command, args } = serverEntry(self, configPath);
  const env = { ...getDefaultEnvironment(), [trustedVariable]: configPath };
  const transport = new StdioClientTransport({ command, args, env, stderr: 'ignore' });
  const client = new Client({ name: 'adjutant-demo', version: '0.0.0' });
  const day = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
  const question = { metric_id: 'pull_request_stages', from: day(window.from), to: day(window.to) };
  try {
    await client.connect(transport);
    const { tools } = await client.listTools();
    const result = await client.callTool({ name: 'get_metric', arguments: question });
    const { metric } = answerSchema.parse(result.structuredContent);
    const names = tools.map(({ name }) => name);
    const part = metric.parts.find(({ id }) => id === askedPart);
    return { tools: names, question, value: part?.p50 ?? null, sampleSize: part?.sample_size ?? 0 };
  } catch (cause) {
    throw new AdjutantError('Upstream', 'The MCP server did not answer as it should.', {
      hint: 'Run "adjutant doctor", and "adjutant mcp" by hand to see whether it starts.',
      cause,
    });
  } finally {
    await client.close();
  }
}
