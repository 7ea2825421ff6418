import { AdjutantError } from '@adjutant/core/ports';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { z } from 'zod';
import type { Self } from '../io.ts';
import { serverEntry } from '../mcp-clients/server-entry.ts';

const answerSchema = z.object({
  metric: z.object({
    metric_id: z.string(),
    value: z.number().nullable(),
    sample_size: z.number(),
  }),
});

export interface AssistantAnswer {
  tools: string[];
  question: Record<string, string>;
  value: number | null;
  sampleSize: number;
}

/** Starts the MCP server in a process of its own and asks it for a metric, as an assistant would. */
export async function askAssistant(
  self: Self,
  configPath: string,
  window: { from: number; to: number },
): Promise<AssistantAnswer> {
  const { command, args } = serverEntry(self, configPath);
  const transport = new StdioClientTransport({ command, args, stderr: 'ignore' });
  const client = new Client({ name: 'adjutant-demo', version: '0.0.0' });
  const day = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
  const question = { metric_id: 'throughput', from: day(window.from), to: day(window.to) };
  try {
    await client.connect(transport);
    const { tools } = await client.listTools();
    const result = await client.callTool({ name: 'get_metric', arguments: question });
    const { metric } = answerSchema.parse(result.structuredContent);
    const names = tools.map(({ name }) => name);
    return { tools: names, question, value: metric.value, sampleSize: metric.sample_size };
  } catch (cause) {
    throw new AdjutantError('Upstream', 'The MCP server did not answer as it should.', {
      hint: 'Run "adjutant doctor", and "adjutant mcp" by hand to see whether it starts.',
      cause,
    });
  } finally {
    await client.close();
  }
}
