import { AdjutantError } from '@adjutant/core/ports';
import { Client } from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { z } from 'zod';
import { trustedVariable } from '../config/find-config.ts';
import type { Io } from '../io.ts';
import { serverEntry } from '../mcp-clients/server-entry.ts';

/** An MCP client that proposes, beside a server in a process of its own. */
export interface Assistant {
  /** @returns the id of the action */
  proposeMerge(repository: string, number: number): Promise<string>;
  /** Waits as a tool call does: bounded. @returns where the action stands */
  awaitApproval(actionId: string): Promise<string>;
  close(): Promise<void>;
}

const proposedSchema = z.object({ links: z.object({ decide: z.string() }) });
const awaitedSchema = z.object({ status: z.string() });

/** Starts the server as an assistant would, and connects to it. It is given none of our tokens. */
export async function startAssistant(
  { self, env: { XDG_DATA_HOME: dataHome } }: Pick<Io, 'self' | 'env'>,
  configPath: string,
): Promise<Assistant> {
  const { command, args } = serverEntry(self, configPath);
  const env = {
    ...getDefaultEnvironment(),
    [trustedVariable]: configPath,
    ...(dataHome && { XDG_DATA_HOME: dataHome }),
  };
  const client = new Client({ name: 'adjutant-demo', version: '0.0.0' });
  await client.connect(new StdioClientTransport({ command, args, env, stderr: 'ignore' }));
  const call = async (name: string, input: Record<string, unknown>): Promise<unknown> => {
    const result = await client.callTool({ name, arguments: input });
    if (result.isError !== true) return result.structuredContent;
    const [content] = result.content;
    throw new AdjutantError('Upstream', `The MCP server refused ${name}.`, {
      hint: content?.type === 'text' ? content.text : 'Run "adjutant doctor".',
    });
  };
  return {
    async proposeMerge(repository, number) {
      const answer = await call('propose_action', {
        type: 'pr.merge',
        payload: { repository, number, method: 'squash' },
        idempotency_key: `demo-merge-${repository}-${number}`,
        rationale: 'It has been approved for days and nobody pressed the button.',
      });
      const { decide } = proposedSchema.parse(answer).links;
      return decide.slice(decide.lastIndexOf(' ') + 1);
    },
    async awaitApproval(actionId) {
      const answer = await call('await_approval', { action_id: actionId, max_wait_s: 25 });
      return awaitedSchema.parse(answer).status;
    },
    close: () => client.close(),
  };
}
