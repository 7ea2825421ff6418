import type { McpServer } from '@modelcontextprotocol/server';
import { type HeldScopes, holds } from '../call-scopes.ts';
import { prompts } from './index.ts';
import { promptText } from './prompt-text.ts';

/** Registers the prompts that a caller may use; none of them reads anything. */
export function registerPrompts(mcp: McpServer, held: HeldScopes): void {
  // Said before the SDK says otherwise: no list of this server changes while it runs.
  mcp.server.registerCapabilities({ prompts: { listChanged: false } });
  const shown = prompts.filter(({ scope }) => holds(held, scope));
  // The SDK answers the list only once there is one.
  if (shown.length === 0) mcp.server.setRequestHandler('prompts/list', () => ({ prompts: [] }));
  for (const prompt of shown) {
    const { name, title, description, argsSchema } = prompt;
    mcp.registerPrompt(name, { title, description, argsSchema }, (given) => ({
      messages: [{ role: 'user', content: { type: 'text', text: promptText(prompt, given) } }],
    }));
  }
}
