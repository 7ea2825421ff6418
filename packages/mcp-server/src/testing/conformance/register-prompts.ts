import {
  acceptedContent,
  completable,
  type GetPromptResult,
  inputRequired,
  type McpServer,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { pixelPng } from './samples.ts';

type Content = GetPromptResult['messages'][number]['content'];

const contextSchema = z.object({ context: z.string() });
const description = 'Asked for by the suite.';

function said(...content: Content[]): GetPromptResult {
  return { messages: content.map((part) => ({ role: 'user' as const, content: part })) };
}

/** Registers the prompts of the suite, one with an argument that completes. */
export function registerPrompts(mcp: McpServer): void {
  mcp.registerPrompt('test_simple_prompt', { description }, () =>
    said({ type: 'text', text: 'A simple prompt.' }),
  );
  const arg1 = completable(z.string(), (value) =>
    ['paris', 'park', 'party'].filter((word) => word.startsWith(value)),
  );
  mcp.registerPrompt(
    'test_prompt_with_arguments',
    { description, argsSchema: z.object({ arg1, arg2: z.string() }) },
    (input) => said({ type: 'text', text: `arg1='${input.arg1}', arg2='${input.arg2}'` }),
  );
  mcp.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description, argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri: uri }) =>
      said(
        { type: 'resource', resource: { uri, mimeType: 'text/plain', text: 'Embedded.' } },
        { type: 'text', text: 'Use what stands above.' },
      ),
  );
  mcp.registerPrompt('test_prompt_with_image', { description }, () =>
    said(
      { type: 'image', data: pixelPng, mimeType: 'image/png' },
      { type: 'text', text: 'Look at the image above.' },
    ),
  );
  mcp.registerPrompt('test_input_required_result_prompt', { description }, ({ mcpReq }) => {
    const given = acceptedContent(mcpReq.inputResponses, 'user_context', contextSchema);
    if (given !== undefined) return said({ type: 'text', text: given.context });
    const message = 'Which context?';
    const request = inputRequired.elicit({ message, requestedSchema: contextSchema });
    return inputRequired({ inputRequests: { user_context: request } });
  });
}
