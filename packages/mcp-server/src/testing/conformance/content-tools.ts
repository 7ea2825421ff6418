import { setTimeout as delay } from 'node:timers/promises';
import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server';
import type { ServedTool } from '../../server-extension.ts';
import { pixelPng, silenceWav } from './samples.ts';

type Content = CallToolResult['content'];
type Answer = (context: ServerContext, input: unknown) => ReturnType<ServedTool['call']>;

const stepMs = 50;
const image = { type: 'image', data: pixelPng, mimeType: 'image/png' } as const;

/** Returns a tool of the suite: a name, and what it does. */
export function suiteTool(name: string, answer: Answer): ServedTool {
  return {
    name,
    advertised: () => ({
      name,
      description: 'Asked for by the suite.',
      inputSchema: { type: 'object' },
    }),
    call: (input, context) => answer(context, input),
  };
}

/** Returns an answer of one text. */
export function text(value: string): CallToolResult {
  return { content: [{ type: 'text', text: value }] };
}

function contentTool(name: string, ...content: Content): ServedTool {
  return suiteTool(name, async () => ({ content }));
}

function resource(uri: string, mimeType: string, value: string): Content[number] {
  return { type: 'resource', resource: { uri, mimeType, text: value } };
}

async function report(context: ServerContext): Promise<CallToolResult> {
  const { _meta: meta, notify } = context.mcpReq;
  for (const progress of [0, 50, 100]) {
    if (progress > 0) await delay(stepMs);
    if (meta?.progressToken === undefined) continue;
    const params = { progressToken: meta.progressToken, progress, total: 100 };
    await notify({ method: 'notifications/progress', params });
  }
  return text('Three steps done.');
}

/** Logging as a notification belongs to the 2025 revisions; Adjutant itself never does it. */
async function log(context: ServerContext): Promise<CallToolResult> {
  for (const data of ['started', 'under way', 'done']) {
    if (data !== 'started') await delay(stepMs);
    await context.mcpReq.notify({
      method: 'notifications/message',
      params: { level: 'info', data },
    });
  }
  return text('Three messages sent.');
}

/** The tools of the suite that answer at once, each with another kind of content. */
export const contentTools: readonly ServedTool[] = [
  contentTool('test_simple_text', { type: 'text', text: 'A simple text.' }),
  contentTool('test_image_content', image),
  contentTool('test_audio_content', { type: 'audio', data: silenceWav, mimeType: 'audio/wav' }),
  contentTool('test_embedded_resource', resource('test://embedded', 'text/plain', 'Embedded.')),
  contentTool(
    'test_multiple_content_types',
    { type: 'text', text: 'Three kinds:' },
    image,
    resource('test://mixed', 'application/json', '{"kind":"resource"}'),
  ),
  suiteTool('test_error_handling', async () => ({ ...text('It failed.'), isError: true })),
  suiteTool('test_tool_with_progress', report),
  suiteTool('test_tool_with_logging', log),
  // The revision of 2026 forbids messages that the request did not ask for: this one sends none.
  suiteTool('test_logging_tool', async () => text('Nothing logged.')),
];
