import { silentLogger } from '@adjutant/core/ports';
import type { AssistantHandle } from '../assistant-handle.ts';
import { callTool, type ToolAnswer } from '../call-tool.ts';
import { plainCall } from '../tool-call.ts';
import { tools } from '../tools/index.ts';
import { fakeWorkspace } from './fake-workspace.ts';

/** What a client reads of an answer. */
export interface ReadAnswer {
  text: string;
  structured: Record<string, unknown>;
  isError: boolean;
}

/** Calls a tool by name on a fake workspace, as the server does. */
export async function callFake(
  name: string,
  input: unknown = {},
  workspace: AssistantHandle = fakeWorkspace(),
): Promise<ReadAnswer> {
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool === undefined) throw new Error(`no tool ${name}`);
  const context = { workspace: async () => workspace, logger: silentLogger, call: plainCall() };
  return read(await callTool(tool, input, context));
}

function read(answer: ToolAnswer): ReadAnswer {
  const [{ text }] = answer.content;
  if ('isError' in answer) return { text, structured: {}, isError: true };
  return { text, structured: answer.structuredContent, isError: false };
}
