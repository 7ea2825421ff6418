import type { AdjutantServer } from '@adjutant/mcp-server';
import { z } from 'zod';
import type { OfferedTool } from './model-client.ts';

const answerSchema = z.object({
  id: z.number(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});
const listSchema = z.object({
  tools: z.array(z.object({ name: z.string(), description: z.string(), inputSchema: z.unknown() })),
});
const calledSchema = z.object({ content: z.array(z.object({ text: z.string() })) });

export interface ToolClient {
  tools: OfferedTool[];
  call(name: string, input: unknown): Promise<string>;
}

/** Connects to a server within this process, as a client of the protocol does. */
export async function connectTools(server: AdjutantServer): Promise<ToolClient> {
  const waiting = new Map<number, (answer: z.infer<typeof answerSchema>) => void>();
  const transport: Parameters<AdjutantServer['connect']>[0] = {
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
    send(message) {
      const answer = answerSchema.safeParse(message);
      if (answer.success) waiting.get(answer.data.id)?.(answer.data);
      return Promise.resolve();
    },
  };
  await server.connect(transport);
  let last = 0;
  const ask = async (method: string, params: unknown): Promise<unknown> => {
    const id = (last += 1);
    const answered = new Promise<z.infer<typeof answerSchema>>((resolve) =>
      waiting.set(id, resolve),
    );
    transport.onmessage?.({ jsonrpc: '2.0', id, method, params });
    const { result, error } = await answered;
    waiting.delete(id);
    if (error !== undefined) throw new Error(error.message);
    return result;
  };
  await ask('initialize', {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'evals', version: '0' },
  });
  transport.onmessage?.({ jsonrpc: '2.0', method: 'notifications/initialized' });
  const { tools } = listSchema.parse(await ask('tools/list', {}));
  return {
    tools,
    async call(name, input) {
      const given = await ask('tools/call', { name, arguments: input });
      return calledSchema
        .parse(given)
        .content.map(({ text }) => text)
        .join('\n');
    },
  };
}
